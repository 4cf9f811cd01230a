import { inParallel } from '../../../client/pool';
import { startPlan } from '../../../client/start-plan';
import { instantAt } from '../../../domain/time';
import type { Plan } from '../../../domain/plan';
import { inTurns, stopwatch, until } from '../arms';
import { countOf } from '../count';
import { againstRate, atLeast, type Part, plain, sum } from '../figure';
import { CALENDAR, header, seedFor, spec, TODAY } from '../people';
import { BARE_QUEUE, type Site, startSite } from '../site';

const TASKS = 250;
const ROUNDS = 4;
/** As many units as a province has, districts included. */
const UNITS = 40;
/** As `client/tasks.ts` has it. */
const STARTS_AT_ONCE = 40;
/** In the office hours: the tasks are assigned at once, and the post is poked. */
const NOW = instantAt(TODAY, 9 * 60);

const planOf = (round: number): Plan => {
  const code = `BD${round}`;
  const tasks = Array.from({ length: TASKS }, (_, i) => spec(`${code}-${i}`, i % UNITS, '2025-12-31'));
  return { plan: header(code), tasks, duties: [], indicators: [], recipients: [], warnings: [] };
};

const quiet = ({ ledger }: Site, code: string): Promise<void> => until('every assignment is sent', async () => {
  const open = ledger.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').where('notice.plan', '=', code);
  return (await countOf(open.where('delivery.state', 'in', ['planned', 'claimed']))) === 0;
});

/** Starts a plan as the command line does; answers with the seconds until all starts are accepted, and leaves those until all are committed. */
const startOurs = (site: Site, committed: number[]) => async (round: number): Promise<number> => {
  const plan = planOf(round);
  const { code } = plan.plan;
  const clock = { anchor: Date.now(), from: NOW, rate: 1 };
  await site.setClock(clock);
  const took = stopwatch();
  const file = { name: 'ke-hoach.txt', bytes: Buffer.from(code) };
  await startPlan({ ledger: site.ledger, client: site.client, plan, file, startAt: NOW, now: NOW, clock, calendar: CALENDAR });
  const accepted = took();
  await until('every task is opened and committed', async () =>
    (await countOf(site.ledger.selectFrom('task').where('plan', '=', code).where('seq', '>', 0))) === TASKS);
  committed.push(took());
  await quiet(site, code);
  return accepted;
};

const payloadOf = (id: string) => ({ key: id, seed: seedFor('BD0', spec(id, 0, '2025-12-31')), clock: { anchor: 0, from: NOW, rate: 1 } });
const startBare = async (site: Site, type: 'bareTask' | 'bareTaskWithRows', round: number): Promise<void> => {
  const ids = Array.from({ length: TASKS }, (_, i) => `${type}-${round}-${i}`);
  await inParallel(ids, STARTS_AT_ONCE, (id) => site.client.workflow.start(type, { workflowId: id, taskQueue: BARE_QUEUE, args: [payloadOf(id)] }));
};

const run = async (site: Site, say: (line: string) => void) => {
  const clock = { anchor: Date.now(), from: NOW, rate: 1 };
  await site.setClock(clock);
  const [, bare] = await Promise.all([site.startWorker(), site.startBareWorker()]);
  const [committed, begun, accepted] = [[] as number[], [] as number[], [] as number[]];
  const rows = async (): Promise<number> => Number((await site.pool.query<{ n: string }>('select count(*) as n from raw_row')).rows[0]?.n);
  const starts = await inTurns({
    'plan start': startOurs(site, committed),
    'bare timer': async (round) => {
      const before = await bare.ask('begun');
      const took = stopwatch();
      await startBare(site, 'bareTask', round);
      accepted.push(took());
      await until('every bare workflow has begun', async () => (await bare.ask('begun')) - before === TASKS);
      begun.push(took());
      return accepted.at(-1) ?? NaN;
    },
    'bare rows, until written': async (round) => {
      const before = await rows();
      const took = stopwatch();
      await startBare(site, 'bareTaskWithRows', round);
      await until('every row is written', async () => (await rows()) - before === TASKS);
      return took();
    },
  }, ROUNDS, say);
  return { ours: starts['plan start'], bare: starts['bare timer'], rows: starts['bare rows, until written'], committed, begun };
};

const rate = (seconds: readonly number[]): number => (TASKS * ROUNDS) / sum(seconds);

export const start: Part = {
  name: 'start', title: `Start of ${TASKS * ROUNDS} tasks`,
  about: `\`startPlan\` as \`plan start\` runs it (plan and tasks into the ledger, ${STARTS_AT_ONCE} starts at a time) in ${ROUNDS} plans of `
    + `${TASKS}, in office hours, with a worker that opens, commits and sends meanwhile; against as many starts of a workflow with the same `
    + 'payload that arms one timer.',
  run: async (say) => {
    const site = await startSite(UNITS);
    try {
      const { ours, bare, rows, committed, begun } = await run(site, say);
      return [
        atLeast('starts accepted', rate(ours) / rate(bare), 0.8, againstRate(rate(ours), rate(bare), 'per second'),
          'From the call until Temporal has accepted every start; ours writes the plan and each task into the ledger first.'),
        plain('until all are opened and committed', againstRate(rate(committed), rate(rows), 'per second'),
          'Until the first event of every task is in the ledger, its notices with it; against a bare workflow whose two activities read and write a row.'),
        plain('the same, against the timer alone', againstRate(rate(committed), rate(begun), 'per second'),
          'The bare workflow counts from its first workflow task: it has no activity and writes nothing.'),
      ];
    } finally {
      await site.stop();
    }
  },
};
