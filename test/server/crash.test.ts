import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { emailOf } from '../support/delivery';
import { type LiveSite, startLiveSite, until, untilSent } from '../support/live-site';
import { FIRST_MORNING, liveMorning, rungsOf, SHORT_TASKS, startShortPlan } from '../support/short-plan';

/** Ten minutes of the story in a second. */
const RATE = 600;
const TOLD = ['tb-skhdt/head', 'tb-skhdt/officer', 'tb-stc/head', 'tb-stc/officer'] as const;

let site: LiveSite;
beforeEach(async () => { site = await startLiveSite(FIRST_MORNING); }, 60_000);
afterEach(() => site.stop());

it('a server that is killed with timers pending, and away over a rung and the slot of its mails, says the rung once when it is back, and goes on', async () => {
  await site.startWorker();
  await startShortPlan(site, '2018-11-12');
  await site.moveClock(at('2018-10-29T06:00'), RATE);
  await untilSent(site);
  const before = site.peer.taken.length;
  await site.server.crash(async () => {
    await until('the morning is over', () => site.storyNow() > at('2018-10-29T08:10'));
    expect(site.peer.taken.length).toBe(before);
  });
  const rungs = () => Promise.all(SHORT_TASKS.map((task) => rungsOf(site.ledger, task)));
  await until('the mails of the rung', async () => site.peer.taken.length >= before + TOLD.length && (await rungs()).every((all) => all.length > 0));
  expect(await rungs()).toEqual(SHORT_TASKS.map(() => ['T-10 sent']));

  await liveMorning(site, '2018-11-05');
  expect(await rungs()).toEqual(SHORT_TASKS.map(() => ['T-10 sent', 'T-5 sent']));
  const told = site.peer.taken.slice(before).map((t) => t.to);
  for (const position of TOLD) expect(told.filter((to) => to === emailOf(position))).toHaveLength(2);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);
