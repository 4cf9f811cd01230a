import { sql, type Transaction } from 'kysely';
import { type Instant, MINUTE_MS } from '../../domain/time';
import { connectLedger, type Ledger } from '../../ledger/connect';
import {
  type AttemptResult, claimNext, endOpenAttempts, failOver, MAILBOX, markBodyStarted, readUnfinished, recordReceipt, recordResults, supersede,
} from '../../ledger/outbox';
import { type LedgerEngine, ledgerEngines } from '../support/ledger';
import type { Schema } from '../../ledger/schema';
import { START } from '../support/task-values';

type Db = Parameters<typeof endOpenAttempts>[0];
/** What some process does with a message whose attempt it saw. */
type Deed = (db: Db, seen: { readonly key: string; readonly number: number }) => Promise<unknown>;

const NOW: Instant = START + MINUTE_MS;
const AT = new Date(START);

const ending = (outcome: AttemptResult['outcome']): Deed => (db, seen) => recordResults(db, [{ ...seen, outcome, detail: 'said so' }], NOW);
/** What two processes may do to one message in the same moment. */
const DEEDS: Readonly<Record<string, Deed>> = {
  'ends what a dead worker left': (db) => endOpenAttempts(db, NOW),
  'makes another attempt': (db, seen) => claimNext(db, seen, NOW),
  'asks whether the body may be given': (db, seen) => markBodyStarted(db, [seen], NOW),
  'records that it was accepted': ending('accepted'),
  'records that nothing was taken': ending('not-sent'),
  'records that nobody knows': ending('ambiguous'),
  'takes a receipt': (db, { key }) => recordReceipt(db, [{ source: MAILBOX, key, status: 'delivered', detail: 'ok' }], NOW),
  'supersedes it': (db, { key, number }) => supersede(db, [{ key, attempt: number, reason: 'done', dead: [] }], NOW),
  'passes it on': (db, { key }) => failOver(db, [key], NOW),
};

type Beginning = {
  readonly state: 'frozen' | 'body_started' | 'ambiguous'; readonly attempt: number; readonly isOpen: boolean; readonly isInTrouble: boolean;
};
const BEGINNINGS: Readonly<Record<string, Beginning>> = {
  'is claimed': { state: 'frozen', attempt: 1, isOpen: true, isInTrouble: false },
  'is being given': { state: 'body_started', attempt: 1, isOpen: true, isInTrouble: false },
  'is claimed once more, after doubt': { state: 'ambiguous', attempt: 2, isOpen: true, isInTrouble: true },
  'is being given once more': { state: 'body_started', attempt: 2, isOpen: true, isInTrouble: true },
  'waits in doubt': { state: 'ambiguous', attempt: 1, isOpen: false, isInTrouble: true },
};

const ASKS = 'asks whether the body may be given';
/** Nothing of it is asked for any more. */
const FINAL: readonly string[] = ['accepted', 'rejected', 'delivered', 'bounced', 'superseded', 'failed'];

const insert = async (db: Ledger, key: string, { state, attempt, isOpen, isInTrouble }: Beginning): Promise<void> => {
  const begun = state === 'frozen' ? null : AT;
  await db.insertInto('message').values({
    key, channel: 'email', address: `${key}@thaibinh.example`, class: 'act', grp: key, positions: [], state, attempt,
    frozen_at: AT, first_started_at: begun, in_trouble: isInTrouble, under_way_since: isOpen ? AT : null,
  }).execute();
  for (let number = 1; number <= attempt; number += 1) {
    const isLast = number === attempt;
    const ended = isLast && isOpen ? {} : { ended_at: AT, outcome: 'ambiguous', detail: 'timeout' };
    const begunAt = !isLast || state === 'body_started' || !isOpen ? AT : null;
    await db.insertInto('attempt').values({ message: key, number, started_at: AT, body_started_at: begunAt, ...ended }).execute();
  }
};

