import { at } from '../support/builders';
import { readUndelivered } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { releaseUnsaid } from '../../ledger/outbox';
import { renderMail } from '../../messages';
import { MINUTE_MS } from '../../domain/time';
import { type Desk, desk, digestNotice, emailOf, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const [OFFICER, HEAD, HOST] = ['tb-skhdt/officer', 'tb-skhdt/head', 'tb-sct/officer'] as const;
const NEXT_MORNING = at('2018-10-23T08:00');

onEachEngine((fresh) => {
  describe('a notice that cannot be said', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });
    const pass = async (now = START, by = post) => {
      await by.freeze({ now });
      return by.send({ now, limit: 100 });
    };
    const unsaid = async () => (await readUndelivered(ledger, '2018-10-22')).held.unsaid;
    const spoil = (key: string, how: object) => ledger.updateTable('notice').set(how).where('key', '=', key).execute();
    const taken = () => peer.taken.map((t) => t.to).sort();
    const textTo = (address: string): string => peer.taken.filter((t) => t.to === address).map((t) => t.bytes.toString('latin1')).join('\n');

    const bad = notice('CN18-01', { to: OFFICER });
    const spoiled = [
      ['of a kind that this release does not know', { kind: 'something-newer' }, 'unknown-kind'],
      ['whose facts are no facts', { facts: JSON.stringify('a text') }, 'unreadable'],
      ['whose texts are no references', { facts: JSON.stringify({ ...bad.facts, texts: { reason: null } }) }, 'unreadable'],
      ['whose plan is not there', { plan: 'KH-KHAC' }, 'no-plan'],
      ['whose text cannot be made', { facts: JSON.stringify({ ...bad.facts, decidedOn: 7 }) }, 'no-words'],
    ] as const;
    it.each(spoiled)('%s is held with its reason, told to the host unit, and keeps back no other; it leaves when it can be said', async (_, how, why) => {
      await plan(ledger, 'CN18-01', [bad]);
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: 'tb-stc/officer', group: 'start-2' })]);
      await spoil(bad.key, how);
      await pass();
      expect(taken()).toContain(emailOf('tb-stc/officer'));
      expect(taken()).not.toContain(emailOf(OFFICER));
      expect(await unsaid()).toEqual([{ position: OFFICER, why, notices: 1, tasks: ['CN18-01'] }]);
      await pass(START + MINUTE_MS);
      if (why !== 'no-plan') expect(taken()).toContain(emailOf(HOST));
      await spoil(bad.key, { kind: bad.kind, facts: JSON.stringify(bad.facts), plan: 'CN18' });
      await pass(NEXT_MORNING);
      expect(taken()).toContain(emailOf(OFFICER));
      expect(await unsaid()).toEqual([]);
    });

    it('because a template fails is left out of the digest of its address, and the digest leaves', async () => {
      const failing = desk(ledger, peer.url, {
        renderMail: (input) => {
          if (input.items.some((item) => item.notice.task === 'CN18-02' && item.notice.kind === 'due-soon')) throw new TypeError('no such field');
          return renderMail(input);
        },
      });
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER), digestNotice('CN18-01', HEAD)]);
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER)]);
      await plan(ledger, 'CN18-03', [digestNotice('CN18-03', OFFICER)]);
      await pass(START, failing);
      await failing.mailer.close();
      expect(taken()).toEqual(expect.arrayContaining([emailOf(OFFICER), emailOf(HEAD)]));
      expect(textTo(emailOf(OFFICER))).toMatch(/CN18-01[^]*CN18-03/);
      expect(textTo(emailOf(OFFICER))).not.toContain('CN18-02');
      expect(await unsaid()).toEqual([{ position: OFFICER, why: 'no-words', notices: 1, tasks: ['CN18-02'] }]);
    });

    it('because the ledger refuses its words is held alone', async () => {
      const broken = desk(ledger, peer.url, {
        renderMail: (input) => {
          const mail = renderMail(input);
          return input.positions.includes(HEAD) ? { ...mail, text: `${mail.text}\u0000` } : mail;
        },
      });
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: HEAD }), notice('CN18-01', { to: OFFICER })]);
      await pass(START, broken);
      await broken.mailer.close();
      expect(taken()).toContain(emailOf(OFFICER));
      expect(await unsaid()).toEqual([{ position: HEAD, why: 'not-storable', notices: 1, tasks: ['CN18-01'] }]);
    });

    it('is tried again at once where a person asks, or a worker starts', async () => {
      await plan(ledger, 'CN18-01', [bad]);
      await spoil(bad.key, { kind: 'something-newer' });
      await pass();
      await spoil(bad.key, { kind: bad.kind });
      await pass(START + MINUTE_MS);
      expect(taken()).not.toContain(emailOf(OFFICER));
      expect(await releaseUnsaid(ledger)).toBe(1);
      await pass(START + 2 * MINUTE_MS);
      expect(taken()).toContain(emailOf(OFFICER));
    });

    it('that was frozen by another release is not sent by one that cannot tell whether it still holds; the others are', async () => {
      await plan(ledger, 'CN18-01', [bad]);
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: 'tb-stc/officer', group: 'start-2' })]);
      await post.freeze({ now: START });
      await spoil(bad.key, { kind: 'something-newer' });
      expect(await post.send({ now: START, limit: 100 })).toMatchObject({ sent: 1 });
      await pass(START + MINUTE_MS);
      expect(taken()).not.toContain(emailOf(OFFICER));
      expect(await unsaid()).toMatchObject([{ position: OFFICER, why: 'unknown-kind' }]);
    });

    it('is not taken for one where the ledger is away for a moment', async () => {
      await plan(ledger, 'CN18-01', [bad]);
      let isAway = true;
      const blinking = desk(ledger, peer.url, {
        renderMail: (input) => {
          if (isAway) {
            isAway = false;
            throw new Error('Connection terminated unexpectedly');
          }
          return renderMail(input);
        },
      });
      await expect(blinking.freeze({ now: START })).rejects.toThrow('Connection terminated');
      expect(await unsaid()).toEqual([]);
      expect(await blinking.freeze({ now: START })).toMatchObject({ frozen: 1 });
      await blinking.mailer.close();
    });
  });
});
