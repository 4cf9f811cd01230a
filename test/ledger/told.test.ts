import { sql } from 'kysely';
import { HOUR_MS, MINUTE_MS } from '../../domain/time';
import type { Notice } from '../../domain/notice';
import { readUndelivered } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { planNotices } from '../../ledger/outbox';
import { type Desk, desk, digestNotice, emailOf, furnish, notice, plan } from '../support/delivery';
import { dyingBefore } from '../support/interruptions';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { countStatements } from '../support/statements';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const TODAY = '2018-10-22';
const REPORT = ['InsertQueryNode', '"delivery-failed"'];

onEachEngine((fresh) => {
  describe('what does not arrive', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    const opened: Desk[] = [];
    const worker = (books = ledger): Desk => {
      const one = desk(books, peer.url, { sms: { name: 'phones', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send: async () => ({ outcome: 'ambiguous', detail: 'timeout' }) } });
      opened.push(one);
      return one;
    };
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((d) => d.mailer.close()));
      await peer.stop();
    });
    const message = () => ledger.selectFrom('message').selectAll().where('class', '!=', 'digest').executeTakeFirstOrThrow();
    const reports = () => ledger.selectFrom('notice').select('reason').where('kind', '=', 'delivery-failed').execute();
    const deliveries = () => ledger.selectFrom('delivery').select(['channel', 'state', 'reason']).where('notice', 'not like', '%delivery-failed%').orderBy('channel').execute();

    it.each([['the report', REPORT], ['the other channel', ['failed_over_at = ']]])('is told to a person and goes by the other channel, where a worker dies before %s', async (_, words) => {
      peer.fault(emailOf(OFFICER), 'refuse-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await worker().freeze({ now: START });
      await worker().send({ now: START, limit: 10 });
      await expect(worker(dyingBefore(ledger, words)).freeze({ now: START })).rejects.toThrow('dies here');
      await worker().freeze({ now: START + 1 });
      expect(await reports()).toEqual([{ reason: 'rejected' }]);
      expect(await deliveries()).toMatchObject([{ channel: 'email', state: 'failed' }, { channel: 'sms', state: 'claimed' }]);
    });

    it('goes by the other channel some hundreds at a time, and what is done stands where a worker dies in between', async () => {
      const many = Array.from({ length: 450 }, (_, i) => ({ ...digestNotice('CN18-01', OFFICER), key: `n-${i}` }));
      await plan(ledger, 'CN18-01', many);
      await sql`insert into message (key, plan, channel, address, class, grp, positions, state, attempt, frozen_at)
        select 'm-' || i, 'CN18', 'email', 'm' || i || '@x.example', 'digest', ${TODAY}, ${`{${OFFICER}}`}::text[], 'rejected',
          1, ${new Date(START)} from generate_series(0, 449) i`.execute(ledger);
      await sql`update delivery set state = 'claimed', message = replace(notice, 'n-', 'm-')`.execute(ledger);
      const passedOn = async () =>
        (await ledger.selectFrom('message').select('key').where('failed_over_at', 'is not', null).execute()).length;
      const dying = worker(dyingBefore(ledger, ['failed_over_at = '], 3));
      await expect(dying.freeze({ now: START })).rejects.toThrow('dies here');
      expect(await passedOn()).toBe(400);
      expect(await countStatements(() => worker().freeze({ now: START + 1 }))).toBeLessThan(50);
      expect(await passedOn()).toBe(450);
      expect(await reports()).toEqual([{ reason: 'rejected' }]);
    });

    it.each([['the report', REPORT], ['what it awaits', ['awaits = v.awaits']]])('is told where only a person can decide, and a worker dies before %s', async (_, words) => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['sms'], class: 'urgent', kind: 'due-today', group: TODAY })]);
      await worker().freeze({ now: START });
      await expect(worker(dyingBefore(ledger, words)).send({ now: START, limit: 10 })).rejects.toThrow('dies here');
      await worker().send({ now: START, limit: 10 });
      expect(await reports()).toEqual([{ reason: 'unclear' }]);
      expect(await message()).toMatchObject({ state: 'ambiguous', awaits: 'person' });
    });

    it('stands on the board where the plan of a notice is not in the ledger', async () => {
      await planNotices(ledger, [{ notice: { ...notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] }), task: null, kind: 'plan-withdrawn' }, plan: 'KH-KHAC' }]);
      await worker().freeze({ now: START });
      expect((await readUndelivered(ledger, TODAY)).held.unsaid).toEqual([{ position: OFFICER, why: 'no-plan', notices: 1, tasks: [] }]);
    });

    it('is nobody\'s matter where it was a code', async () => {
      const code: Notice = {
        ...notice('CN18-01'), key: 'code|abc', task: null, kind: 'one-time-code', class: 'code', group: 'abc', to: OFFICER,
        facts: { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: TODAY, codeId: 'abc', person: 'p-1-0' },
      };
      peer.fault(emailOf(OFFICER), 'drop-after-dot');
      await planNotices(ledger, [{ notice: code, plan: 'CN18' }]);
      const post = worker();
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 10 });
      await post.attend({ now: START + HOUR_MS, key: (await message()).key });
      await post.freeze({ now: START + HOUR_MS + MINUTE_MS });
      expect(await deliveries()).toMatchObject([{ channel: 'email', state: 'failed' }]);
      expect(await reports()).toEqual([]);
      expect((await readUndelivered(ledger, TODAY)).messages).toEqual([]);
    });
  });
});
