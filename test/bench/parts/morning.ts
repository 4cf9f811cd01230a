import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../../../client/pool';
import { startTasks } from '../../../client/tasks';
import { addWorkingDays } from '../../../domain/calendar';
import { decidesAt } from '../../../domain/schedule';
import type { TaskSeed } from '../../../domain/task';
import { type CivilDate, instantAt } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import { insertPlan } from '../../../ledger/plans';
import { insertTask, setNeedsRepair } from '../../../ledger/tasks';
import { inTurns, stopwatch, until } from '../arms';
import { countOf } from '../count';
import { againstRate, atLeast, type Part, plain, sum } from '../figure';
import { addressOf, CALENDAR, header, lived, seedFor, spec, TODAY } from '../people';
import { exampleMail } from '../sample-mail';
import { BARE_QUEUE, type Site, startSite } from '../site';

const TASKS = 1000;
const ROUNDS = 2;
/** Starts tried beforehand, to know how long before the morning the real ones must begin. */
const TRIAL = 100;
const MARGIN = 3;
/** A task is started and opened in so many times what a bare start takes. */
const OURS_TAKE = 2.5;
const SEVEN = 7 * 60;
const AT_ONCE = 8;
/** As `client/tasks.ts` has it. */
const STARTS_AT_ONCE = 40;
/** Stands in a task's row until the task has opened, which takes such marks away. */
const NOT_OPEN = 'not opened yet';

/** One morning a round; sixty working days later each task of the round is due, so its first reminder (one mail, to the lead's officer) falls on it. */
const morningOf = (round: number): CivilDate => addWorkingDays(CALENDAR, TODAY, round) ?? TODAY;

/** Ids of one round whose hash puts them into the first second of the half hour over which a morning is spread. */
const idsOf = (round: number): readonly string[] => {
  const [on, ids] = [morningOf(round), [] as string[]];
  for (let i = 0; ids.length < TASKS; i += 1) if (decidesAt(`BD${round}-${i}`, on) === instantAt(on, SEVEN)) ids.push(`BD${round}-${i}`);
  return ids;
};

/** The tasks as they would stand in the ledger of a running site: assigned and acknowledged long ago, the plan's file handed out. */
const plant = async ({ ledger }: Site, round: number): Promise<readonly TaskSeed[]> => {
  const on = morningOf(round);
  const code = `BD${round}`;
  const specs = idsOf(round).map((id, i) => spec(id, i, addWorkingDays(CALENDAR, on, 60) ?? on));
  const file = { name: 'ke-hoach.txt', content: Buffer.from(code), hash: code };
  await insertPlan(ledger, { header: header(code), tasks: specs, file, startedAt: Date.now() });
  await ledger.insertInto('plan_receipt').values(specs.map((s) => ({ plan: code, unit: s.lead, message: 'an earlier one' }))).execute();
  return inParallel(specs, AT_ONCE, async (s) => {
    const seed = seedFor(code, s);
    const { events, views } = lived(seed, on);
    await insertTask(ledger, seed, Date.now());
    await commitBatch(ledger, { task: s.id, events, notices: [], projection: views.at(-1)!.projection, now: Date.now() });
    await setNeedsRepair(ledger, s.id, NOT_OPEN);
    return seed;
  });
};

const countMarked = ({ ledger }: Site): Promise<number> => countOf(ledger.selectFrom('task').where('needs_repair', '=', NOT_OPEN));
const countNotices = ({ ledger }: Site, day: CivilDate): Promise<number> => countOf(ledger.selectFrom('notice').where('grp', '=', day));
const countAccepted = ({ ledger }: Site, day: CivilDate): Promise<number> =>
  countOf(ledger.selectFrom('message').where('grp', '=', day).where('state', '=', 'accepted'));

/** Milliseconds that the starts of one side are given on this machine, as it is now. */
const leadOf = async ({ client }: Site): Promise<number> => {
  const took = stopwatch();
  await inParallel(Array.from({ length: TRIAL }), STARTS_AT_ONCE, () =>
    client.workflow.start('bareTask', { workflowId: `trial-${randomUUID()}`, taskQueue: BARE_QUEUE, args: [{}] }));
  return Math.max(10_000, (took() * 1000 * MARGIN * TASKS) / TRIAL);
};

