import { inParallel } from '../../../client/pool';
import { startTasks, workflowStates } from '../../../client/tasks';
import { addWorkingDays } from '../../../domain/calendar';
import { instantAt } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import { insertPlan } from '../../../ledger/plans';
import { insertTasks } from '../../../ledger/tasks';
import { stopwatch, until } from '../arms';
import { countOf } from '../count';
import { type Part, plain, round } from '../figure';
import { CALENDAR, header, lived, seedFor, spec, TODAY } from '../people';
import { type Site, startSite } from '../site';

const TASKS = 1000;
const AT_ONCE = 8;
const CODE = 'BDR';
/** The reminders of this morning are overdue when Temporal is there again. */
const NOW = instantAt(TODAY, 9 * 60 + 35);

/** Assigned and acknowledged long ago, with a reminder of this morning that nobody has decided; no workflow runs. */
const plant = async ({ ledger }: Site) => {
  const dueOn = addWorkingDays(CALENDAR, TODAY, 60) ?? TODAY;
  const specs = Array.from({ length: TASKS }, (_, i) => spec(`${CODE}-${i}`, i, dueOn));
  const file = { name: 'ke-hoach.txt', content: Buffer.from(CODE), hash: CODE };
  await insertPlan(ledger, { header: header(CODE), tasks: specs, file, startedAt: NOW });
  const seeds = specs.map((s) => seedFor(CODE, s));
  await insertTasks(ledger, seeds, NOW);
  await inParallel(seeds, AT_ONCE, async (seed) => {
    const { events, views } = lived(seed, TODAY);
    await commitBatch(ledger, { task: seed.id, events, notices: [], projection: views.at(-1)!.projection, now: NOW });
  });
  return seeds;
};

const run = async (site: Site, say: (line: string) => void) => {
  const clock = { anchor: Date.now(), from: NOW, rate: 1 };
  await site.setClock(clock);
  const seeds = await plant(site);
  const before = (await site.ledger.selectFrom('task').select('seq').executeTakeFirstOrThrow()).seq;
  await site.startWorker();
  say(`${TASKS} tasks stand in the ledger, and Temporal is empty`);
  const took = stopwatch();
  await workflowStates(site.client, seeds.map((s) => s.id));
  await startTasks(site.client, seeds, clock, { isAgain: true });
  const started = took();
  const gone = site.ledger.selectFrom('task').where('seq', '>', before);
  await until('every task has decided what is overdue', async () => (await countOf(gone)) === TASKS);
  return { started, decided: took() };
};

export const rebuild: Part = {
  name: 'rebuild', title: `A Temporal that has lost everything: ${TASKS} tasks`,
  about: `${TASKS} tasks stand in the ledger, each with a reminder that is overdue, and Temporal is empty. `
    + 'What `repair` does: each is asked for, and started; its workflow reads its events back, decides and commits.',
  run: async (say) => {
    const site = await startSite(TASKS);
    try {
      const { started, decided } = await run(site, say);
      return [
        plain('until all are started', `${round(started)} s`, 'Each was asked for, and its start accepted.'),
        plain(
          'until all have caught up', `${round(decided)} s`,
          'The first event after the rebuild of every task is in the ledger, with its notices.',
        ),
      ];
    } finally {
      await site.stop();
    }
  },
};
