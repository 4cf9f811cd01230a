import { sql } from 'kysely';
import { seedsOf } from '../../client/start-plan';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { rehearse } from '../../domain/rehearsal';
import { HOUR_MS, type Instant } from '../../domain/time';
import { DEMO_RATE, leadDemoClock, standingAt } from '../../embedded/demo-loop';
import { readAgenda } from '../../ledger/agenda';
import { readClock, writeClock } from '../../ledger/settings';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { type Chance, withChance } from '../support/chance';
import { emailOf } from '../support/delivery';
import { type LiveSite, startLiveSite, until } from '../support/live-site';
import { acknowledgements, FIRST_MORNING, startShortPlan } from '../support/short-plan';

const DUE = '2018-11-12';
/** After the last rung but the letters. The story leaps on from here to the next day on which something happens. */
const UNTIL = at('2018-11-20T17:00');

let site: LiveSite;
beforeEach(async () => { site = await startLiveSite(FIRST_MORNING); }, 60_000);
afterEach(() => site.stop());

const storyTime = async (): Promise<Instant> => (await readClock(site.ledger))?.until ?? 0;
/** The worker dies while the server holds a whole mail and has not answered yet: whether it was taken, nobody here can know. */
const dieAtMail = (n: number, kill: () => Promise<void>): Promise<void> => new Promise((resolve, reject) => {
  let left = n;
  site.peer.onTaken(async () => {
    left -= 1;
    if (left === 0) await kill().then(resolve, reject);
  });
});
/** It dies some time after the story has reached an hour, whatever it is doing. */
const dieInHours = async (hours: number, kill: () => Promise<void>): Promise<void> => {
  const from = await storyTime();
  await until('the story goes on', async () => (await storyTime()) >= from + hours * HOUR_MS);
  await kill();
};

/** Lines `address notice` that were really said by then, and those that the rules ask for. */
const said = async (): Promise<string[]> => {
  const rows = await site.ledger.selectFrom('delivery')
    .innerJoin('message', 'message.key', 'delivery.message').innerJoin('notice', 'notice.key', 'delivery.notice')
    .select(['message.address', 'delivery.notice']).where('delivery.state', '=', 'sent').where('message.state', '=', 'accepted')
    .where(sql<boolean>`notice.decided_at <= ${new Date(UNTIL)}`).execute();
  return rows.map((r) => `${r.address} ${r.notice}`).sort();
};
const toBeSaid = ({ plan, startId }: Awaited<ReturnType<typeof startShortPlan>>): string[] => {
  const seeds = seedsOf(plan, plan.tasks, { calendar: SHIPPED_CALENDAR, startAt: FIRST_MORNING, startId });
  const acts = acknowledgements().map((a) => ({ ...a, at: FIRST_MORNING + 60_000 }));
  const { messages } = rehearse({ seeds, acts, until: UNTIL, addressOf: (position, channel) => (channel === 'email' ? emailOf(position) : null) });
  return messages.flatMap((m) => m.notices.map((n) => `${m.address} ${n.key}`)).sort();
};

it('a worker killed again and again loses nothing, and gives again only what it was giving, in the same bytes', () => withChance(async ({ between }: Chance) => {
  const { ledger, server: { client } } = site;
  let worker = await site.startWorker();
  const started = await startShortPlan(site, DUE);
  await writeClock(ledger, standingAt(site.storyNow(), Date.now()));
  const clock = leadDemoClock({ ledger, client, calendar: SHIPPED_CALENDAR, rate: 6 * DEMO_RATE });
  const atMail = () => dieAtMail(between(1, 8), worker.kill);
  for (const die of [atMail, () => dieInHours(between(1, 100), worker.kill), atMail]) {
    await die();
    worker = await site.startWorker();
  }
  await until(() => 'the story ends', async () => (await storyTime()) > UNTIL, 90_000);
  await clock.stop();
  await until('nothing is under way', async () => (await readAgenda(ledger)).inFlight === 0);
  expect(await said()).toEqual(toBeSaid(started));
  const found = await audit(ledger, site.peer, UNTIL);
  expect(found).toMatchObject(NOTHING_WRONG);
  expect(found.doubled.length).toBeGreaterThanOrEqual(2);
}), 240_000);
