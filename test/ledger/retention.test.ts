import { sql } from 'kysely';
import { createRetain } from '../../activities/retain';
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
    const retain = (input: { readonly now: number }) => createRetain({ ledger, keepBodiesDays: 1_095 })(input);
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });

    it('is erased once a day after three years: the bytes and the preview, never the record that it was sent', async () => {
      const [message] = await listMessages(ledger, {});
      await retain({ now: START + 2 * DAY_MS });
      expect((await findMessage(ledger, message?.key ?? ''))?.preview).toBeDefined();
      expect(await retain({ now: START + YEARS })).toEqual({ left: false });
      const kept = await findMessage(ledger, message?.key ?? '');
      expect(kept?.preview).toBeUndefined();
      expect(kept).toMatchObject({ state: 'accepted', notices: [{ state: 'sent' }], attempts: [{ outcome: 'accepted' }] });
    });

    it('is asked for again where the time of one call does not suffice, until nothing is left', async () => {
      const hurried = createRetain({ ledger, keepBodiesDays: 1_095, budgetMs: 0 });
      expect(await hurried({ now: START + YEARS })).toEqual({ left: true });
      expect(await retain({ now: START + YEARS })).toEqual({ left: false });
      expect(await hurried({ now: START + YEARS })).toEqual({ left: false });
    });

    it('is a link a year after it expired; until then it is there to say why it does not open', async () => {
      const links = async () => (await ledger.selectFrom('link').select('id').execute()).length;
      const [first] = [await links()];
      expect(first).toBeGreaterThan(0);
      await retain({ now: START + (90 + 365) * DAY_MS });
      expect(await links()).toBe(first);
      await retain({ now: START + (90 + 367) * DAY_MS });
      expect(await links()).toBe(0);
    });

    it.each([
      ['press', sql`(id, task, act, pressed_at, link) select 'p-1', 'CN18-01', 'acknowledge', now()`],
      ['one_time_code', sql`(id, person, channel, hash, subject, made_at, expires_at, link)
        select 'c-1', 'p-1', 'sms', 'h', 's', now(), now()`],
      ['web_session', sql`(hash, position, opened_at, expires_at, link) select 'h', ${OFFICER}, now(), now()`],
    ] as const)('is no link of a %s of these days, as on a clock that runs ahead; the others go', async (table, row) => {
      const links = async () => (await ledger.selectFrom('link').select('id').execute()).map((l) => l.id);
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await post.freeze({ now: START + MINUTE_MS });
      await post.send({ now: START + MINUTE_MS, limit: 100 });
      const [used, ...others] = await links();
      expect(others.length).toBeGreaterThan(0);
      await sql`insert into ${sql.table(table)} ${row}, ${used}::text`.execute(ledger);
      expect(await retain({ now: START + YEARS })).toEqual({ left: false });
      expect(await links()).toEqual([used]);
      await ledger.deleteFrom(table).execute();
      await retain({ now: START + YEARS + DAY_MS });
      expect(await links()).toEqual([]);
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
