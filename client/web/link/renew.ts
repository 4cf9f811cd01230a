import { randomBytes } from 'node:crypto';
import type { Notice } from '../../../domain/notice';
import { dateAt, DAY_MS, HOUR_MS } from '../../../domain/time';
import { readCalendar } from '../../../ledger/calendar';
import { readDirectoryHeader } from '../../../ledger/directory';
import { planNotices, signalOnce } from '../../../ledger/outbox';
import { listPlans } from '../../../ledger/board';
import { countOne } from '../../../ledger/tally';
import { clockOf } from '../../services';
import { pokePost } from '../../tasks';
import { unitOfLink, type OpenLink } from './open-link';
import type { Acting, LinkDeps } from './deps';

/** New links of one position in a day, asked for on the page of one link, and in all: more would be a way to fill its mailbox, or to leave it without any. */
const MOST_A_DAY = { ofLink: 2, ofPosition: 6 } as const;

/**
 * Has a new link sent to the position's own address, as a mail of the post like any other; nothing of it shows here. False where the position had its share of
 * the day.
 * @throws Unreachable where the post cannot be woken; the mail then leaves at the next slot
 */
export const sendNewLink = async (deps: LinkDeps & { readonly acting: Acting }, link: OpenLink): Promise<boolean> => {
  const { ledger, acting } = deps;
  const now = deps.realNow();
  const isMore = async (kind: string, subject: string, most: number): Promise<boolean> =>
    (await countOne(ledger, { kind, subject, windowMs: DAY_MS, now })) > most;
  if (await isMore('new-link-link', link.row.id, MOST_A_DAY.ofLink)) return false;
  if (await isMore('new-link', link.position, MOST_A_DAY.ofPosition)) return false;
  const [header, plans, calendar] = await Promise.all([readDirectoryHeader(ledger), listPlans(ledger), readCalendar(ledger)]);
  const id = randomBytes(8).toString('hex');
  const notice: Notice = {
    key: `new-link|${id}`, about: { type: 'position', id: link.position }, task: null, kind: 'new-link', to: link.position, channels: ['email'], class: 'act',
    group: id, reason: 'asked-for',
    decidedAt: link.at, sendAt: link.at - HOUR_MS, facts: {
      lead: unitOfLink(link), supervisor: header?.hostUnit ?? unitOfLink(link), decidedOn: dateAt(link.at),
    },
  };
  const plan = (link.row.task === null ? undefined : plans.find((p) => link.row.task?.startsWith(`${p.code}-`))) ?? plans.at(-1);
  await planNotices(ledger, [{ notice, plan: plan?.code ?? null }]);
  if (calendar !== undefined) {
    await signalOnce(ledger, async () => pokePost(await acting.temporal(), { clock: await clockOf(ledger, now), calendar }));
  }
  return true;
};
