import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { isSendingTime, nextOpening } from '../../domain/calendar';
import { type Instant, MINUTE_MS } from '../../domain/time';
import { readAgenda } from '../../ledger/agenda';
import type { Ledger } from '../../ledger/connect';
import { readUnfinished } from '../../ledger/outbox';
import { START } from '../support/task-values';
import { type Child, startChild } from './child';
import type { FromWorker, Gate, WorkerInput } from './worker';

/**
 * Drives a worker as the post and the `message` workflows would, over hours of our time in moments: what is started is remembered here, as Temporal would, and
 * the worker may die at any moment.
 */
export type Hands = {
  now(): Instant;
  later(ms: number): void;
  /** One pass: freeze and send. Answers whether the worker came to its end. */
  pass(): Promise<boolean>;
  freeze(): Promise<boolean>;
  send(): Promise<boolean>;
  /** The next attempt of each message in trouble whose time has come. */
  attend(): Promise<void>;
  /** Temporal has lost everything: no `message` workflow runs any more. */
  lose(): void;
  /**
   * Passes and attempts, whatever has to be waited for, until nothing that was planned waits any more and every message is final or a person's. Answers false
   * where that does not come about, or where nobody would take the next step of a message.
   */
  settle(): Promise<boolean>;
  /** Settles when the worker stands at the gate. */
  gate(at: Gate, who?: string): Promise<void>;
  go(): void;
  kill(): Promise<void>;
  /** A new worker in the place of the one before, which is killed. */
  restart(): Promise<void>;
  /** A new worker, while the one before is only thought dead: `goOn` lets it go on, and settles when it has done what it was doing. */
  takeOver(): Promise<{ readonly goOn: () => Promise<void> }>;
  /** Another ledger: nothing waits, and it is the first morning again. */
  forget(): void;
};

/** What the post does after an interruption. */
const AFTER_FAILURE_MS = 5 * MINUTE_MS;
const MOST_ROUNDS = 80;

type Asked = { readonly do: 'freeze' | 'send' } | { readonly do: 'attend'; readonly key: string };
type Worker = {
  readonly child: Child<FromWorker>;
  ask(order: Asked, now: Instant): Promise<unknown>;
  /** Settles when nothing is being done. */
  idle(): Promise<void>;
};

/** A worker, and questions to it: undefined where one fails or the worker dies. */
const startWorker = async (input: WorkerInput, heard: (said: FromWorker, child: Child<FromWorker>) => void): Promise<Worker> => {
  const child = await startChild<FromWorker>('worker.ts', input);
  const open = new Map<number, (answer: unknown) => void>();
  let [last, current]: [number, Promise<unknown>] = [0, Promise.resolve()];
  child.onSaid((said) => {
    heard(said, child);
    if ('id' in said) open.get(said.id)?.('answer' in said ? said.answer : undefined);
  });
  const ask = (order: Asked, now: Instant): Promise<unknown> => {
    const id = (last += 1);
    const answered = new Promise<unknown>((resolve) => open.set(id, resolve));
    child.tell({ id, now, ...order });
    current = Promise.race([answered, child.gone.then(() => undefined)]).finally(() => open.delete(id));
    return current;
  };
  return { child, ask, idle: async () => { await current; } };
};

const waitingOf = async (ledger: Ledger): Promise<number> => {
  const rows = await ledger.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').select('delivery.notice')
    .where('delivery.state', 'in', ['planned', 'claimed']).where('notice.kind', '!=', 'delivery-failed').execute();
  return rows.length;
};

export const startHands = async (input: () => WorkerInput, ledger: Ledger, logs: string[]): Promise<Hands> => {
  const waiting = new Map<string, Instant>();
  let now = START;
  let reached: (() => void) | undefined;
  const start = (): Promise<Worker> => startWorker(input(), (said, child) => {
    if ('logged' in said) logs.push(said.logged);
    if ('reached' in said) reached?.();
    if (!('start' in said)) return;
    waiting.set(said.start.key, said.start.at);
    child.tell({ kept: true });
  });
  let worker = await start();

  const attend = async (): Promise<void> => {
    for (const [key] of [...waiting].filter(([, at]) => at <= now)) {
      const answer = (await worker.ask({ do: 'attend', key }, now)) as { readonly nextAt: Instant | null } | undefined;
      if (answer?.nextAt === null) waiting.delete(key);
      else waiting.set(key, answer?.nextAt ?? now + AFTER_FAILURE_MS);
    }
  };
  /** To the next thing that is due, over nights and holidays. */
  const goOn = (nextTryAt: Instant | null): void => {
    const next = [...waiting.values(), ...(nextTryAt === null ? [] : [nextTryAt])].filter((at) => at > now);
    now = next.length === 0 ? now + AFTER_FAILURE_MS : Math.min(...next);
    if (!isSendingTime(SHIPPED_CALENDAR, now)) now = nextOpening(SHIPPED_CALENDAR, now) ?? now;
  };
  const hands: Hands = {
    now: () => now,
    later: (ms) => { now += ms; },
    freeze: async () => (await worker.ask({ do: 'freeze' }, now)) !== undefined,
    send: async () => (await worker.ask({ do: 'send' }, now)) !== undefined,
    pass: async () => (await hands.freeze()) && hands.send(),
    settle: async () => {
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const isWhole = await hands.pass();
        await attend();
        const { nextTryAt } = await readAgenda(ledger);
        const open = (await readUnfinished(ledger)).filter((m) => m.keeper !== 'person');
        if (isWhole && open.some((m) => m.keeper === 'nobody')) return false;
        if (isWhole && waiting.size === 0 && open.length === 0 && (await waitingOf(ledger)) === 0) return true;
        goOn(nextTryAt);
      }
      return false;
    },
    attend, lose: () => waiting.clear(),
    gate: (at, who) => new Promise((resolve) => {
      reached = resolve;
      worker.child.tell({ gate: { at, ...(who === undefined ? {} : { who }) } });
    }),
    go: () => worker.child.tell({ go: true }),
    kill: () => worker.child.kill(),
    restart: async () => {
      await worker.child.kill();
      worker = await start();
    },
    takeOver: async () => {
      const before = worker;
      worker = await start();
      return {
        goOn: async () => {
          before.child.tell({ go: true });
          await before.idle();
          await before.child.kill();
        },
      };
    },
    forget: () => { waiting.clear(); now = START; },
  };
  return hands;
};
