/** Suites: `unit` needs nothing; `ledger` a database; `workflow` the time-skipping server; `server` the dev server; `replay` the bundle; `web` Chromium. */
const transform = { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } } }, module: { type: 'commonjs' } }] };
const project = (name, more = {}) => ({
  displayName: name, rootDir: __dirname, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`, `<rootDir>/test/${name}/**/*.test.tsx`], transform, testEnvironment: 'node', modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.dondoc/', '<rootDir>/.cache/'], ...more,
});
const bundled = { globalSetup: '<rootDir>/test/support/global-setup.cjs' };
module.exports = {
  projects: [project('unit'), project('ledger'), project('workflow', bundled), project('server', bundled), project('replay', bundled), project('web', bundled), project('long')], testTimeout: 60000,
};
