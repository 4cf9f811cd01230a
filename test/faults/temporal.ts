import type { Notice } from '../../domain/notice';
import type { Position } from '../../domain/plan';
import { MINUTE_MS } from '../../domain/time';
import { readUnfinished } from '../../ledger/outbox';
import { insertTask } from '../../ledger/tasks';
import { audit, copiesById } from '../support/audit';
import { at } from '../support/builders';
import { emailOf, notice, TASKS } from '../support/delivery';
import { sealedEvent } from '../support/door';
import { type LiveSite, startLiveSite, until, untilSent, untilSettled, type WorkerProcess } from '../support/live-site';
import { furnishManyOffices, MANY_POSITIONS } from '../support/many-offices';
import { acknowledgedEvent, projectionFor, seedOf, START } from '../support/task-values';
import type { Count } from './count';
import type { Row } from './run';

/** Kills with Temporal as the thing tested: real post and `message` workflows, a dev server, worker processes. */
const MORNING = at('2018-10-22T08:00');
const NOTICES = 8;
const KILLS = 10;
const LOSSES = 5;

export type Play = { readonly site: LiveSite; worker: WorkerProcess; seq: number };
type When = { readonly name: string; /** Settles at the moment to strike. */ moment(site: LiveSite, before: number): Promise<void> };

const frozenIn = async ({ ledger }: LiveSite): Promise<number> => (await ledger.selectFrom('message').select('key').execute()).length;
const PLANNED: When = { name: 'planned', moment: async () => undefined };
const FROZEN: When = { name: 'frozen', moment: (site, before) => until('something is frozen', async () => (await frozenIn(site)) > before) };
export const TAKEN: When = {
  name: 'after the dot', moment: ({ peer }) => new Promise((resolve) => { peer.onTaken(() => { peer.onTaken(() => undefined); resolve(); }); }),
};

/** What one act causes for some positions, each another one, so that none gets more than a day allows; answers whom. */
export const write = async (play: Play): Promise<readonly Position[]> => {
  const { site } = play;
  const [now, seq, task] = [site.storyNow(), (play.seq += 1), TASKS[0]!];
  const notices = Array.from({ length: NOTICES }, (_, i): Notice => {
    const to = MANY_POSITIONS[(seq * NOTICES + i) % MANY_POSITIONS.length]!;
    const one = notice(task, { kind: 'status-changed', class: 'act', group: `${task}:${seq}`, to, sendAt: now, decidedAt: now });
    return { ...one, key: `${task}|${seq}|${to}`, facts: { ...one.facts, act: 'suspend', document: { number: `${seq}/UBND`, date: '2018-10-22' } } };
  });
  const projection = { ...projectionFor(task, seq), nextWakeAt: null };
  const events = [sealedEvent(task, acknowledgedEvent(seq))];
  const { outcome } = await site.commit({ task, events, notices, projection, now });
  if (outcome !== 'written') throw new Error(`what was to be said was not written: ${outcome}`);
  return notices.map((n) => n.to);
};

/** What is due by now, as ledger and mail server know it. */
export const counted = async ({ ledger, peer, storyNow }: LiveSite): Promise<Omit<Count, 'faults'>> => {
  const found = await audit(ledger, peer, storyNow());
  const copies = copiesById(peer.taken);
  const kinds = (key: string): number => new Set((copies.get(key) ?? []).map((c) => c.bytes.toString('base64'))).size;
  return {
    messages: copies.size, lost: [...found.leftBehind, ...found.standing, ...found.notOnce, ...found.unmatched], twice: found.doubled.length,
    identical: found.doubled.filter((key) => kinds(key) === 1).length,
    outside: found.wronglyDoubled, seenTwice: found.doubled.filter((key) => kinds(key) > 1), sentDone: [], stuck: 0,
  };
};

const strikes: Readonly<Record<string, (play: Play) => Promise<void>>> = {
  'SIGKILL worker, with Temporal': async (play) => {
    await play.worker.kill();
    play.worker = await play.site.startWorker();
  },
  'SIGKILL Temporal server': ({ site }) => site.server.crash(async () => undefined),
};

/** One kind of kill at one moment, again and again on one site; every notice must have been said when all is settled. */
const cell = async (fault: string, when: When, kills: number): Promise<Row> => {
  const site = await startLiveSite(MORNING);
  try {
    await furnishManyOffices(site.ledger);
    await insertTask(site.ledger, seedOf(TASKS[0]!), START);
    const play: Play = { site, worker: await site.startWorker(), seq: 0 };
    for (let n = 0; n < kills; n += 1) {
      const frozen = await frozenIn(site);
      const moment = when.moment(site, frozen);
      await write(play);
      await moment;
      await strikes[fault]?.(play);
      await untilSettled(site);
    }
    return { cell: { channel: 'email', honoursKeys: true, fault, point: when.name }, count: { faults: kills, ...(await counted(site)) } };
  } finally {
    await site.stop();
  }
};

/** How long after the first attempts: what was put off is due, and nobody has come. */
const LATER_MS = 30 * MINUTE_MS;
const IN_TROUBLE = 3;
const LOST = 'Temporal lost, with Temporal';

/** Temporal loses everything while the server puts off some mails; a worker starts, and a pass of the new post takes them up. */
const lossOnce = async (play: Play): Promise<void> => {
  const { site } = play;
  const before = await frozenIn(site);
  const addresses = Array.from({ length: IN_TROUBLE }, (_, i) => emailOf(MANY_POSITIONS[((play.seq + 1) * NOTICES + i) % MANY_POSITIONS.length]!));
  addresses.forEach((to) => site.peer.fault(to, 'defer-rcpt'));
  await write(play);
  await until('all is frozen', async () => (await frozenIn(site)) === before + NOTICES);
  await untilSent(site);
  addresses.forEach((to) => site.peer.fault(to, 'none'));
  await play.worker.kill();
  await site.server.lose();
  await site.moveClock(site.storyNow() + LATER_MS);
  play.worker = await site.startWorker();
  await until('what was in trouble is taken up', async () => (await readUnfinished(site.ledger)).length === 0);
  await untilSettled(site);
};
const lossRow = async (losses: number): Promise<Row> => {
  const site = await startLiveSite(MORNING);
  try {
    await furnishManyOffices(site.ledger);
    await insertTask(site.ledger, seedOf(TASKS[0]!), START);
    const play: Play = { site, worker: await site.startWorker(), seq: 0 };
    for (let n = 0; n < losses; n += 1) await lossOnce(play);
    const cell = { channel: 'email', honoursKeys: true, fault: LOST, point: 'messages in trouble' } as const;
    return { cell, count: { faults: losses, ...(await counted(site)) } };
  } finally {
    await site.stop();
  }
};

export type Choice = { readonly isWanted: (fault: string) => boolean; readonly kills?: number };
/** Every kill with Temporal, one kind after the other. */
export const temporalRows = async (onRow: (row: Row) => void, { isWanted, kills = KILLS }: Choice): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const add = async (row: Promise<Row>): Promise<void> => {
    rows.push(await row);
    onRow(await row);
  };
  for (const fault of Object.keys(strikes).filter(isWanted)) {
    for (const when of [PLANNED, FROZEN, TAKEN]) await add(cell(fault, when, kills));
  }
  if (isWanted(LOST)) await add(lossRow(Math.min(kills, LOSSES)));
  return rows;
};
