import { DAY_MS, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type Desk, desk, digestNotice, furnish, plan } from '../support/delivery';
import { embeddedEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const NEXT_DAY = START + DAY_MS;
const engine = embeddedEngine();
let ledger: Ledger;
let peer: SmtpPeer;
let post: Desk;
beforeEach(async () => {
  [ledger, peer] = [await engine.freshLedger(), await startSmtpPeer()];
  await furnish(ledger);
  post = desk(ledger, peer.url);
});
afterEach(async () => { await post.mailer.close(); await peer.stop(); });
afterAll(() => engine.stop());

const reminder = (task: string, { dueOn, ends = dueOn, workingDays }: { readonly dueOn: string; readonly ends?: string; readonly workingDays: number }) =>
  digestNotice(task, OFFICER, START, {
    ...(workingDays === 0 ? { kind: 'due-today', rung: 'T-0', class: 'urgent' } : { rung: 'T-1' }),
    facts: { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: '2018-10-22', dueOn, effectiveDueOn: ends, workingDays, timeliness: workingDays === 0 ? 'due-today' : 'due-soon', state: 'in_progress' },
  });
const pass = async (now: Instant): Promise<void> => {
  await post.freeze({ now });
  await post.send({ now, limit: 100 });
};
const said = async () => (await ledger.selectFrom('message').select(['subject', 'state']).where('channel', '=', 'email').orderBy('frozen_at').execute()).map((m) => `${m.state}: ${m.subject}`);
const dropped = () => ledger.selectFrom('delivery').select(['notice', 'reason']).where('state', '=', 'dropped').execute();

test('what leaves a day late says how things stand on that day, and "today" is not said a day late', async () => {
  await plan(ledger, 'CN18-01', [reminder('CN18-01', { dueOn: '2018-10-22', workingDays: 0 })], { dueOn: '2018-10-22' });
  await plan(ledger, 'CN18-02', [reminder('CN18-02', { dueOn: '2018-10-24', workingDays: 2 })], { dueOn: '2018-10-24' });
  await pass(NEXT_DAY);
  expect(await said()).toEqual([expect.stringMatching(/^accepted: \[CN18-02\] Còn 01 ngày làm việc đến hạn 24\/10\/2018/u)]);
  expect(await dropped()).toEqual([{ notice: `CN18-01|due-today|T-0|${OFFICER}`, reason: 'day-over' }]);
});

test('where a day off moves the end of the term, the date is said instead of "today"', async () => {
  await plan(ledger, 'CN18-01', [reminder('CN18-01', { dueOn: '2018-10-22', ends: '2018-10-23', workingDays: 0 })], { dueOn: '2018-10-22' });
  await pass(NEXT_DAY);
  expect(await said()).toEqual([expect.stringMatching(/^accepted: \[CN18-01\] Đến hạn 22\/10\/2018/u)]);
});

test('a message of yesterday that nobody took is not sent with the words of yesterday', async () => {
  await plan(ledger, 'CN18-01', [reminder('CN18-01', { dueOn: '2018-10-22', workingDays: 0 })], { dueOn: '2018-10-22' });
  await post.freeze({ now: START });
  await post.send({ now: NEXT_DAY, limit: 100 });
  expect(peer.taken).toEqual([]);
  expect(await dropped()).toEqual([{ notice: `CN18-01|due-today|T-0|${OFFICER}`, reason: 'day-over' }]);
});
