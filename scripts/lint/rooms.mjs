/** Who may import whom: the rooms of docs/architecture.md as a rule for ESLint. */
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';

/**
 * `rooms`: our own folders. `packages`: what may come from outside ("*": anything but `not`). `node`: modules of Node itself ("*": all).
 * A prefix ending in "/*" takes everything below it.
 */
export const ROOMS = {
  domain: { rooms: [], packages: [], node: [] },
  contracts: { rooms: ['domain'], packages: ['@temporalio/workflow'], node: [] },
  workflows: { rooms: ['domain', 'contracts'], packages: ['@temporalio/workflow'], node: [] },
  ledger: { rooms: ['domain'], packages: ['kysely', 'pg'], node: '*' },
  links: { rooms: ['domain'], packages: [], node: ['node:crypto'] },
  messages: { rooms: ['domain'], packages: ['hono/*', 'docx', 'write-excel-file/node', 'fflate'], node: [] },
  metrics: { rooms: ['domain', 'ledger'], packages: ['prom-client', 'hono', '@hono/node-server'], node: '*' },
  activities: {
    rooms: ['domain', 'contracts', 'ledger', 'links', 'messages'], packages: '*', not: ['@temporalio/worker', '@temporalio/workflow', '@temporalio/testing', 'zod'], node: '*',
  },
  config: { rooms: ['domain'], packages: '*', not: ['@temporalio/*', 'kysely', 'pg'], node: '*' },
  client: {
    rooms: ['domain', 'contracts', 'links', 'messages', 'ledger', 'config', 'metrics'], packages: '*', not: ['@temporalio/worker', '@temporalio/workflow', '@temporalio/activity', '@temporalio/testing'], node: '*',
  },
  worker: { rooms: ['domain', 'contracts', 'workflows', 'ledger', 'links', 'messages', 'activities', 'config', 'metrics'], packages: '*', not: ['@temporalio/testing'], node: '*' },
  embedded: {
    rooms: ['domain', 'contracts', 'workflows', 'ledger', 'links', 'messages', 'activities', 'config', 'metrics', 'client', 'worker'], packages: '*', not: ['@temporalio/testing'], node: '*',
  },
};

const matches = (name, pattern) => (pattern.endsWith('/*') ? name === pattern.slice(0, -2) || name.startsWith(pattern.slice(0, -1)) : name === pattern);
const isIn = (name, list) => list === '*' || list.some((pattern) => matches(name, pattern));
const isNode = (name) => name.startsWith('node:') || builtinModules.includes(name.split('/')[0]);
const packageOf = (name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');

/** Why a file of a room may not import something; undefined where it may. `name` is as it stands in the import, `path` relative to the checkout. */
export const refusal = (path, name) => {
  const [room] = path.split(sep);
  const rule = ROOMS[room];
  if (!rule) return undefined;
  if (name.startsWith('.')) {
    const [other] = join(dirname(path), name).split(sep);
    return other === room || rule.rooms.includes(other) ? undefined : `${room}/ may not import ${other}/ (docs/architecture.md, rooms)`;
  }
  const isAllowed = isNode(name) ? isIn(name, rule.node) : (isIn(name, rule.packages) || isIn(packageOf(name), rule.packages)) && !isIn(packageOf(name), rule.not ?? []);
  return isAllowed ? undefined : `${room}/ may not import ${name} (docs/architecture.md, rooms)`;
};

const isText = (node) => node?.type === 'Literal' && typeof node.value === 'string';

export const rooms = {
  meta: { type: 'problem', schema: [], docs: { description: 'rooms import only what they may' } },
  create(context) {
    const path = relative(context.cwd, context.filename);
    const check = (node) => {
      const message = isText(node) ? refusal(path, node.value) : undefined;
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
      TSExternalModuleReference: ({ expression }) => check(expression),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
    };
  },
};
