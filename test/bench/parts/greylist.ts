import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../../../client/pool';
import { type ActDoor, actOnTask, startTasks } from '../../../client/tasks';
import { type Clock, ourTime } from '../../../contracts/clock';
import { addWorkingDays } from '../../../domain/calendar';
import type { TaskSeed } from '../../../domain/task';
import { HOUR_MS, instantAt } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import { insertPlan } from '../../../ledger/plans';
import { insertTask } from '../../../ledger/tasks';
import { linkKeyOf } from '../../../links';
import { command, text } from '../../support/builders';
import { until } from '../arms';
import { countOf } from '../count';
import { atMost, type Part, percentile, plain } from '../figure';
import { CALENDAR, header, lived, seedFor, spec, TODAY } from '../people';
import { DUE_ON, plantDigests, plantTasks } from '../plant';
import { LINK_SECRET } from '../settings';
import { type Site, startSite } from '../site';

const MAILS = 5000;
/** Tasks on which somebody acts meanwhile. */
const TASKS = 100;
const CODE = 'BDG';
const DAY = addWorkingDays(CALENDAR, TODAY, 1) ?? TODAY;
/** An hour of the post in five minutes: what it does in an hour weighs twelve times as much. */
const RATE = 12;
const GAP_MS = 250;
const ACTS_BEFORE = 240;
const LOOK_MS = 5;

/** Running tasks on which officials act, by a clock of their own. */
type Office = {
  readonly site: Site; readonly seeds: readonly TaskSeed[]; readonly clock: Clock; readonly door: ActDoor;
};
const openOffice = async (site: Site, clock: Clock): Promise<Office> => {
  const { client, ledger } = site;
  const dueOn = addWorkingDays(CALENDAR, DUE_ON, 200) ?? DUE_ON;
  const specs = Array.from({ length: TASKS }, (_, i) => spec(`${CODE}-${i}`, i, dueOn));
  const file = { name: 'ke-hoach.txt', content: Buffer.from(CODE), hash: CODE };
  await insertPlan(ledger, { header: header(CODE), tasks: specs, file, startedAt: 0 });
  const seeds = await inParallel(specs, 8, async (s) => {
    const seed = seedFor(CODE, s);
    const { events, views } = lived(seed, DAY);
    await insertTask(ledger, seed, 0);
    await commitBatch(ledger, { task: s.id, events, notices: [], projection: views.at(-1)!.projection, now: 0 });
    return seed;
  });
  await startTasks(client, seeds, clock);
  return { site, seeds, clock, door: { ...linkKeyOf(LINK_SECRET), temporal: async () => client } };
};

type Times = { readonly answered: number[]; readonly committed: number[] };
const seqOf = async ({ ledger }: Site, task: string): Promise<number> =>
  (await ledger.selectFrom('task').select('seq').where('id', '=', task).executeTakeFirstOrThrow()).seq;

/** One act of an official: until its answer, and until its event is in the ledger. */
const act = async ({ site, door, clock }: Office, { id, spec: { lead } }: TaskSeed, times: Times): Promise<void> => {
  const before = await seqOf(site, id);
  const from = performance.now();
  const report = command('report-progress', `${lead}/officer`, { text: text() });
  const answer = await actOnTask(door, id, report, ourTime(clock, Date.now()));
  if (!answer.ok) throw new Error(`an act was refused: ${answer.code}`);
  times.answered.push(performance.now() - from);
  while ((await seqOf(site, id)) === before) await pause(LOOK_MS);
  times.committed.push(performance.now() - from);
};

/** An act every quarter of a second, on one task after the other, for as long as it is wanted. */
const actWhile = async (office: Office, isWanted: (n: number) => boolean): Promise<Times> => {
  const times: Times = { answered: [], committed: [] };
  const running: Promise<void>[] = [];
  for (let n = 0; isWanted(n); n += 1) {
    running.push(act(office, office.seeds[n % office.seeds.length]!, times));
    await pause(GAP_MS);
  }
  await Promise.all(running);
  return times;
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const attemptsOf = ({ ledger }: Site) => countOf(ledger.selectFrom('attempt'));
const acceptedOf = ({ ledger }: Site) => countOf(ledger.selectFrom('message').where('state', '=', 'accepted'));

const figures = (without: Times, during: Times, attempts: number) => {
  const at = (times: Times, of: keyof Times, share: number): number => percentile(times[of], share);
  const ratio = (of: keyof Times, share: number): number => at(during, of, share) / at(without, of, share);
  const both = (of: keyof Times, share: number): string =>
    `${ms(at(during, of, share))} against ${ms(at(without, of, share))}`;
  return [
    atMost('answer to an act, median', ratio('answered', 0.5), 1.5, both('answered', 0.5),
      `${during.answered.length} acts while mails were put off, ${without.answered.length} before; one every ${GAP_MS} ms.`),
    atMost('the same, 95th of a hundred', ratio('answered', 0.95), 3, both('answered', 0.95),
      `Some meet a round of the post on the same two cores. An hour's rounds fall into ${60 / RATE} minutes.`),
    plain('until its event is in the ledger, median', both('committed', 0.5),
      'Commits and the post share a task queue.'),
    plain('attempts of the post in that hour', String(attempts),
      `Each of ${MAILS} mails after 5, 10, 20, 30 minutes; none has a workflow of its own.`),
  ];
};

export const greylist: Part = {
  name: 'greylist', title: `${MAILS} mails put off for an hour, and officials who act meanwhile`,
  about: `The mail server answers 450 to each of ${MAILS} mails of a morning for an hour, which passes in ${60 / RATE} `
    + `minutes. The post tries them again in bulk. Meanwhile acts are made on ${TASKS} running tasks, as before with nothing `
    + 'to send. Then the server takes the mails.',
  run: async (say) => {
    const site = await startSite(MAILS);
    try {
      const from = instantAt(DAY, 8 * 60);
      await site.setClock({ anchor: Date.now(), from: from - 2 * HOUR_MS, rate: 1 });
      await plantTasks(site, MAILS, MAILS);
      await site.sink.ask('defer');
      await site.startWorker();
      const office = await openOffice(site, { anchor: Date.now(), from: from - HOUR_MS, rate: 1 });
      await actWhile(office, (n) => n < TASKS);
      const without = await actWhile(office, (n) => n < ACTS_BEFORE);
      say('acts without mails are measured');
      await plantDigests(site, DAY, MAILS, MAILS);
      const begun = Date.now();
      await site.setClock({ anchor: begun, from, rate: RATE });
      const during = await actWhile(office, () => Date.now() - begun < HOUR_MS / RATE);
      const attempts = await attemptsOf(site);
      say(`${attempts} attempts were put off`);
      if ((await acceptedOf(site)) > 0) throw new Error('a mail was taken that should have been put off');
      const { count: own } = await site.client.workflow.count(`WorkflowType = 'message'`);
      if (own > 0) throw new Error(`${own} mails have a workflow of their own`);
      await site.sink.ask('take');
      await until('every mail is accepted', async () => (await acceptedOf(site)) >= MAILS);
      return figures(without, during, attempts);
    } finally {
      await site.stop();
    }
  },
};
