import { sql } from 'kysely';
import { ledgerFindings } from '../../client/cli/audit/ledger';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { type Instant, MINUTE_MS } from '../../domain/time';
import { loadCalendarYears } from '../../ledger/calendar';
import type { Ledger } from '../../ledger/connect';
import { recordStart } from '../../ledger/plans';
import { writeLastPass, writeMailboxCheck } from '../../ledger/settings';
import { recordUnsealed } from '../../ledger/unsealed';
import { at } from '../support/builders';
import { type Desk, desk, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';

onEachEngine((fresh) => {
  describe('an audit of the ledger alone', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await ledger.updateTable('task').set({ next_wake_at: new Date(at('2018-10-23T07:10')) }).execute();
      await writeLastPass(ledger, START);
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });
    const deliver = async (now = START): Promise<void> => {
      await post.freeze({ now });
      await post.send({ now, limit: 10 });
    };
    const found = async (now: Instant = START + 5 * MINUTE_MS, hasMailbox = false) => (await ledgerFindings(ledger, hasMailbox, now)).map(({ code, since }) => ({ code, since }));

    it('finds nothing where all is well, also in the night and over a weekend', async () => {
      await deliver();
      expect(await found()).toEqual([]);
      await writeLastPass(ledger, at('2018-10-26T16:30'));
      await ledger.updateTable('task').set({ next_wake_at: new Date(at('2018-10-29T08:10')) }).execute();
      for (const now of ['2018-10-26T23:00', '2018-10-28T12:00', '2018-10-29T08:20']) expect(await found(at(now))).toEqual([]);
    });

    it('finds a pass that did not come, since its slot', async () => {
      await deliver();
      expect(await found(at('2018-10-22T09:01'))).toEqual([{ code: 'pass-missing', since: at('2018-10-22T08:30') }]);
      await ledger.deleteFrom('setting').where('name', '=', 'last-pass').execute();
      expect(await found(at('2018-10-22T09:05'))).toEqual([{ code: 'pass-missing', since: at('2018-10-22T08:30') }]);
    });

    it('finds a task whose wake is past, and one that stopped; that one is not late besides', async () => {
      await deliver();
      await ledger.updateTable('task').set({ next_wake_at: new Date(START - 26 * MINUTE_MS) }).execute();
      expect(await found()).toEqual([{ code: 'wake-past', since: START - 26 * MINUTE_MS }]);
      await ledger.updateTable('task').set({ needs_repair: 'ledger-behind' }).execute();
      expect(await found()).toEqual([{ code: 'task-needs-repair', since: undefined }]);
    });

    it('finds an act that was undone within a day', async () => {
      await deliver();
      const undone = { act: 'confirm', position: 'tb-sct/leader', via: 'link', why: 'missing', decidedAt: START } as const;
      await recordUnsealed(ledger, [{ ...undone, id: 'old', task: 'CN18-02' }], Date.now() - 25 * 60 * MINUTE_MS);
      expect(await found()).toEqual([]);
      const seenAt = Date.now();
      await recordUnsealed(ledger, [{ ...undone, id: 'new', task: 'CN18-01' }], seenAt);
      expect(await found()).toEqual([{ code: 'act-unsealed', since: seenAt }]);
    });

    it('finds a message that nobody takes further, whatever its state says', async () => {
      await deliver();
      await ledger.updateTable('message').set({ state: 'body_started', under_way_since: null, settled_at: null }).execute();
      expect((await found()).map((f) => f.code)).toEqual(['message-stands']);
      await ledger.updateTable('message').set({ state: 'ambiguous', in_trouble: true, awaits: 'attempt', next_try_at: new Date(START) }).execute();
      await writeLastPass(ledger, at('2018-10-22T10:00'));
      expect(await found(at('2018-10-22T10:05'))).toEqual([{ code: 'message-stands', since: START }]);
    });

    it('finds a notice that is due and in no message, when a pass has had its time', async () => {
      await writeLastPass(ledger, at('2018-10-22T10:00'));
      expect(await found(at('2018-10-22T10:05'))).toEqual([{ code: 'notice-late', since: START }]);
    });

    it('finds what waits for a person', async () => {
      await deliver();
      await recordStart(ledger, { id: 'start-9', plan: 'CN18', tasks: ['CN18-02'], startedAt: START, messages: 400, isHeld: true });
      expect(await found()).toEqual([{ code: 'held', since: START }]);
    });

    it('finds what could not be put into words', async () => {
      await ledger.updateTable('notice').set({ kind: sql`'something-newer'` }).execute();
      await deliver();
      expect((await found()).map((f) => f.code)).toEqual(['held']);
    });

    it('finds a calendar that ends, and one that is not there', async () => {
      await deliver();
      const codes = async (now: Instant): Promise<readonly string[]> => (await found(now)).map((f) => f.code);
      await ledger.deleteFrom('calendar_year').where('year', '>', 2018).execute();
      expect(await codes(at('2018-10-22T08:05'))).toEqual(['calendar-ends']);
      await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
      expect(await codes(at('2018-10-22T08:05'))).toEqual([]);
      await ledger.deleteFrom('calendar_year').execute();
      expect(await codes(at('2018-10-22T08:05'))).toEqual(['calendar-ends']);
    });

    it('finds a mailbox that is not read: by its last problem, and by its silence', async () => {
      await deliver();
      await writeMailboxCheck(ledger, { at: START, problem: null });
      expect(await found(START + 5 * MINUTE_MS, true)).toEqual([]);
      await writeMailboxCheck(ledger, { at: START, problem: 'EAUTH' });
      expect(await found(START + 5 * MINUTE_MS, true)).toEqual([{ code: 'mailbox-unread', since: undefined }]);
      expect(await found(START + 5 * MINUTE_MS, false)).toEqual([]);
      await writeMailboxCheck(ledger, { at: START, problem: null });
      await writeLastPass(ledger, at('2018-10-22T11:00'));
      expect(await found(at('2018-10-22T11:05'), true)).toEqual([{ code: 'mailbox-unread', since: at('2018-10-22T08:30') }]);
    });
  });
});
