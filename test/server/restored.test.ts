import { sql } from 'kysely';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerFindings } from '../../client/cli/audit/ledger';
import { actOnTask } from '../../client/tasks';
import { readLostContents } from '../../ledger/lost';
import { readHeld, releaseHeld } from '../../ledger/outbox';
import { writeText } from '../../ledger/texts';
import { copiesById } from '../support/audit';
import { at, command } from '../support/builders';
import { emailOf } from '../support/delivery';
import { runDondoc } from '../support/dondoc';
import { doorTo } from '../support/door';
import { type LiveSite, startLiveSite, until, untilSent, untilSettled, type WorkerProcess } from '../support/live-site';
import { postgresPrograms } from '../support/postgres';
import { FIRST_MORNING, liveMorning, rungsOf, SHORT_TASKS, startShortPlan } from '../support/short-plan';

const bin = postgresPrograms() ?? '';
const canDump = existsSync(join(bin, 'pg_dump')) && existsSync(join(bin, 'pg_restore'));
if (!canDump) process.stderr.write('SKIPPED: a ledger restored from a backup: pg_dump and pg_restore are not installed here.\n');

let site: LiveSite;
let worker: WorkerProcess;
let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dondoc-backup-'));
  site = await startLiveSite(FIRST_MORNING);
  worker = await site.startWorker();
}, 60_000);
afterEach(async () => {
  await site.stop();
  rmSync(dir, { recursive: true, force: true });
});

const file = (): string => join(dir, 'ledger.dump');
const program = (name: string, ...args: string[]): void => {
  execFileSync(join(bin, name), ['-h', site.socketDir, '-U', 'postgres', ...args], { stdio: 'pipe' });
};
const backUp = (): void => program('pg_dump', '-Fc', '-f', file(), 'postgres');
const dondoc = async (...argv: string[]): Promise<string> => {
  writeFileSync(join(dir, 'run.json'), JSON.stringify({ socketDir: site.socketDir }));
  const { exit, out } = await runDondoc(argv, { DONDOC_HOME: dir, TEMPORAL_ADDRESS: site.server.address });
  expect(exit).toBe(0);
  return out;
};
/** As the runbook says: workers stopped, the backup in the ledger's place, workers started, `dondoc repair`. */
const restore = async (now: string): Promise<void> => {
  await worker.stop();
  await sql`drop schema public cascade`.execute(site.ledger);
  await sql`create schema public`.execute(site.ledger);
  program('pg_restore', '-d', 'postgres', file());
  const { messages } = JSON.parse(await dondoc('repair', '--dry-run', '--json')) as { messages: { missing: unknown[] } };
  expect(messages.missing).toEqual([]);
  await site.moveClock(at(now));
  worker = await site.startWorker();
  await dondoc('repair', '--json');
};

(canDump ? it : it.skip)('a ledger from before the last hour gets back what it lost; what was due is held, nothing is said twice, life goes on', async () => {
  await startShortPlan(site, '2018-11-12');
  await site.moveClock(at('2018-10-29T06:50'));
  await untilSent(site);
  backUp();
  const before = site.peer.taken.length;
  await liveMorning(site, '2018-10-29');
  const said = site.peer.taken.length;
  expect(said).toBeGreaterThan(before);

  await restore('2018-10-29T08:20');
  const rungs = (): Promise<string[][]> => Promise.all(SHORT_TASKS.map((task) => rungsOf(site.ledger, task)));
  await until('the events are written again', async () => (await rungs()).every(([first]) => first === 'T-10 sent'));
  await site.moveClock(at('2018-10-29T09:00'));
  await untilSent(site);
  expect(site.peer.taken).toHaveLength(said);
  const { restored } = await readHeld(site.ledger);
  expect(restored).toBeGreaterThan(0);

  await liveMorning(site, '2018-11-05');
  for (const task of SHORT_TASKS) expect(await rungsOf(site.ledger, task)).toEqual(['T-10 sent', 'T-5 sent']);
  const later = site.peer.taken.slice(said).map((t) => t.to);
  expect(new Set(later).size).toBe(later.length);
  expect(later.length).toBeGreaterThan(0);
  expect(await readHeld(site.ledger)).toEqual({ starts: [], restored, unsaid: [] });
  expect(await releaseHeld(site.ledger, 'restored', site.storyNow())).toBe(restored);
}, 180_000);

