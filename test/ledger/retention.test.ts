import { DAY_MS, MINUTE_MS } from '../../domain/time';
import { findMessage, listMessages } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { eraseBodies, forgetVisits } from '../../ledger/retention';
import { type Desk, desk, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const YEARS = 1_100 * DAY_MS;

onEachEngine((fresh) => {
  describe('what has outlived its retention', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 100 });
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });

    it('is erased in a pass of the post after three years: the bytes and the preview, never the record that it was sent', async () => {
      const [message] = await listMessages(ledger, {});
      await post.freeze({ now: START + 2 * DAY_MS });
      expect((await findMessage(ledger, message?.key ?? ''))?.preview).toBeDefined();
      await post.freeze({ now: START + YEARS });
      const kept = await findMessage(ledger, message?.key ?? '');
      expect(kept?.preview).toBeUndefined();
      expect(kept).toMatchObject({ state: 'accepted', notices: [{ state: 'sent' }], attempts: [{ outcome: 'accepted' }] });
    });

    it('is never a message that may still leave', async () => {
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await post.freeze({ now: START + MINUTE_MS });
      expect(await eraseBodies(ledger, START + YEARS)).toBe(1);
      expect(await post.send({ now: START + 2 * MINUTE_MS, limit: 100 })).toMatchObject({ sent: 1 });
    });

    it('is a count of visits long ago, and not one of today', async () => {
      await ledger.insertInto('tally').values([
        { kind: 'miss', subject: 'long ago', since: new Date('2019-01-01'), count: 3 }, { kind: 'miss', subject: 'now', since: new Date(), count: 3 },
      ]).execute();
      await forgetVisits(ledger);
      expect((await ledger.selectFrom('tally').select('subject').execute()).map((r) => r.subject)).toEqual(['now']);
    });
  });
});
