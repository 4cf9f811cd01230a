import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import type { SendDeps } from '../../activities/send/batch';
import { createPace } from '../../activities/send/pace';
import type { Notice } from '../../domain/notice';
import type { Ledger } from '../../ledger/connect';
import { insertCode } from '../../ledger/codes';
import { insertLinks } from '../../ledger/links';
import { planNotices } from '../../ledger/outbox';
import { type Desk, desk, emailOf, furnish, notice, nowShows, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const HOST = 'tb-sct/officer';
const LATER = START + 5 * MINUTE_MS;
const EVENING = START + 12 * HOUR_MS;

onEachEngine((fresh) => {
  describe('a message that waits for its turn', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    const opened: Desk[] = [];
    const worker = (pace?: SendDeps['pace']): Desk => {
      const one = desk(ledger, peer.url, pace === undefined ? {} : { pace });
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
    const messages = () => ledger.selectFrom('message').selectAll().orderBy('key').execute();
    const deliveries = () => ledger.selectFrom('delivery').select(['state', 'reason']).execute();
    /** What happens while a mail waits for its turn. */
    const whileWaiting = (meanwhile: () => Promise<void>): SendDeps['pace'] => ({ email: { ratePerSecond: 5, turns: meanwhile }, sms: createPace(null) });
    const completed = () => nowShows(ledger, 'CN18-01', { state: 'completed' });

    it('is not sent where the step is done meanwhile', async () => {
      const post = worker(whileWaiting(completed));
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      expect(peer.taken).toHaveLength(0);
      expect(await deliveries()).toEqual([{ state: 'dropped', reason: 'task-closed' }]);
    });

    it('is not tried again where the step is done meanwhile', async () => {
      peer.fault(emailOf(OFFICER), 'drop-at-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      const first = worker();
      await first.freeze({ now: START });
      await first.send({ now: START, limit: 500 });
      peer.fault(emailOf(OFFICER), 'none');
      expect(await worker(whileWaiting(completed)).send({ now: LATER, limit: 500 })).toMatchObject({ tried: 1, sent: 0 });
      expect(await messages()).toMatchObject([{ state: 'superseded' }]);
      expect(peer.taken).toHaveLength(0);
    });

    it('holds up what is more pressing for twenty seconds at most, by mail as by SMS', async () => {
      const post = worker({ email: { ratePerSecond: 0.1, turns: async () => undefined }, sms: { ratePerSecond: 0.05, turns: async () => undefined } });
      await plan(ledger, 'CN18-01', [OFFICER, HOST, 'tb-stc/officer'].map((to) => notice('CN18-01', { to: to as Notice['to'], channels: ['email', 'sms'] })));
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      expect([peer.taken.length, post.phones.length]).toEqual([2, 1]);
    });

    const code = (at: Instant): Notice => {
      return {
        ...notice('CN18-01'), key: 'code|abc', task: null, kind: 'one-time-code', class: 'code', group: 'abc', to: OFFICER, decidedAt: at, sendAt: at,
        facts: { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: '2018-10-22', codeId: 'abc', person: 'p-1-0' },
      };
    };
    /** Its life is real time, whatever day the plans have. */
    const asked = async (expiresAt: Instant): Promise<void> => {
      const link = { hash: 'h', keyId: 'k1', kind: 'page' as const, slot: 's', notice: null, message: null, position: 'tb-skhdt/officer' as const, person: null, task: null, step: null, version: null, expiresOn: '2018-12-31' };
      await insertLinks(ledger, [{ ...link, id: 'l1' }], EVENING);
      await insertCode(ledger, { id: 'abc', link: 'l1', person: 'p-1-0', channel: 'sms', hash: 'h', subject: 's', madeAt: expiresAt - 10 * MINUTE_MS, expiresAt });
    };
    it.each([['frozen in the evening', true], ['not even frozen', false]])('is not a code of the evening before, %s', async (_, wasFrozen) => {
      const post = worker();
      await plan(ledger, 'CN18-01', []);
      await asked(Date.now() - 1);
      await planNotices(ledger, [{ notice: code(EVENING), plan: 'CN18' }]);
      if (wasFrozen) await post.freeze({ now: EVENING, codesOnly: true });
      for (const now of [START + DAY_MS, START + DAY_MS + 1]) {
        await post.freeze({ now });
        await post.send({ now, limit: 500 });
      }
      expect([peer.taken.length, post.phones.length]).toEqual([0, 0]);
      expect(await messages()).toMatchObject([{ class: 'code', state: 'failed', reason: 'code-expired' }]);
      expect(await deliveries()).toEqual([{ state: 'failed', reason: 'code-expired' }]);
    });

    it('is a code that leaves in the evening, within its ten minutes of real time, however far the plans\' clock has gone', async () => {
      const post = worker();
      await plan(ledger, 'CN18-01', []);
      await asked(Date.now() + 10 * MINUTE_MS);
      await planNotices(ledger, [{ notice: code(EVENING), plan: 'CN18' }]);
      await post.freeze({ now: EVENING, codesOnly: true });
      expect(await post.send({ now: EVENING + DAY_MS, limit: 500, codesOnly: true })).toMatchObject({ sent: 1, left: 0 });
    });
  });
});

describe('a pace', () => {
  it('lets callers pass in their order, no faster than the rate', async () => {
    const pace = createPace(50);
    const passed: number[] = [];
    const began = performance.now();
    await Promise.all([1, 2, 3].map(async (count, i) => { await pace.turns(count); passed.push(i); }));
    expect(passed).toEqual([0, 1, 2]);
    // Node may end a timer a millisecond early, each of them.
    expect(performance.now() - began).toBeGreaterThanOrEqual(5 * 20 - 5);
  });
});