(canDump ? it : it.skip).each([
  ['put off, which the post tries again', 'defer-body'], ['in doubt, with a workflow of its own', 'drop-in-body'],
] as const)('a mail %s, and overdue timers: nothing twice, no event or notice lost, the rest is named', async (_, fault) => {
  await startShortPlan(site, '2018-11-12');
  const troubled = emailOf('tb-stc/officer');
  site.peer.fault(troubled, fault);
  await liveMorning(site, '2018-10-29');
  backUp();
  site.peer.fault(troubled, 'none');
  await untilSettled(site);
  expect(site.peer.taken.at(-1)?.to).toBe(troubled);
  const now = site.storyNow();
  const content = 'Đã lấy ý kiến ba đơn vị';
  const text = await writeText(site.ledger, { subject: 'KT18-01', field: 'text', content, now });
  const report = command('report-progress', 'tb-skhdt/officer', { text });
  expect(await actOnTask(doorTo(site.server.client), 'KT18-01', report, now)).toMatchObject({ ok: true });
  const events = () => site.ledger.selectFrom('event').select(['seq', 'type', 'act'])
    .where('task', '=', 'KT18-01').orderBy('seq').execute();
  await until('the report is on record', async () => (await events()).some((e) => e.act === 'report-progress'));
  const lived = await events();
  const said = site.peer.taken.length;

  await restore('2018-11-05T08:20');
  const rungs = () => Promise.all(SHORT_TASKS.map((task) => rungsOf(site.ledger, task)));
  await until('rungs that were due are decided', async () => (await rungs()).every((r) => r.length === 2));
  await site.moveClock(at('2018-11-05T09:00'));
  await untilSent(site);
  // A task that decided after the first digest of the day had left is in the next day's.
  await liveMorning(site, '2018-11-06');
  expect((await events()).slice(0, lived.length)).toEqual(lived);

  const later = site.peer.taken.slice(said);
  expect(later.filter((t) => t.to === troubled).length).toBeLessThanOrEqual(1);
  expect([...copiesById(site.peer.taken).values()].filter((copies) => copies.length > 1)).toEqual([]);
  const unsure = await site.ledger.selectFrom('message').select(['key', 'state', 'awaits'])
    .where('address', '=', troubled).where('reason', '=', 'ledger-restored').execute();
  expect(unsure).toMatchObject([{ state: 'ambiguous', awaits: 'person' }]);
  expect(later.filter((t) => t.to === emailOf('tb-sct/officer'))).not.toEqual([]);
  const notices = await site.ledger.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice')
    .select(['notice.task', 'delivery.state']).where('notice.rung', '=', 'T-5')
    .where('delivery.channel', '=', 'email').execute();
  expect(new Set(notices.map((n) => n.task))).toEqual(new Set(SHORT_TASKS));
  expect(notices).toHaveLength(9);
  expect(notices.filter((n) => n.state !== 'sent' && n.state !== 'held')).toEqual([]);

  const lost = { id: text.id, kind: 'text', task: 'KT18-01', act: 'report-progress', position: 'tb-skhdt/officer' };
  expect(await readLostContents(site.ledger)).toEqual([expect.objectContaining(lost)]);
  expect((await ledgerFindings(site.ledger, false, site.storyNow())).map((f) => f.code)).toContain('text-lost');
  const named = (await dondoc('repair', '--dry-run')).replace(/\s+/g, ' ');
  expect(named).toContain('mất nội dung của mục text');
  expect(named).toContain(`dondoc outbox retry ${unsure[0]?.key}`);
  expect((JSON.parse(await dondoc('repair', '--loss-noted', '--json')) as { lost: unknown[] }).lost).toEqual([]);
}, 240_000);
