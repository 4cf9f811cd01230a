import { createHash } from 'node:crypto';
import type { Told } from './people';
import type { Site } from './site';

/** What became of a cell's notices, as servers and ledger know it. */
export type Count = {
  readonly faults: number;
  readonly messages: number;
  /** True to the end, and nobody has it: no server that answered, on no channel. */
  readonly lost: readonly string[];
  /** Messages that a server had more than once. */
  readonly twice: number;
  readonly identical: number;
  /** Of those: more often than the ledger has attempts in doubt, whose body was asked for and whose end nobody knows. */
  readonly outside: readonly string[];
  /** Notices that somebody sees twice in a mailbox, or on a phone, that drops repetitions. */
  readonly seenTwice: readonly string[];
  /** Begun after the step was done. */
  readonly sentDone: readonly string[];
  /** Those that never came to an end. */
  readonly stuck: number;
  /** All copies of each mail that a server had more than once. */
  readonly doubled?: readonly (readonly Buffer[])[];
};

type Copy = { readonly to: string; readonly id: string; readonly hash: string; /** The receiver drops it itself. */ readonly isDropped: boolean };
const hashOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const idOf = (bytes: Buffer): string => /^Message-ID: <([^@>]+)@/im.exec(bytes.toString('latin1'))?.[1] ?? 'no Message-ID';

const copiesOf = ({ taken, texts }: Pick<Site, 'taken' | 'texts'>): readonly Copy[] => [
  ...taken.map(({ to, bytes }) => ({ to, id: idOf(bytes), hash: hashOf(bytes), isDropped: false })),
  ...texts.map(({ to, key, text, isDropped }) => ({ to, id: key, hash: hashOf(text), isDropped })),
];
const grouped = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
};

/** What a mailbox shows: one of all with the same Message-ID and bytes. What a phone shows: all but those that the gateway dropped. */
const shown = (copies: readonly Copy[], isMail: boolean): number =>
  isMail ? new Set(copies.map((c) => `${c.id} ${c.hash}`)).size : copies.filter((c) => !c.isDropped).length;

/** Holds the ledger against what the servers had. `faults`: how many really happened; `isSettled`: false where something waits for ever. */
export const count = async (
  { ledger, taken, submissions, texts }: Pick<Site, 'ledger' | 'taken' | 'submissions' | 'texts'>, told: readonly Told[],
  outcome: { readonly faults: number; readonly stuck: number },
): Promise<Count> => {
  const [messages, attempts] = await Promise.all([
    ledger.selectFrom('message').select(['key', 'address', 'first_started_at']).execute(),
    ledger.selectFrom('attempt').select(['message', 'outcome']).where('body_started_at', 'is not', null).execute(),
  ]);
  const copies = copiesOf({ taken, texts });
  const byKey = grouped(copies, (c) => c.id);
  const byPlace = grouped(copies, (c) => c.to);
  const twice = [...byKey].filter(([, all]) => all.length > 1);
  const inDoubt = (key: string): number => attempts.filter((a) => a.message === key && a.outcome === 'ambiguous').length;
  const has = new Set([...submissions.filter((s) => s.isAnswered).map((s) => s.to), ...texts.map((t) => t.to)]);
  const ours = new Set(told.flatMap(({ person }) => [person.email, person.phone]));
  const begunAfter = ({ person, doneAt }: Told): boolean => doneAt !== undefined
    && messages.some((m) => [person.email, person.phone].includes(m.address) && m.first_started_at !== null && m.first_started_at > doneAt);
  return {
    ...outcome, messages: messages.filter((m) => ours.has(m.address)).length,
    lost: told.filter(({ person, doneAt }) => doneAt === undefined && !has.has(person.email) && !has.has(person.phone)).map((t) => t.notice),
    twice: twice.length, identical: twice.filter(([, all]) => new Set(all.map((c) => c.hash)).size === 1).length,
    outside: twice.filter(([key, all]) => all.length - 1 > inDoubt(key)).map(([key]) => key),
    seenTwice: told.filter(({ person: { email, phone } }) => shown(byPlace.get(email) ?? [], true) > 1 || shown(byPlace.get(phone) ?? [], false) > 1)
      .map((t) => t.notice),
    doubled: [...grouped(taken, (t) => idOf(t.bytes)).values()].filter((all) => all.length > 1).map((all) => all.map((t) => t.bytes)),
    sentDone: told.filter(begunAfter).map((t) => t.notice),
  };
};
