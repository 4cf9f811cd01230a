import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readUnfinished } from '../../ledger/outbox';
import type { SmtpPeer, Taken } from './smtp-peer';

/** What became of everything that was to be said, as ledger and mail server know it. */
export type Audit = {
  /** Deliveries that are neither sent nor dropped with a reason. */
  readonly leftBehind: readonly string[];
  /** Messages that are not final, nor a person's, nor planned for later: nobody would take their next step, or has not. */
  readonly standing: readonly string[];
  /** Notices that are in no accepted message, or in several, by mail. */
  readonly notOnce: readonly string[];
  /** Accepted messages that the mail server never had, and mails of it that belong to no accepted message. */
  readonly unmatched: readonly string[];
  /** Mails that the server had more than once. */
  readonly doubled: readonly string[];
  /** Of those: given again without a worker lost between body and record, more often than bodies were given, or in other bytes. */
  readonly wronglyDoubled: readonly string[];
};

const idOf = (bytes: Buffer): string => /^Message-ID: <([^@>]+)@/im.exec(bytes.toString('latin1'))?.[1] ?? 'no Message-ID';

/** All copies that the server had of each mail, by the message's key. */
export const copiesById = (taken: readonly Taken[]): ReadonlyMap<string, readonly Taken[]> => {
  const copies = new Map<string, Taken[]>();
  for (const one of taken) copies.set(idOf(one.bytes), [...(copies.get(idOf(one.bytes)) ?? []), one]);
  return copies;
};

/** Holds the ledger against the mails that the server took; what is due after `dueBy` may still be waiting. */
export const audit = async (ledger: Ledger, { taken }: SmtpPeer, dueBy: Instant = Infinity): Promise<Audit> => {
  const unfinished = await readUnfinished(ledger);
  const [deliveries, messages, attempts] = await Promise.all([
    ledger.selectFrom('delivery').select(['notice', 'state', 'message', 'send_at']).where('channel', '=', 'email').execute(),
    ledger.selectFrom('message').select(['key', 'state']).where('channel', '=', 'email').execute(),
    ledger.selectFrom('attempt').select(['message', 'outcome', 'body_started_at']).execute(),
  ]);
  const accepted = new Set(messages.filter((m) => m.state === 'accepted').map((m) => m.key));
  const copies = copiesById(taken);
  const doubled = [...copies].filter(([, all]) => all.length > 1).map(([key]) => key);
  const isWrong = (key: string): boolean => {
    const all = copies.get(key) ?? [];
    const given = attempts.filter((a) => a.message === key && a.body_started_at !== null);
    return !given.some((a) => a.outcome === 'ambiguous') || all.length > given.length || all.some((t) => !t.bytes.equals(all[0]!.bytes) || t.to !== all[0]!.to);
  };
  return {
    leftBehind: deliveries.filter((d) => d.state !== 'sent' && d.state !== 'dropped' && d.send_at <= dueBy).map((d) => `${d.notice} ${d.state}`),
    standing: unfinished.filter((m) => m.keeper === 'nobody' || (m.keeper !== 'person' && m.dueAt <= dueBy)).map((m) => `${m.key} ${m.state} ${m.keeper}`),
    notOnce: deliveries.filter((d) => d.state === 'sent' && !accepted.has(d.message ?? '')).map((d) => d.notice),
    unmatched: [...[...accepted].filter((key) => !copies.has(key)), ...[...copies.keys()].filter((key) => !accepted.has(key))],
    doubled, wronglyDoubled: doubled.filter(isWrong),
  };
};

/** Everything said once. `doubled` may name mails that were given again after a loss in the window. */
export const NOTHING_WRONG: Omit<Audit, 'doubled'> = { leftBehind: [], standing: [], notOnce: [], unmatched: [], wronglyDoubled: [] };
