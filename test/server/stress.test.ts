import { POST_WORKFLOW_ID } from '../../contracts/ids';
import type { Notice } from '../../domain/notice';
import { HOUR_MS } from '../../domain/time';
import { insertTask } from '../../ledger/tasks';
import { audit, copiesById, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { type Chance, withChance } from '../support/chance';
import { notice, TASKS } from '../support/delivery';
import { sealedEvent } from '../support/door';
import { type LiveSite, startLiveSite, until, untilSent, untilSettled } from '../support/live-site';
import { furnishManyOffices, MANY_POSITIONS } from '../support/many-offices';
import { acknowledgedEvent, projectionFor, seedOf, START } from '../support/task-values';

const WAVES = 16;
const MORNING = at('2018-10-22T08:00');
/** Each more than a day after the one before, so that the run of the post is over. */
const LATER = ['2018-10-23T09:00', '2018-10-24T10:00', '2018-10-25T11:00', '2018-10-26T12:00'].map(at);

let site: LiveSite;
beforeEach(async () => {
  site = await startLiveSite(MORNING);
  await furnishManyOffices(site.ledger);
  for (const task of TASKS) await insertTask(site.ledger, seedOf(task), START);
}, 60_000);
afterEach(() => site.stop());

/** What one act causes for one or two positions, told by its document; now and then an urgent notice instead, which may share its message. */
const noticesOf = (task: string, seq: number, { between }: Chance): Notice[] => {
  const now = site.storyNow();
  const isUrgent = between(1, 4) === 1;
  const timing = {
    kind: 'status-changed', sendAt: now, decidedAt: now, class: isUrgent ? 'urgent' : 'act', group: isUrgent ? '2018-10-22' : `${task}:${seq}`,
  } as const;
  const receivers = new Set(Array.from({ length: between(1, 2) }, () => MANY_POSITIONS[between(0, MANY_POSITIONS.length - 1)]!));
  return [...receivers].map((to) => {
    const one = notice(task, { ...timing, to });
    const document = { number: `${task.slice(-2)}X${seq}X/UBND`, date: '2018-10-22' };
    return { ...one, key: `${task}|${seq}|${to}`, facts: { ...one.facts, act: 'suspend', document } };
  });
};

/** The next event of a task with its notices, by the real `commit`, poke included; one after the other for each task, tasks beside each other. */
const createTasks = (chance: Chance) => {
  const lasts = new Map(TASKS.map((task) => [task, { seq: 0, written: Promise.resolve() }]));
  const commit = async (task: string, seq: number): Promise<void> => {
    const projection = { ...projectionFor(task, seq), nextWakeAt: null };
    const batch = { task, events: [sealedEvent(task, acknowledgedEvent(seq))], notices: noticesOf(task, seq, chance), projection, now: site.storyNow() };
    expect(await site.commit(batch)).toEqual({ outcome: 'written', head: seq });
  };
  const commitNext = (task: string): Promise<void> => {
    const { seq, written } = lasts.get(task)!;
    const next = written.then(() => commit(task, seq + 1));
    lasts.set(task, { seq: seq + 1, written: next });
    return next;
  };
  return {
    /** Some events of every task. */
    wave: (events: number) => Promise.all(TASKS.flatMap((task) => Array.from({ length: events }, () => commitNext(task)))),
    straggler: () => commitNext(TASKS[chance.between(0, TASKS.length - 1)]!),
  };
};

/** A last act just while the post is sending: its poke comes in the middle of a pass. Answers when it is written. */
const inTheMiddle = (act: () => Promise<void>): Promise<void> => new Promise((resolve, reject) => {
  let isFirst = true;
  site.peer.onTaken(async () => {
    if (!isFirst) return;
    isFirst = false;
    await act().then(resolve, reject);
  });
});

/** Document numbers that stand in more than one mail to one address, copies of a mail counted once. */
const saidTwice = (): string[] => {
  const said = new Map<string, string>();
  const twice: string[] = [];
  for (const [key, [mail]] of copiesById(site.peer.taken)) {
    for (const number of new Set(mail?.bytes.toString('latin1').replaceAll('=\r\n', '').match(/\d\dX\d+X/g))) {
      const line = `${number} ${mail?.to}`;
      if ((said.get(line) ?? key) !== key) twice.push(line);
      said.set(line, key);
    }
  }
  expect(said.size).toBeGreaterThan(1000);
  return twice;
};

it('thousands of urgent notices while the post wakes and continues as new: each is said once, and none is left behind', () => withChance(async (chance) => {
  await site.startWorker();
  const tasks = createTasks(chance);
  const post = site.server.client.workflow.getHandle(POST_WORKFLOW_ID);
  const runs = new Set<string>();
  for (let n = 0; n < WAVES; n += 1) {
    const straggled = inTheMiddle(tasks.straggler);
    const later = LATER[(n - 3) / 4];
    await Promise.all([tasks.wave(chance.between(5, 10)), straggled, later === undefined ? undefined : site.moveClock(later)]);
    await untilSent(site);
    runs.add((await post.describe()).runId);
  }
  await until('the post has continued as new each day', async () => runs.add((await post.describe()).runId).size > LATER.length);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
  expect(saidTwice()).toEqual([]);
}), 180_000);

it('post and workers killed in the middle: nothing is lost, and only what was under way is given again, in the same bytes', () => withChance(async (chance) => {
  let worker = await site.startWorker();
  const tasks = createTasks(chance);
  const after = (mails: number): Promise<void> => {
    const seen = site.peer.taken.length;
    return until('mails leave', () => site.peer.taken.length >= seen + mails);
  };
  const wave = tasks.wave(10);
  await after(chance.between(5, 60));
  await worker.kill();
  [worker] = await Promise.all([site.startWorker(), wave, tasks.wave(5)]);
  await after(chance.between(5, 60));
  await site.server.client.workflow.getHandle(POST_WORKFLOW_ID).terminate('killed by a test');
  await Promise.all([tasks.wave(10), after(chance.between(5, 60))]);
  await worker.kill();
  await Promise.all([site.startWorker(), tasks.wave(5)]);
  await untilSettled(site);
  expect(site.storyNow() - MORNING).toBeLessThan(8 * HOUR_MS);
  expect(await audit(site.ledger, site.peer)).toMatchObject(NOTHING_WRONG);
}), 180_000);
