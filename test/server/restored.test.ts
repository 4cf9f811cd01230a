import { sql } from 'kysely';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithLedger } from '../../client/tasks';
import { readHeld, releaseHeld } from '../../ledger/outbox';
import { at } from '../support/builders';
import { type LiveSite, startLiveSite, until, untilSent, type WorkerProcess } from '../support/live-site';
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
/** As the runbook says: workers stopped, the backup in the ledger's place, workers started, and every workflow compares itself. */
const restore = async (now: string): Promise<void> => {
  await worker.stop();
  await sql`drop schema public cascade`.execute(site.ledger);
  await sql`create schema public`.execute(site.ledger);
  program('pg_restore', '-d', 'postgres', file());
  await site.moveClock(at(now));
  worker = await site.startWorker();
  await compareWithLedger(site.server.client, SHORT_TASKS);
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
