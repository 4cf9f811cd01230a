import type { WorkingCalendar } from '../../domain/calendar';
import { dateAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { failOver, type LostMessage, readLost, readStale, releaseUnsaid, supersede, type Work } from '../../ledger/outbox';
import { reportLost } from '../send/lost';
import type { Log } from '../ports';
import { isLate, reportStillWaiting } from './end-of-day';
import { nameOf, throwIfAway } from './own-fault';

type Deps = { readonly ledger: Ledger; readonly log: Log };

/** What never left and belongs to a day that is over is said in today's messages. */
const releaseStale = async (ledger: Ledger, now: Instant): Promise<void> => {
  const stale = await readStale(ledger, dateAt(now));
  if (stale.length > 0) await supersede(ledger, stale.map((s) => ({ ...s, reason: 'next-day', dead: [] })), now);
};

/** So many lost messages are told and passed on together: what is done stands, however long the rest takes. */
const AT_ONCE = 200;

/** Keys of those that a person has been told of. Where all cannot be told together, each is by itself. */
const report = async (deps: Deps, lost: readonly LostMessage[], now: Instant): Promise<readonly string[]> => {
  try {
    await reportLost(deps.ledger, lost, now);
    return lost.map(({ key }) => key);
  } catch (error) {
    await throwIfAway(deps.ledger, error);
    const [first, ...others] = lost;
    if (others.length > 0) {
      const told: string[] = [];
      for (const message of lost) told.push(...(await report(deps, [message], now)));
      return told;
    }
    deps.log.warn({ message: first?.key, error: nameOf(error) }, 'a message that was lost could not be reported');
    return [];
  }
};

/**
 * What did not arrive goes by the next channel; a person is told first, so that nobody is forgotten where this ends in
 * between. A message that cannot be reported stays where it is, and is tried again by the next pass.
 */
const passOn = async (deps: Deps, now: Instant): Promise<void> => {
  const lost = await readLost(deps.ledger);
  for (let from = 0; from < lost.length; from += AT_ONCE) {
    await failOver(deps.ledger, await report(deps, lost.slice(from, from + AT_ONCE), now), now);
  }
};

/**
 * What is done beside the freezing, where the ledger says that there is something of it; one that fails is logged, tried again by the next pass, and keeps back no
 * mail. Answers whether something may have been planned. @throws where the ledger is away
 */
export const doAside = async (deps: Deps, work: Work, calendar: WorkingCalendar, now: Instant): Promise<boolean> => {
  const { ledger, log } = deps;
  const steps: readonly (readonly [what: string, isAsked: boolean, run: () => Promise<unknown>])[] = [
    ['release the day before', work.isStale, () => releaseStale(ledger, now)],
    ['pass on', work.isLost, () => passOn(deps, now)],
    ['try what could not be said', work.isUnsaid, () => releaseUnsaid(ledger, now)],
    ['report what waits', isLate(calendar, now), () => reportStillWaiting(ledger, calendar, now)],
  ];
  const asked = steps.filter(([, isAsked]) => isAsked);
  for (const [what, , run] of asked) {
    try {
      await run();
    } catch (error) {
      await throwIfAway(ledger, error);
      log.warn({ step: what, error: nameOf(error) }, 'a step beside the freezing failed');
    }
  }
  return asked.length > 0;
};
