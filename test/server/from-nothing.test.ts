import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerFindings } from '../../client/cli/audit/ledger';
import { commitBatch } from '../../ledger/commit';
import { insertTasks } from '../../ledger/tasks';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { emailOf, furnish } from '../support/delivery';
import { runDondoc } from '../support/dondoc';
import { type LiveSite, startLiveSite, until, untilSettled } from '../support/live-site';
import { FIRST_MORNING, liveMorning, rungsOf, SHORT_TASKS, startShortPlan } from '../support/short-plan';
import { assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

let site: LiveSite;
let home: string;
beforeEach(async () => {
  site = await startLiveSite(FIRST_MORNING);
  home = mkdtempSync(join(tmpdir(), 'dondoc-nothing-'));
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: site.socketDir }));
}, 60_000);
afterEach(async () => {
  await site.stop();
  rmSync(home, { recursive: true, force: true });
});
type Names = readonly string[];
type Repaired = { readonly missing: Names; readonly started: Names; readonly needsRepair: readonly unknown[] };
const repair = async (): Promise<Repaired> => {
  const env = { DONDOC_HOME: home, TEMPORAL_ADDRESS: site.server.address };
  const { exit, out } = await runDondoc(['repair', '--json'], env);
  expect(exit).toBe(0);
  return JSON.parse(out) as Repaired;
};

it('a Temporal that has lost everything is rebuilt: rungs and mail are caught up, nothing is said twice', async () => {
  const worker = await site.startWorker();
  await startShortPlan(site, '2018-11-12');
  site.peer.fault(emailOf('tb-stc/officer'), 'defer-body');
  await liveMorning(site, '2018-10-29');
  const inTrouble = await site.ledger.selectFrom('message').select('key').where('state', '=', 'frozen').execute();
  expect(inTrouble).toHaveLength(1);
  await worker.stop();

  await site.server.lose();
  site.peer.fault(emailOf('tb-stc/officer'), 'none');
  await site.moveClock(at('2018-11-05T08:20'));
  await site.startWorker();
  const { missing, started } = await repair();
  expect([new Set(missing), new Set(started)]).toEqual([new Set(SHORT_TASKS), new Set(SHORT_TASKS)]);
  const rungs = () => Promise.all(SHORT_TASKS.map((task) => rungsOf(site.ledger, task)));
  await until('every rung that is due is decided', async () => (await rungs()).every((r) => r.length === 2));
  await site.moveClock(at('2018-11-05T09:00'));
  await untilSettled(site);
  expect(await rungs()).toEqual(SHORT_TASKS.map(() => ['T-10 sent', 'T-5 sent']));
  expect(await audit(site.ledger, site.peer, site.storyNow())).toEqual({ ...NOTHING_WRONG, doubled: [] });
  const findings = () => ledgerFindings(site.ledger, false, site.storyNow());
  await until('the audit finds nothing wrong', async () => (await findings()).length === 0);
  expect(await repair()).toMatchObject({ missing: [], started: [], needsRepair: [] });

  await liveMorning(site, '2018-11-07');
  expect(await rungs()).toEqual(SHORT_TASKS.map(() => ['T-10 sent', 'T-5 sent', 'T-3 sent']));
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 240_000);

it('two hundred tasks are rebuilt from the ledger, each one', async () => {
  const ids = Array.from({ length: 200 }, (_, i) => `KT18-${String(i + 1).padStart(4, '0')}`);
  await furnish(site.ledger);
  await insertTasks(site.ledger, ids.map(seedOf), START);
  for (const task of ids) {
    const batch = { task, events: [assignedEvent()], notices: [], projection: projectionFor(task, 1), now: START };
    await commitBatch(site.ledger, batch);
  }
  await site.moveClock(at('2018-10-26T08:20'));
  await site.startWorker();
  expect((await repair()).started).toHaveLength(200);
  await until('each has decided what was due', async () => {
    const decided = await site.ledger.selectFrom('task').select('id').where('seq', '>', 1).execute();
    return decided.length === 200;
  }, 240_000);
  // What was decided after the first digest of the day had left is in the next day's.
  await liveMorning(site, '2018-10-29');
  expect(await audit(site.ledger, site.peer, site.storyNow())).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 400_000);
