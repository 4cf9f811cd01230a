import type { PostActivities } from '../contracts/activities';
import { nextOpening, type WorkingCalendar } from '../domain/calendar';
import { withinLimits } from '../domain/delivery';
import { dateAt, type Instant, instantAt } from '../domain/time';
import { readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import { type Holder, type IsUsable, peopleOf, readDirectoryHeader, seatsOn } from '../ledger/directory';
import {
  countFrozen, countQueue, failOver, findStranded, readLost, type PlannedDelivery, FreezeConflict, type FrozenMessage, planNotices, planDetours, postponeDeliveries, readBadAddresses, readPlanned, readProjections, readStale, readStarts, readTaken, readWithdrawn, settleDeliveries, supersede, writeFrozen,
} from '../ledger/outbox';
import { nextStamp, readStamp } from '../ledger/settings';
import { reportStillWaiting } from './freeze/end-of-day';
import { avoidTaken, type Group, groupReady } from './freeze/group';
import { holdStarts, startsOf } from './freeze/hold';
import { type Material, readMaterial } from './freeze/material';
import { failureNotice } from './freeze/report';
import { holdWhereRestored } from './freeze/restored';
import { retain } from './freeze/retention';
import { type Known, type Problem, type Ready, triage } from './freeze/triage';
import { writeMessage, type WriteDeps } from './freeze/write';
import type { Log } from './ports';
import { reportLost } from './send/lost';

export type FreezeDeps = WriteDeps & { readonly ledger: Ledger; readonly log: Log; /** The site has a gateway. */ readonly hasSms: boolean; /** The site reads what comes back. */ readonly hasMailbox?: boolean };

/** Messages of one transaction: short enough that others are served in between. */
const BATCH = 200;

/** What never left and belongs to a day that is over is said in today's messages. */
const releaseStale = async (ledger: Ledger, now: Instant): Promise<void> => {
  const stale = await readStale(ledger, dateAt(now));
  if (stale.length > 0) await supersede(ledger, stale.map((s) => ({ ...s, reason: 'next-day', dead: [] })), now);
};

/** What did not arrive goes by the next channel; a person is told first, so that nobody is forgotten where this ends in between. */
const passOn = async (ledger: Ledger, now: Instant): Promise<void> => {
  const lost = await readLost(ledger);
  await reportLost(ledger, lost, now);
  await failOver(ledger, lost.map((m) => m.key), now);
};

/** Tells the host unit's officer of everybody who cannot be reached; answers whether anything was new. A report itself is not reported. */
const report = async (ledger: Ledger, problems: readonly Problem[], now: Instant): Promise<boolean> => {
  const hostUnit = (await readDirectoryHeader(ledger))?.hostUnit;
  if (hostUnit === undefined) return false;
  const notices = new Map(problems.filter((p) => p.delivery.notice.kind !== 'delivery-failed').map(({ delivery, position, why }) => {
    const notice = failureNotice({ position, why, plan: delivery.plan, hostUnit }, now);
    return [notice.key, { notice, plan: delivery.plan }] as const;
  }));
  return (await planNotices(ledger, [...notices.values()])) > 0;
};

/** Who is meant where a notice is for one person and nobody else. */
const peopleFor = async (ledger: Ledger, planned: readonly PlannedDelivery[], now: Instant): Promise<Known['personAt']> => {
  const known = new Map<string, readonly Holder[]>();
  for (const { notice: { to, facts } } of planned) {
    if (facts.person !== undefined && !known.has(to)) known.set(to, await peopleOf(ledger, to, dateAt(now)));
  }
  return (position, person) => known.get(position)?.find((one) => one.person === person);
};

type Pass = { readonly material: Material; readonly projections: Known['projections']; readonly now: Instant };
type Sorted = { readonly ready: readonly Ready[]; readonly known: Known; readonly recheckAt?: Instant };

/** Everything due, held back or settled or ready; again where the reports of the first round are due themselves. */
const sortOut = async (deps: FreezeDeps, now: Instant, { codesOnly = false, isAgain = false } = {}): Promise<Sorted> => {
  const { ledger, hasSms } = deps;
  const bad = await readBadAddresses(ledger);
  const isUsable: IsUsable = (channel, address) => (channel !== 'sms' || hasSms) && !bad.has(`${channel} ${address}`);
  const planned = (await readPlanned(ledger, now)).filter((p) => !codesOnly || p.notice.class === 'code');
  const { free, recheckAt } = holdStarts(planned, await readStarts(ledger, startsOf(planned)), now);
  const [projections, withdrawn, resolve, personAt] = await Promise.all([
    readProjections(ledger, free.flatMap((p) => p.notice.task ?? [])), readWithdrawn(ledger), seatsOn(ledger, dateAt(now), isUsable), peopleFor(ledger, free, now),
  ]);
  const known = { projections, withdrawn, today: dateAt(now), resolve, personAt, hasSms };
  const { ready, settled, problems, detours } = triage(free, known);
  await planDetours(ledger, detours, now);
  await settleDeliveries(ledger, settled);
  const isNew = await report(ledger, problems, now);
  if ((isNew || detours.length > 0) && !isAgain) return sortOut(deps, now, { codesOnly, isAgain: true });
  return { ready, known, ...(recheckAt === undefined ? {} : { recheckAt }) };
};

/** Groups that may be frozen now; a second digest of the day, and what is beyond the limits of a day, waits for the next opening. */
const choose = async ({ ledger, log, settings }: FreezeDeps, calendar: WorkingCalendar, ready: readonly Ready[], now: Instant): Promise<readonly Group[]> => {
  if (ready.length === 0) return [];
  const all = groupReady(ready, dateAt(now));
  const { groups, postponed } = avoidTaken(all, await readTaken(ledger, all.map((g) => g.group)));
  const room = withinLimits(groups, await countFrozen(ledger, instantAt(dateAt(now), 0)), settings.dailyLimit);
  if (room.later.length > 0) log.warn({ messages: room.later.length }, 'beyond the limits of a day: they wait for the next');
  await postponeDeliveries(ledger, [...postponed, ...room.later.flatMap((g) => g.members.map((m) => ({ notice: m.notice.key, channel: m.channel })))], nextOpening(calendar, now + 1) ?? now);
  return room.now;
};

/**
 * Turns every planned and due delivery into frozen messages, one per address, class and group, in short transactions. What no longer holds is dropped with its
 * reason, what cannot be delivered fails and is told to the host unit; `assigned` of an incomplete start is held back until `recheckAt`. `untried`: where it froze
 * nothing, how many frozen messages nobody has tried or looks after.
 */
export const createFreeze = (deps: FreezeDeps): PostActivities['freeze'] => {
  const { ledger, log, settings } = deps;

  const render = async (groups: readonly Group[], pass: Pass): Promise<readonly FrozenMessage[]> => {
    const messages: FrozenMessage[] = [];
    for (const group of groups) {
      const message = await writeMessage(deps, group, pass);
      if (message) messages.push(message);
      else await settleDeliveries(ledger, group.members.map((m) => ({ notice: m.notice.key, channel: m.channel, ...(message === null ? { state: 'dropped', reason: 'no-text' } : { state: 'failed', reason: 'no-plan' }) })));
    }
    return messages;
  };

  const write = async (messages: readonly FrozenMessage[], now: Instant): Promise<number> => {
    try {
      if (messages.length > 0) await writeFrozen(ledger, messages, now);
      return messages.length;
    } catch (error) {
      if (!(error instanceof FreezeConflict)) throw error;
      log.warn({ reason: error.message }, 'a batch was frozen by another pass');
      return 0;
    }
  };

  /** One batch is rendered while the one before is written. */
  const freezeAll = async (groups: readonly Group[], pass: Pass): Promise<number> => {
    let frozen = 0;
    let writing = Promise.resolve(0);
    for (let from = 0; from < groups.length; from += BATCH) {
      const [before, messages] = await Promise.all([writing, render(groups.slice(from, from + BATCH), pass)]);
      frozen += before;
      writing = write(messages, pass.now);
    }
    return frozen + (await writing);
  };

  return async ({ now, codesOnly = false, calendarVersion, stamp: seen = 0 }) => {
    const calendar = await readCalendar(ledger);
    if (calendar === undefined) return { frozen: 0 };
    if (!codesOnly) {
      await holdWhereRestored(deps, seen, now);
      await retain(ledger, settings.keepBodiesDays, now);
      await releaseStale(ledger, now);
      await passOn(ledger, now);
      await reportStillWaiting(ledger, calendar, now);
    }
    const { ready, known, recheckAt } = await sortOut(deps, now, { codesOnly });
    const groups = await choose(deps, calendar, ready, now);
    const material = await readMaterial(ledger, { planned: groups.flatMap((g) => g.members), projections: known.projections, calendar, today: dateAt(now) });
    const frozen = await freezeAll(groups, { material, projections: known.projections, now });
    // An earlier call may have frozen them and died before its answer, and what nobody looks after is taken up again by `send`.
    const untried = frozen > 0 ? 0 : (await countQueue(ledger, now)) + (await findStranded(ledger, calendar, now)).length;
    const stamp = frozen > 0 ? await nextStamp(ledger) : await readStamp(ledger);
    return {
      frozen, stamp, ...(untried > 0 ? { untried } : {}), ...(recheckAt === undefined ? {} : { recheckAt }), ...(deps.hasMailbox === true ? { hasMailbox: true } : {}),
      ...(calendarVersion === undefined || calendarVersion === calendar.version ? {} : { calendar }),
    };
  };
};
