import { HOUR_MS, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { recordReceipt, readReceiptsOf } from '../../ledger/outbox';
import type { SendResult } from '../../activities/ports';
import { type Desk, desk, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const GATEWAY = 'phones';

onEachEngine((fresh) => {
  describe('receipts', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    let answer: SendResult;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      answer = { outcome: 'accepted', detail: 'ok', providerId: 'g-1' };
      post = desk(ledger, peer.url, { sms: { name: GATEWAY, ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send: async () => answer } });
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['sms'] })]);
      await post.freeze({ now: START });
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });

    const sms = () => ledger.selectFrom('message').selectAll().where('channel', '=', 'sms').executeTakeFirstOrThrow();
    const deliveries = () => ledger.selectFrom('delivery').select(['channel', 'state', 'reason']).where('notice', 'like', 'CN18-01|%').orderBy('channel').execute();
    const send = () => post.send({ now: START, limit: 10 });
    const said = (status: 'delivered' | 'failed' | 'delayed', more: object = {}) => recordReceipt(ledger, [{ source: GATEWAY, providerId: 'g-1', status, detail: status, ...more }], START);

    it('say that a message arrived, once', async () => {
      await send();
      expect(await said('delivered')).toEqual({ applied: 1, kept: 0, repeated: 0 });
      expect(await said('delivered')).toEqual({ applied: 0, kept: 0, repeated: 1 });
      expect(await sms()).toMatchObject({ state: 'delivered', in_trouble: false });
    });

    it('are kept when they come before the answer, and applied with it', async () => {
      expect(await said('delivered')).toEqual({ applied: 0, kept: 1, repeated: 0 });
      await send();
      expect(await sms()).toMatchObject({ state: 'delivered' });
    });

    it('never move a message backwards', async () => {
      await send();
      await said('delivered');
      await said('failed');
      expect(await sms()).toMatchObject({ state: 'delivered' });
      expect((await readReceiptsOf(ledger, (await sms()).key)).map((r) => r.status)).toEqual(['delivered', 'failed']);
    });

    it('of something we never sent change nothing', async () => {
      await send();
      expect(await recordReceipt(ledger, [{ source: GATEWAY, providerId: 'other', status: 'failed', detail: '' }], START)).toEqual({ applied: 0, kept: 1, repeated: 0 });
      expect(await recordReceipt(ledger, [{ source: 'mailbox', providerId: 'g-1', status: 'failed', detail: '' }], START)).toEqual({ applied: 0, kept: 1, repeated: 0 });
      expect(await sms()).toMatchObject({ state: 'accepted' });
    });

    it('of a failure mark the address and take the next channel at once', async () => {
      await send();
      await said('failed', { isBadAddress: true });
      expect(await sms()).toMatchObject({ state: 'bounced', reason: 'failed' });
      await post.freeze({ now: START + MINUTE_MS });
      expect(await deliveries()).toEqual([{ channel: 'email', state: 'claimed', reason: null }, { channel: 'sms', state: 'failed', reason: 'bounced' }]);
      expect(await ledger.selectFrom('bad_address').select('channel').execute()).toEqual([{ channel: 'sms' }]);
      expect((await post.freeze({ now: START + 2 * MINUTE_MS })).frozen).toBe(0);
    });

    it('settle what nobody could tell; without one the next channel is taken after an hour, and a late one still counts', async () => {
      answer = { outcome: 'ambiguous', detail: 'timeout' };
      await send();
      const { key } = await sms();
      expect(await sms()).toMatchObject({ state: 'ambiguous', awaits: 'receipt' });
      expect(post.started).toEqual([key]);
      expect(await post.attend({ now: START + 30 * MINUTE_MS, key })).toMatchObject({ state: 'ambiguous', nextAt: START + HOUR_MS });
      expect(await post.attend({ now: START + HOUR_MS, key })).toEqual({ state: 'ambiguous', nextAt: null });
      await post.freeze({ now: START + HOUR_MS });
      expect((await deliveries())[0]).toMatchObject({ channel: 'email', state: 'claimed' });
      await recordReceipt(ledger, [{ source: GATEWAY, key, status: 'delivered', detail: 'late' }], START + 2 * HOUR_MS);
      expect(await sms()).toMatchObject({ state: 'delivered' });
      expect(await post.attend({ now: START + 3 * HOUR_MS, key })).toEqual({ state: 'delivered', nextAt: null });
    });
  });
});
