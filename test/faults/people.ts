import type { Notice } from '../../domain/notice';
import type { Position, Seat, TaskSpec } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { importDirectory, readDirectory } from '../../ledger/directory';
import { planNotices } from '../../ledger/outbox';
import { insertTask } from '../../ledger/tasks';
import { spec } from '../support/builders';
import { furnish, notice, nowShows } from '../support/delivery';
import { assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

/** Somebody who gets one notice in a cell: whatever comes to one of his addresses is that notice. */
export type Person = { readonly position: Position; readonly email: string; readonly phone: string };
export type Told = {
  readonly person: Person;
  readonly notice: string;
  readonly task: string;
  /** When its step was done; what was not begun by then must never leave. */
  doneAt?: Instant;
};

const PEOPLE = 200;
const TASKS = 60;
/** The task of those whose step is never done. */
const ALWAYS = 'CN18-99';
/** Of a kind that goes by mail and by SMS, whoever it is for. */
const FACTS: Notice['facts'] = { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: '2018-10-22', state: 'assigned' };
const taskId = (n: number): string => `CN18-${200 + n}`;

export const personOf = (n: number): Person => ({ position: `u${n}/officer`, email: `nguoi.${n}@don-vi.example`, phone: `+84000${String(100_000 + n)}` });
const seatOf = (n: number): Seat => {
  const { position, email, phone } = personOf(n);
  return { position, person: `p${n}`, name: 'Nguyễn Văn Thử', email, phone, from: '2018-01-01' };
};

/** Calendar, a directory of two hundred people beside the usual one, and a plan whose tasks run. */
export const settle = async (ledger: Ledger): Promise<void> => {
  await furnish(ledger, (seats) => [...seats, ...Array.from({ length: PEOPLE }, (_, n) => seatOf(n))]);
  const ids = [ALWAYS, ...Array.from({ length: TASKS }, (_, n) => taskId(n))];
  const specs: readonly TaskSpec[] = ids.map((id) => spec({ id, no: id.slice(5), lead: 'tb-skhdt', coordinating: [] }));
  await ledger.updateTable('plan').set({ spec: JSON.stringify(specs) }).execute();
  for (const task of ids) {
    await insertTask(ledger, seedOf(task), START);
    await commitBatch(ledger, { task, events: [assignedEvent()], notices: [], projection: projectionFor(task, 1), now: START });
  }
};

/** Enters as many people as there are to be told, where two hundred are too few. */
export const enter = async (ledger: Ledger, people: number): Promise<void> => {
  const directory = await readDirectory(ledger);
  if (directory === undefined) throw new Error('there is no directory yet');
  const seats = Array.from({ length: Math.max(0, people - PEOPLE) }, (_, n) => seatOf(PEOPLE + n));
  const whole = { ...directory, seats: [...directory.seats, ...seats] };
  await importDirectory(ledger, whole, { replace: true, today: '2018-10-22' });
};

/** Gives each person one notice by one channel; `ending`: whose step will be done, on a task that nobody else shares. */
export const createTelling = (ledger: Ledger, channel: Notice['channels'][number]) => {
  const told: Told[] = [];
  let [next, nextTask] = [0, 0];
  const tell = async (count: number, now: Instant, isEnding: boolean): Promise<readonly Told[]> => {
    const task = isEnding ? taskId(nextTask++) : ALWAYS;
    const made = Array.from({ length: count }, (): { told: Told; notice: Notice } => {
      const person = personOf(next++);
      const one = notice(task, { kind: 'returned', facts: FACTS, to: person.position, channels: [channel], group: `start-${next}`, sendAt: now, decidedAt: now });
      return { told: { person, notice: one.key, task }, notice: one };
    });
    await planNotices(ledger, made.map((m) => ({ notice: m.notice, plan: 'CN18' })));
    told.push(...made.map((m) => m.told));
    return made.map((m) => m.told);
  };
  /** The step of a task is done: nothing may be said about it any more, unless a body was given before. */
  const end = async (who: readonly Told[], now: Instant): Promise<void> => {
    for (const task of new Set(who.map((t) => t.task))) await nowShows(ledger, task, { state: 'completed' });
    for (const one of who) one.doneAt = now;
  };
  return { told, tell, end };
};
export type Telling = ReturnType<typeof createTelling>;