type Split = { readonly wakes: number[]; readonly mails: number[] };

/** Seconds from 07:00 until every task has decided and committed, and from 08:00 until every mail is accepted; the hour between is leapt over. */
const ourMorning = (site: Site, split: Split) => async (round: number): Promise<number> => {
  const day = morningOf(round);
  const seeds = await plant(site, round);
  const lead = OURS_TAKE * (await leadOf(site));
  const clock = { anchor: Date.now(), from: instantAt(day, SEVEN) - lead, rate: 1 };
  await site.setClock(clock);
  await startTasks(site.client, seeds, clock, { isAgain: true });
  await until('every task is open', async () => (await countMarked(site)) === 0);
  const left = clock.anchor + lead - Date.now();
  if (left <= 0) throw new Error(`${TASKS} tasks were not started within ${lead / 1000} s`);
  await pause(left);
  const woke = stopwatch();
  await until('every task has committed its reminder', async () => (await countNotices(site, day)) === TASKS);
  split.wakes.push(woke());
  const sent = stopwatch();
  await site.setClock({ anchor: Date.now(), from: instantAt(day, 8 * 60), rate: 1 });
  await until('every mail is accepted', async () => (await countAccepted(site, day)) === TASKS);
  split.mails.push(sent());
  return (split.wakes.at(-1) ?? NaN) + (split.mails.at(-1) ?? NaN);
};

const bareMorning = (site: Site) => async (round: number): Promise<number> => {
  const before = await site.sink.ask('taken');
  const at = Date.now() + (await leadOf(site));
  const all = Array.from({ length: TASKS }, (_, i) => i);
  await inParallel(all, STARTS_AT_ONCE, (i) =>
    site.client.workflow.start('bareMorning', { workflowId: `bare-${round}-${i}`, taskQueue: BARE_QUEUE, args: [{ at, to: addressOf(i) }] }));
  if (Date.now() >= at) throw new Error(`${TASKS} bare workflows were not started in time`);
  await pause(at - Date.now());
  const took = stopwatch();
  await until('every bare mail is taken', async () => (await site.sink.ask('taken')) - before === TASKS);
  return took();
};

const rate = (seconds: readonly number[]): number => (TASKS * seconds.length) / sum(seconds);

export const morning: Part = {
  name: 'morning', title: `A morning when ${TASKS} tasks fall due`,
  about: `${TASKS} tasks, each with its own lead, wake, decide and commit; then the post freezes and sends one mail to each. Against ${TASKS} bare `
    + 'workflows with a timer and one activity that gives a mail of the same size to a pooled nodemailer, and write nothing down. Only work is counted: the '
    + 'ids are chosen so that their hashes put all of them into the first second of the half hour over which a morning is spread, and the hour until 08:00 is '
    + 'leapt over when all have committed.',
  run: async (say) => {
    const site = await startSite(TASKS);
    const split: Split = { wakes: [], mails: [] };
    try {
      await site.setClock({ anchor: Date.now(), from: instantAt(TODAY, 0), rate: 1 });
      await Promise.all([site.startWorker(), site.startBareWorker(exampleMail())]);
      const { ours, bare } = await inTurns({ ours: ourMorning(site, split), bare: bareMorning(site) }, ROUNDS, say);
      return [
        atLeast('wake to accepted mail', rate(ours) / rate(bare), 1, againstRate(rate(ours), rate(bare), 'tasks per second'),
          'At least 1: not slower than the bare loop, though ours commits an event, a notice, the frozen bytes and each step of the sending.'),
        plain('of that, wake to commit', `${(sum(split.wakes) / ROUNDS).toFixed(1)} s`,
          `${TASKS} timers, decisions and transactions.`),
        plain('of that, freeze to accepted', `${(sum(split.mails) / ROUNDS).toFixed(1)} s`, `${TASKS} mails rendered, frozen and sent by the post.`),
      ];
    } finally {
      await site.stop();
    }
  },
};
