import type { FreezeInput, Frozen, PostActivities } from '../contracts/activities';
import { nextOpening, type WorkingCalendar } from '../domain/calendar';
import { withinLimits } from '../domain/delivery';
import { dateAt, earlier, type Instant, instantAt } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { keepCalendar, keepDirectory } from '../ledger/kept';
import { beginPass, countFrozen, countQueue, findStranded, postponeDeliveries, readTaken, readWork, type Work } from '../ledger/outbox';
import { nextStamp } from '../ledger/settings';
import { doAside } from './freeze/aside';
import { avoidTaken, type Group, groupReady } from './freeze/group';
import { readMaterial } from './freeze/material';
import { holdWhereRestored } from './freeze/restored';
import { type PassContext, sortOut } from './freeze/sort-out';
import { store } from './freeze/store';
import type { Ready } from './freeze/triage';
import { keepBack } from './freeze/unsaid';
import type { WriteDeps } from './freeze/write';
import type { Log } from './ports';

export type FreezeDeps = WriteDeps & {
  readonly ledger: Ledger; readonly log: Log;
  /** The site has a gateway. */
  readonly hasSms: boolean;
  /** The site reads what comes back. */
  readonly hasMailbox?: boolean;
};

/** Groups that may be frozen now; a second digest of the day, and what is beyond the limits of a day, waits for the next opening. */
const choose = async (deps: FreezeDeps, calendar: WorkingCalendar, ready: readonly Ready[], now: Instant): Promise<readonly Group[]> => {
  const { ledger, log, settings } = deps;
  if (ready.length === 0) return [];
  const all = groupReady(ready, dateAt(now));
  const { groups, postponed } = avoidTaken(all, await readTaken(ledger, all.map((g) => g.group)));
  const room = withinLimits(groups, await countFrozen(ledger, instantAt(dateAt(now), 0)), settings.dailyLimit);
  if (room.later.length > 0) log.warn({ messages: room.later.length }, 'beyond the limits of a day: they wait for the next');
  const later = [...postponed, ...room.later.flatMap((g) => g.members.map((m) => ({ notice: m.notice.key, channel: m.channel })))];
  await postponeDeliveries(ledger, later, nextOpening(calendar, now + 1) ?? now);
  return room.now;
};

/** What one pass has frozen, and when a start that is not complete is looked at again. */
const gather = async (deps: FreezeDeps, context: PassContext): Promise<Pick<Frozen, 'frozen' | 'recheckAt'>> => {
  const { ledger } = deps;
  const { now, calendar, directory: { units } } = context;
  const { ready, known: { projections }, recheckAt } = await sortOut(deps, context);
  const groups = await choose(deps, calendar, ready, now);
  const planned = groups.flatMap((g) => g.members);
  if (planned.length === 0) return { frozen: 0, ...(recheckAt === undefined ? {} : { recheckAt }) };
  const material = await readMaterial(ledger, { planned, projections, calendar, today: dateAt(now), units });
  const { frozen, unsaid } = await store(deps, groups, { material, projections, now });
  await keepBack({ ...deps, ...context }, unsaid, planned, now);
  return { frozen, ...(recheckAt === undefined ? {} : { recheckAt }) };
};

/** What the caller learns besides: another calendar than its own, the outbox's stamp, whether a mailbox is read. */
const beside = (deps: FreezeDeps, { calendarVersion }: FreezeInput, calendar: WorkingCalendar, stamp: number): Omit<Frozen, 'frozen'> => ({
  stamp, ...(deps.hasMailbox === true ? { hasMailbox: true } : {}),
  ...(calendarVersion === undefined || calendarVersion === calendar.version ? {} : { calendar }),
});

/** A ledger that was restored has another stamp after this. */
const checkStamp = async (deps: FreezeDeps, { stamp: seen = 0, stampedAt, now }: FreezeInput, { stamp }: Work): Promise<number> =>
  (stamp >= seen ? stamp : holdWhereRestored(deps, { seen, seenAt: stampedAt ?? now }, now));

type Asked = { readonly isQuiet: boolean; readonly work: Work; readonly calendar: WorkingCalendar; readonly now: Instant };
/** An earlier call may have frozen them and died before its answer, and what nobody looks after is taken up again by `send`. */
const untriedNow = async (ledger: Ledger, { isQuiet, work, calendar, now }: Asked): Promise<number> => {
  const due = isQuiet ? work.due : await countQueue(ledger, now);
  return due === 0 && work.mayStand ? (await findStranded(ledger, calendar, now)).length : due;
};

/**
 * Turns every planned and due delivery into frozen messages, one per address, class and group, in short transactions. What no longer holds is dropped with its
 * reason, what cannot be delivered fails and is told to the host unit, what cannot be said is held alone; `assigned` of an incomplete start is held back until
 * `recheckAt`, which is also when the next message may be tried that waits for its time. `untried`: where it froze nothing, how many messages could be sent now, or, without any, have nobody who looks after them. A
 * pass that finds nothing to do asks the ledger once.
 */
export const createFreeze = (deps: FreezeDeps): PostActivities['freeze'] => {
  const { ledger } = deps;
  const [calendarOf, directoryOf] = [keepCalendar(ledger), keepDirectory(ledger)];
  return async (input) => {
    const { now, codesOnly = false } = input;
    await beginPass(ledger);
    const work = await readWork(ledger, now, dateAt(now));
    const calendar = await calendarOf(work.calendarVersion);
    if (calendar === undefined) return { frozen: 0 };
    const stamp = await checkStamp(deps, input, work);
    const hasMore = !codesOnly && (await doAside(deps, work, calendar, now));
    const isQuiet = !work.isPlanned && !hasMore && stamp === work.stamp;
    const context = async (): Promise<PassContext> => ({ now, codesOnly, calendar, header: work.header, directory: await directoryOf(work.directoryVersion) });
    const gathered = isQuiet ? { frozen: 0 } : await gather(deps, await context());
    const { frozen } = gathered;
    const untried = frozen > 0 ? 0 : await untriedNow(ledger, { isQuiet, work, calendar, now });
    const recheckAt = earlier(gathered.recheckAt, work.nextAt ?? undefined);
    return {
      frozen, ...beside(deps, input, calendar, frozen > 0 ? await nextStamp(ledger) : stamp), ...(untried > 0 ? { untried } : {}),
      ...(recheckAt === undefined ? {} : { recheckAt }),
    };
  };
};
