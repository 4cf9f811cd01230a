import { DAY_MS, HOUR_MS } from '../../domain/time';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { emailOf } from '../support/delivery';
import { type LiveSite, startLiveSite, until, untilSent } from '../support/live-site';
import { FIRST_MORNING, liveMorning, rungsOf, SHORT_TASKS, startShortPlan } from '../support/short-plan';
import type { Taken } from '../support/smtp-peer';

const OFFICER = emailOf('tb-skhdt/officer');
/** Of a rung before the due date: the officer and the head of each lead, in one digest each. */
const TOLD = [OFFICER, emailOf('tb-skhdt/head'), emailOf('tb-stc/officer'), emailOf('tb-stc/head')].sort();

let site: LiveSite;
beforeEach(async () => { site = await startLiveSite(FIRST_MORNING); }, 60_000);
afterEach(() => site.stop());

const step = async (ms: number): Promise<void> => {
  await site.moveClock(site.storyNow() + ms);
  await untilSent(site);
};
const goTo = async (time: string): Promise<void> => {
  await site.moveClock(at(time));
  await untilSent(site);
};
const receivers = (mails: readonly Taken[]): string[] => mails.map((m) => m.to).sort();

it('a clock that steps by an hour and by a day, ahead and back, between deciding, sending and trying again: every rung is said once', async () => {
  await site.startWorker();
  await startShortPlan(site, '2018-11-12');
  const before = site.peer.taken.length;
  const since = (): readonly Taken[] => site.peer.taken.slice(before);

  site.peer.fault(OFFICER, 'defer-rcpt');
  await goTo('2018-10-29T07:40');
  expect(since()).toEqual([]);
  await step(HOUR_MS);
  expect(receivers(since())).toEqual(TOLD.filter((to) => to !== OFFICER));
  for (const ms of [-HOUR_MS, HOUR_MS / 2, -DAY_MS]) await step(ms);
  expect(since()).toHaveLength(TOLD.length - 1);
  site.peer.fault(OFFICER, 'none');
  await step(DAY_MS + HOUR_MS);
  await until('what was put off is taken', () => since().length === TOLD.length);
  expect(receivers(since())).toEqual(TOLD);

  await goTo('2018-11-05T06:00');
  await step(DAY_MS);
  await goTo('2018-11-06T08:00');
  await step(-DAY_MS);
  await step(HOUR_MS);
  await liveMorning(site, '2018-11-06');
  expect(receivers(since().slice(TOLD.length))).toEqual(expect.arrayContaining(TOLD));
  for (const task of SHORT_TASKS) expect(await rungsOf(site.ledger, task)).toEqual(['T-10 sent', 'T-5 sent']);
  for (const address of TOLD) expect(since().filter((m) => m.to === address)).toHaveLength(2);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);
