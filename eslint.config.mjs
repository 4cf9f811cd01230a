import tseslint from 'typescript-eslint';
import { rooms } from './scripts/lint/rooms.mjs';

const PURE = ['domain/**/*.ts', 'contracts/**/*.ts', 'workflows/**/*.ts'];
const SOURCES = ['domain', 'contracts', 'workflows', 'ledger', 'links', 'messages', 'metrics', 'activities', 'config', 'client', 'worker', 'embedded'].flatMap((room) => [`${room}/**/*.ts`, `${room}/**/*.tsx`]);

const because = (selector, message) => ({ selector, message });
const STYLE = [
  because('TSEnumDeclaration', 'A union of literals instead of an enum.'),
  because('TSAsExpression > TSAsExpression > TSUnknownKeyword', 'No cast through unknown: let the compiler see the type.'),
  because('TSAsExpression > TSAnyKeyword', 'No cast to any.'),
];
const SETTINGS = [
  because("MemberExpression[object.name='process'][property.name='env']", 'Settings are read in config/env.ts alone.'),
  because("MemberExpression[object.name='process'][property.value='env']", 'Settings are read in config/env.ts alone.'),
];
const TIME = [
  because("MemberExpression[object.name='Intl'], MemberExpression[property.name=/^toLocale/]", 'No locale: dates are integer arithmetic in domain/time.ts.'),
  because('MemberExpression[property.name=/^(get|set)(UTC)?(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Time|TimezoneOffset|Year)$/]', 'No Date methods: dates are integer arithmetic in domain/time.ts.'),
  because("NewExpression[callee.name='Date'], CallExpression[callee.name='Date']", 'No Date: dates are integer arithmetic in domain/time.ts.'),
  because("MemberExpression[object.name='Math'][property.name='random']", 'No chance: the rules give the same answer every time.'),
];
const NOW = because("MemberExpression[object.name='Date']", 'The time is told, or read in workflows/clock.ts.');

const LISTS = [
  because("CallExpression[callee.property.name='values'][callee.object.name!='Object'][arguments.length=1]:not([arguments.0.type='ObjectExpression'])", 'Rows are one parameter: insertAll of ledger/rows.ts.'),
  because("CallExpression[arguments.1.value=/^(not )?in$/] > :matches(Identifier, MemberExpression, CallExpression, ConditionalExpression).arguments", 'A list is one parameter: anyOf of ledger/rows.ts.'),
  because("CallExpression[arguments.1.value=/^(not )?in$/] > ArrayExpression > SpreadElement:not([argument.name=/^[A-Z_]+$/])", 'A list is one parameter: anyOf of ledger/rows.ts.'),
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', '.dondoc*/', 'coverage/', 'test/replay/histories/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { project: ['tsconfig.test.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { dondoc: { rules: { rooms } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'dondoc/rooms': 'error',
      'no-restricted-syntax': ['error', ...STYLE],
      'no-console': 'error',
      'no-debugger': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'max-lines': ['error', { max: 300 }],
      'max-params': ['error', 5],
      complexity: ['error', { max: 20, variant: 'modified' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
    },
  },
  { files: SOURCES, ignores: ['config/env.ts'], rules: { 'no-restricted-syntax': ['error', ...STYLE, ...SETTINGS] } },
  { files: ['ledger/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...STYLE, ...SETTINGS, ...LISTS] } },
  { files: PURE, rules: { 'no-restricted-syntax': ['error', ...STYLE, ...SETTINGS, ...TIME, NOW] } },
  { files: ['workflows/clock.ts'], rules: { 'no-restricted-syntax': ['error', ...STYLE, ...SETTINGS, ...TIME] } },
  { files: ['client/cli/**/*.ts', 'scripts/**/*.mjs'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts', 'test/**/*.tsx'], rules: { 'max-lines': 'off', 'max-params': 'off', complexity: 'off', 'no-control-regex': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs'], rules: { 'no-var': 'error', 'prefer-const': 'error', eqeqeq: 'error', 'max-lines': ['error', { max: 300 }] } },
);
