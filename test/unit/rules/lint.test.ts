import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
/** File, text, and what lint says about it; an empty list is a text that it takes. */
type Case = readonly [name: string, file: string, code: string, says: readonly RegExp[]];

const room = (from: string, to: string): RegExp => new RegExp(`^${from}/ may not import ${to}/? \\(docs`);
const CASES: readonly Case[] = [
  ['rules reach for the ledger', 'domain/tick.ts', "import { readTasks } from '../ledger/tasks'; readTasks();", [room('domain', 'ledger')]],
  ['rules reach for a type of it', 'domain/tick.ts', "import type { Ledger } from '../ledger/connect'; export type X = Ledger;", [room('domain', 'ledger')]],
  ['rules use a library', 'domain/tick.ts', "import { z } from 'zod'; z.string();", [room('domain', 'zod')]],
  ['rules use Node', 'domain/tick.ts', "export { readFileSync } from 'node:fs';", [room('domain', 'node:fs')]],
  ['a contract pulls in a checker', 'contracts/task.ts', "import { z } from 'zod'; z.string();", [room('contracts', 'zod')]],
  ['a workflow names an activity', 'workflows/task.ts', "import type { createCommit } from '../activities/commit'; export type X = typeof createCommit;", [room('workflows', 'activities')]],
  ['a workflow names one inside a type', 'workflows/task.ts', "export type X = typeof import('../activities/commit');", [room('workflows', 'activities')]],
  ['the ledger reads settings', 'ledger/tasks.ts', "import { readSettings } from '../config/env'; readSettings({});", [room('ledger', 'config')]],
  ['the ledger speaks to Temporal', 'ledger/board/tasks.ts', "import { Client } from '@temporalio/client'; new Client();", [room('ledger', '@temporalio/client')]],
  ['templates send', 'messages/mail.tsx', "import { createTransport } from 'nodemailer'; createTransport();", [room('messages', 'nodemailer')]],
  ['an activity reads settings', 'activities/freeze/write.ts', "const later = () => import('../../config/env'); void later();", [room('activities', 'config')]],
  ['a page calls an activity', 'client/web/app.tsx', "import { createCommit } from '../../activities/commit'; createCommit();", [room('client', 'activities')]],
  ['a parser stores', 'config/plan/text.ts', "import { connectLedger } from '../../ledger/connect'; connectLedger();", [room('config', 'ledger')]],
  ['the worker knows the board', 'worker/main.ts', "const web = require('../client/web/app'); web.createApp();", [room('worker', 'client')]],
  ['a file of the same name in the own room', 'ledger/board/plans.ts', "import { insertLinks } from '../links'; insertLinks();", []],
  ['what a room may', 'client/tasks.ts', "import { Client } from '@temporalio/client';\nimport { tick } from '../domain/tick';\nnew Client(tick);", []],

  ['a rule asks for the time', 'domain/tick.ts', 'export const now = () => Date.now();', [/^The time is told/]],
  ['a rule makes a date', 'domain/tick.ts', "export const d = new Date('2018-10-22');", [/^No Date:/]],
  ['a rule prints by locale', 'domain/tick.ts', 'export const text = (n: number) => n.toLocaleString();', [/^No locale/]],
  ['a rule takes a local day', 'domain/tick.ts', 'export const day = (d: { getDay(): number }) => d.getDay();', [/^No Date methods/]],
  ['a rule throws dice', 'domain/tick.ts', 'export const n = Math.random();', [/^No chance/]],
  ['a workflow asks for the time outside its clock', 'workflows/post.ts', 'export const now = () => Date.now();', [/^The time is told/]],
  ['a contract formats', 'contracts/ids.ts', "export const f = new Intl.NumberFormat('vi');", [/^No locale/]],
  ['the clock of the workflows asks for the time', 'workflows/clock.ts', 'export const now = () => Date.now();', []],

  ['a setting read on the side', 'ledger/connect.ts', "export const url = process.env['DATABASE_URL'];", [/^Settings are read in config\/env\.ts alone/]],
  ['a setting read in its place', 'config/env.ts', 'export const env = process.env;', []],
  ['a statement that grows with its rows', 'ledger/tasks.ts', "db.insertInto('task').values(rows.map(rowOf));", [/^Rows are one parameter/]],
  ['a statement that grows with its list', 'ledger/tasks.ts', "db.where('id', 'in', [...ids]);", [/^A list is one parameter/]],
  ['a list that is given as it is', 'ledger/tasks.ts', "db.where('id', 'not in', wanted.ids);", [/^A list is one parameter/]],
  ['one row, and a list that never grows', 'ledger/tasks.ts', "db.values({ id }).where('state', 'in', [...CLOSED_STATES, 'open']);", []],
  ['any', 'client/tasks.ts', 'export const f = (x: any) => x;', [/^Unexpected any/]],
  ['a cast through unknown', 'client/tasks.ts', "export const f = 'x' as unknown as number;", [/^No cast through unknown/]],
  ['an enum', 'domain/task.ts', 'export enum State { open }', [/^A union of literals/]],
  ['printing from the inside', 'activities/commit.ts', "console.log('x');", [/^Unexpected console/]],
  ['printing from the command line', 'client/cli/output.ts', "console.log('x');", []],
  ['a value imported for its type', 'client/tasks.ts', "import { Client } from '@temporalio/client'; export type X = Client;", [/only used as type/]],
  ['work put off', 'domain/task.ts', `// ${'TO'}${'DO'} later\nexport const x = 1;`, [/^Unexpected '?todo'? comment/i]],
];

let answers: readonly (readonly string[])[] = [];
beforeAll(() => {
  const input = JSON.stringify(CASES.map(([, file, code]) => ({ file, code })));
  answers = JSON.parse(execFileSync(process.execPath, [join(ROOT, 'test', 'support', 'lint-snippets.mjs')], { cwd: ROOT, input }).toString()) as string[][];
});

test.each(CASES.map((c, i) => [c[0], i] as const))('%s', (_name, i) => {
  const says = CASES[i]?.[3] ?? [];
  expect(answers[i]).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
});