const postgres = ledgerEngines().find((e) => e.name === 'PostgreSQL');
(postgres === undefined ? describe.skip : describe)('two processes at one message in the same moment', () => {
  const engine = postgres as LedgerEngine;
  let [ledger, other]: Ledger[] = [];
  beforeAll(async () => {
    ledger = await engine.freshLedger();
    other = connectLedger({ socketDir: await engine.socketDir() });
  });
  afterAll(async () => {
    await other?.close();
    await engine.stop();
  });

  const isBlocked = async (db: Ledger): Promise<boolean> =>
    (await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock'`.execute(db)).rows.length > 0;
  /** What opens a transaction of its own joins the one that is open. */
  const joining = (tx: Transaction<Schema>): Db => new Proxy(tx, {
    get: (of, name) => {
      if (name === 'transaction') return () => ({ execute: <T>(work: (inner: Db) => Promise<T>) => work(tx) });
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  /** The second begins while the first has done its part and not committed yet. */
  const inTheSameMoment = async (first: Deed, second: Deed, seen: Parameters<Deed>[1]): Promise<readonly unknown[]> => {
    const [a, b] = [ledger!, other!];
    let late: Promise<unknown> = Promise.resolve();
    const early = await a.transaction().execute(async (tx) => {
      const done = await first(joining(tx), seen);
      let isOver = false;
      late = second(b, seen).finally(() => { isOver = true; });
      late.catch(() => undefined);
      while (!isOver && !(await isBlocked(a))) await new Promise((resolve) => setTimeout(resolve, 2));
      return done;
    });
    return [early, await late];
  };

  /** What stands in the ledger afterwards; empty where it agrees with what was done. */
  const wrongs = async (key: string, given: boolean): Promise<readonly string[]> => {
    const db = ledger!;
    const message = await db.selectFrom('message').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
    const attempts = await db.selectFrom('attempt').selectAll().where('message', '=', key).orderBy('number').execute();
    const open = attempts.filter((a) => a.ended_at === null);
    const [receipt] = await db.selectFrom('receipt').selectAll().where('message', '=', key).execute();
    const isFinal = FINAL.includes(message.state);
    const isGivenUp = (a: (typeof attempts)[number]): boolean => a.outcome === 'not-sent' && a.detail === 'the worker went away';
    const isFenced = message.under_way_since !== null;
    const checks: readonly (readonly [string, boolean])[] = [
      ['a body was given, and that is on no record', given && !attempts.some((a) => a.body_started_at === NOW)],
      ['a body was given, and on record is that nothing was sent', attempts.some((a) => isGivenUp(a) && a.body_started_at !== null)],
      ['it is being given, and nobody gives it', message.state === 'body_started' && open[0]?.body_started_at == null],
      ['the fence and the attempt disagree', !isFinal && isFenced !== open.some((a) => a.number === message.attempt)],
      ['it is final, and an attempt of it is under way', isFinal && isFenced],
      ['a receipt was taken and changed nothing', !isFinal && receipt?.applied_at != null],
      ['nobody takes its next step', (await readUnfinished(db, key)).some((m) => m.keeper === 'nobody')],
    ];
    return checks.filter(([, isWrong]) => isWrong).map(([what]) => what);
  };

  const deeds = Object.keys(DEEDS);
  const pairs = deeds.flatMap((first) => deeds.map((second) => [first, second] as const));
  const cases = Object.keys(BEGINNINGS).flatMap((beginning) => pairs.map((pair) => [beginning, ...pair] as const));
  it('leave a ledger that says what was done, whatever two they are and whatever it was before', async () => {
    const found: string[] = [];
    for (const [n, [beginning, first, second]] of cases.entries()) {
      const seen = { key: `m-${n}`, number: BEGINNINGS[beginning]!.attempt };
      await insert(ledger!, seen.key, BEGINNINGS[beginning]!);
      const done = await inTheSameMoment(DEEDS[first]!, DEEDS[second]!, seen);
      const isGiven = done.some((answer, i) => [first, second][i] === ASKS && answer instanceof Set && answer.size > 0);
      const what = `a message that ${beginning}, while one ${first} and another ${second}`;
      found.push(...(await wrongs(seen.key, isGiven)).map((wrong) => `${what}: ${wrong}`));
      await sql`delete from attempt where message = ${seen.key}`.execute(ledger!);
      await sql`delete from message where key = ${seen.key}`.execute(ledger!);
    }
    expect(found).toEqual([]);
  }, 120_000);
});
