import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { isRefusedValue } from '../../ledger/database-errors';
import { FreezeConflict, type FrozenMessage, settleDeliveries, type Unsaid, writeFrozen } from '../../ledger/outbox';
import type { Log } from '../ports';
import type { Group } from './group';
import { nameOf } from './own-fault';
import { render, type Rendered } from './render';
import type { Pass, WriteDeps } from './write';

type Deps = WriteDeps & { readonly ledger: Ledger; readonly log: Log };
/** How many messages were frozen, and the notices that could not be. */
export type Stored = { readonly frozen: number; readonly unsaid: readonly Unsaid[] };

/** Messages of one transaction: short enough that others are served in between. */
const BATCH = 200;

const sum = (all: readonly Stored[]): Stored => ({ frozen: all.reduce((n, s) => n + s.frozen, 0), unsaid: all.flatMap((s) => s.unsaid) });

/** All of them in one transaction; where the ledger refuses what one says, each in its own. */
const write = async (deps: Deps, messages: readonly FrozenMessage[], now: Instant): Promise<Stored> => {
  const { ledger, log } = deps;
  if (messages.length === 0) return sum([]);
  try {
    await writeFrozen(ledger, messages, now);
    return { frozen: messages.length, unsaid: [] };
  } catch (error) {
    if (error instanceof FreezeConflict) {
      log.warn({ reason: error.message }, 'a batch was frozen by another pass');
      return sum([]);
    }
    if (!isRefusedValue(error)) throw error;
    log.warn({ messages: messages.length, error: nameOf(error) }, 'the ledger cannot keep a message');
  }
  const [only, ...others] = messages;
  if (others.length === 0) return { frozen: 0, unsaid: (only?.deliveries ?? []).map(({ notice, channel }) => ({ notice, channel, why: 'not-storable' })) };
  const apart: Stored[] = [];
  for (const message of messages) apart.push(await write(deps, [message], now));
  return sum(apart);
};

/** What has no text on a channel is left out there. */
const leaveOut = async (ledger: Ledger, done: readonly Rendered[]): Promise<void> => {
  const silent = done.flatMap((one) => (one.as === 'silent' ? one.group.members : []));
  await settleDeliveries(ledger, silent.map((m) => ({ notice: m.notice.key, channel: m.channel, state: 'dropped', reason: 'no-text' })));
};

/** Renders and writes; one batch is rendered while the one before is written. */
export const store = async (deps: Deps, groups: readonly Group[], pass: Pass): Promise<Stored> => {
  const all: Stored[] = [];
  let writing = Promise.resolve(sum([]));
  for (let from = 0; from < groups.length; from += BATCH) {
    const [before, { done, unsaid }] = await Promise.all([writing, render(deps, groups.slice(from, from + BATCH), pass)]);
    all.push(before, { frozen: 0, unsaid });
    await leaveOut(deps.ledger, done);
    writing = write(deps, done.flatMap((one) => (one.as === 'written' ? [one.message] : [])), pass.now);
  }
  return sum([...all, await writing]);
};
