import PostalMime from 'postal-mime';
import { actOnTask } from '../../client/tasks';
import type { RungId } from '../../domain/notice';
import type { Role } from '../../domain/plan';
import { rungName } from '../../domain/words';
import { uncapitalised } from '../../messages/words';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at, command } from '../support/builders';
import { emailOf } from '../support/delivery';
import { doorTo } from '../support/door';
import { type LiveSite, startLiveSite, until, untilSent, type WorkerProcess } from '../support/live-site';
import { FIRST_MORNING, rungsOf, SHORT_TASKS, startShortPlan } from '../support/short-plan';
import type { Taken } from '../support/smtp-peer';

const DUE = '2018-11-12';
const MISSED: readonly RungId[] = ['T-3', 'T-1', 'T-0', 'L1', 'L2', 'L3'];

let site: LiveSite;
let worker: WorkerProcess;
beforeEach(async () => {
  site = await startLiveSite(FIRST_MORNING);
  worker = await site.startWorker();
  await startShortPlan(site, DUE);
}, 90_000);
afterEach(() => site.stop());

/** The worker is stopped at one instant of the story and started at another; then the morning's mails leave. Answers the mails since. */
const outage = async (from: string, to: string, mailsAt: string): Promise<Taken[]> => {
  await site.moveClock(at(from));
  await worker.stop();
  const before = site.peer.taken.length;
  await site.moveClock(at(to));
  worker = await site.startWorker();
  await untilSent(site);
  await site.moveClock(at(mailsAt));
  await untilSent(site);
  return site.peer.taken.slice(before).sort((a, b) => (a.to < b.to ? -1 : 1));
};
const textOf = async ({ bytes }: Taken): Promise<string> => (await PostalMime.parse(bytes)).text ?? '';
const LEADS = ['tb-skhdt', 'tb-stc'] as const;
const addresses = (...roles: Role[]): string[] => LEADS.flatMap((lead) => roles.map((role) => emailOf(`${lead}/${role}`))).sort();

it('an hour, a day, three weeks without a worker: each address is told once, of three weeks in one catch-up, and letters wait for a person', async () => {
  const anHour = await outage('2018-10-29T07:00', '2018-10-29T08:05', '2018-10-29T08:30');
  expect(anHour.map((m) => m.to)).toEqual(addresses('officer', 'head'));
  const aDay = await outage('2018-11-05T06:30', '2018-11-06T07:40', '2018-11-06T08:00');
  expect(aDay.map((m) => m.to)).toEqual(addresses('officer', 'head', 'leader'));
  for (const task of SHORT_TASKS) expect(await rungsOf(site.ledger, task)).toEqual(['T-10 sent', 'T-5 sent']);

  const mails = await outage('2018-11-07T06:00', '2018-11-28T07:40', '2018-11-28T08:00');
  expect(mails.map((m) => m.to)).toEqual([...addresses('officer', 'head', 'leader'), emailOf('tb-sct/officer'), emailOf('tb-sct/head')].sort());
  for (const task of SHORT_TASKS) expect(await rungsOf(site.ledger, task)).toEqual(['T-10 sent', 'T-5 sent', ...MISSED.map((rung) => `${rung} caught-up`)]);
  const sentence = `gộp các bước đã qua: ${MISSED.map((rung) => uncapitalised(rungName(rung))).join('; ')}.`;
  const namesAll = await Promise.all(mails.filter((m) => m.to !== emailOf('tb-sct/officer')).map(async (m) => (await textOf(m)).includes(sentence)));
  expect(namesAll).toEqual(Array.from({ length: 7 }, () => true));
  const aboveSecond = await site.ledger.selectFrom('notice')
    .select(['key', 'kind', 'rung']).where('rung', 'in', ['L3', 'L4']).where('kind', '!=', 'overdue-flag').execute();
  expect(aboveSecond).toEqual([]);

  const sentBefore = site.peer.taken.length;
  expect(await actOnTask(doorTo(site.server.client), SHORT_TASKS[2]!, command('approve-letter', 'tb-sct/leader', {}), site.storyNow())).toMatchObject({ ok: true });
  await until('the letter leaves', () => site.peer.taken.length === sentBefore + 2);
  await untilSent(site);
  expect(site.peer.taken.slice(sentBefore).map((t) => t.to).sort()).toEqual([emailOf('tb-stc/leader'), emailOf('tb-stc/officer')]);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 180_000);
