import PostalMime from 'postal-mime';
import { HOUR_MS, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { hashSecret, mintSecret } from '../../links';
import { type Desk, desk, digestNotice, emailOf, furnish, LINK_KEY, notice, plan, TASKS } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { START } from '../support/task-values';

const NEXT_DAY = START + 24 * HOUR_MS;
const OFFICER = 'tb-skhdt/officer';

onEachEngine((fresh) => {
  describe('freezing', () => {
    let ledger: Ledger;
    let post: Desk;
    beforeEach(async () => {
      ledger = await fresh();
      post = desk(ledger, 'smtp://127.0.0.1:1');
    });
    afterEach(() => post.mailer.close());

    const messages = () => ledger.selectFrom('message').selectAll().orderBy('address').orderBy('grp').execute();
    const deliveries = () => ledger.selectFrom('delivery').selectAll().orderBy('notice').orderBy('channel').execute();

    it('makes one digest per address of all that is due, naming every position, and leaves what is not due', async () => {
      await furnish(ledger, (seats) => seats.map((s) => (s.position === 'tb-skhdt/head' ? { ...s, email: 'TB-SKHDT.officer@thaibinh.example' } : s)));
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER), digestNotice('CN18-01', 'tb-skhdt/head'), digestNotice('CN18-01', 'tb-sct/officer')]);
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER), digestNotice('CN18-02', 'tb-stc/officer', NEXT_DAY)]);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 2 });
      const [host, lead] = await messages();
      expect([host?.address, lead?.address]).toEqual([emailOf('tb-sct/officer'), emailOf(OFFICER)]);
      expect(lead).toMatchObject({ positions: ['tb-skhdt/head', OFFICER], class: 'digest', grp: '2018-10-22', state: 'frozen', attempt: 0 });
      expect((await deliveries()).map((d) => d.state)).toEqual(['claimed', 'claimed', 'claimed', 'claimed', 'planned']);
      // A worker that died before the answer: the repeated call finds nothing to freeze, and says what waits.
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 0, untried: 2 });
    });

    it('keeps what comes after the digest of the day for the next working day, in one digest', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)]);
      await post.freeze({ now: START });
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER)]);
      await plan(ledger, 'CN18-03', [digestNotice('CN18-03', OFFICER, NEXT_DAY)]);
      expect(await post.freeze({ now: START + HOUR_MS })).toMatchObject({ frozen: 0, untried: 1 });
      expect(await post.freeze({ now: NEXT_DAY })).toMatchObject({ frozen: 1 });
      expect((await messages()).map((m) => m.grp)).toEqual(['2018-10-22', '2018-10-23']);
    });

    it('holds what a start says until all its tasks have committed, then sends one message', async () => {
      await furnish(ledger);
      await ledger.insertInto('start').values({ id: 'start-1', plan: 'CN18', tasks: TASKS.slice(0, 3), started_at: new Date(START) }).execute();
      for (const task of TASKS.slice(0, 2)) await plan(ledger, task, [notice(task)]);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 0, recheckAt: START + MINUTE_MS });
      await plan(ledger, 'CN18-03', [notice('CN18-03')]);
      expect(await post.freeze({ now: START + 1000 })).toMatchObject({ frozen: 1 });
      expect(await messages()).toHaveLength(1);
    });

    it('holds a start for ten minutes at most; what comes later is a message of its own', async () => {
      await furnish(ledger);
      await ledger.insertInto('start').values({ id: 'start-1', plan: 'CN18', tasks: TASKS.slice(0, 2), started_at: new Date(START) }).execute();
      await plan(ledger, 'CN18-01', [notice('CN18-01')]);
      expect(await post.freeze({ now: START + 10 * MINUTE_MS - 1 })).toMatchObject({ frozen: 0, recheckAt: START + 10 * MINUTE_MS });
      expect(await post.freeze({ now: START + 10 * MINUTE_MS })).toMatchObject({ frozen: 1 });
      await plan(ledger, 'CN18-02', [notice('CN18-02')]);
      expect(await post.freeze({ now: START + 11 * MINUTE_MS })).toMatchObject({ frozen: 1 });
      expect((await messages()).map((m) => m.grp)).toEqual(['start-1', 'start-1/2']);
    });

    it('drops what no longer holds, with its reason', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)], { state: 'completed' });
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 0 });
      expect(await deliveries()).toMatchObject([{ state: 'dropped', reason: 'state-changed' }]);
    });

    it('passes over an empty seat upwards, and tells the host unit in the same digest', async () => {
      await furnish(ledger, (seats) => seats.filter((s) => s.position !== OFFICER));
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)]);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 2 });
      expect((await messages()).map((m) => m.address)).toEqual([emailOf('tb-sct/officer'), emailOf('tb-skhdt/head')]);
      expect((await deliveries())[0]).toMatchObject({ state: 'claimed', position: 'tb-skhdt/head' });
    });

    it('fails what reaches nobody, and tells the host unit once per position and day', async () => {
      await furnish(ledger, (seats) => seats.filter((s) => !s.position.startsWith('tb-skhdt/')));
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER), notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] })]);
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER)]);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 1 });
      const [message] = await messages();
      expect(message).toMatchObject({ address: emailOf('tb-sct/officer'), class: 'digest' });
      const all = await deliveries();
      expect(all.filter((d) => d.state === 'failed').map((d) => d.reason)).toEqual(['no-holder', 'no-holder', 'no-holder', 'no-holder']);
      expect(all.filter((d) => d.notice.includes('delivery-failed'))).toHaveLength(1);
    });

    it('leaves a channel out where the holder has no address on it, but not both', async () => {
      await furnish(ledger, (seats) => seats.map(({ phone, ...s }) => (s.position === OFFICER || phone === undefined ? s : { ...s, phone })));
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] })]);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 1 });
      expect(await deliveries()).toMatchObject([{ channel: 'email', state: 'claimed' }, { channel: 'sms', state: 'dropped', reason: 'no-phone' }]);
    });

    it('writes mails that mail programs thread and machines do not answer, with the plan at the first contact only', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: 'tb-skhdt/leader' })]);
      await post.freeze({ now: START });
      const bodies = await ledger.selectFrom('body').innerJoin('message', 'message.key', 'body.message').select(['content', 'key', 'preview']).orderBy('address').execute();
      const [first, second] = await Promise.all(bodies.map((b) => PostalMime.parse(b.content)));
      expect(first?.messageId).toBe(`<${bodies[0]?.key}@thaibinh.example>`);
      expect(first?.date).toBe('2018-10-22T01:00:00.000Z');
      expect(first?.headers.find((h) => h.key === 'auto-submitted')?.value).toBe('auto-generated');
      expect(first?.references).toBe(second?.references);
      expect(first?.inReplyTo).toBe('<thread.cn18-01@thaibinh.example>');
      const plans = [first, second].map((m) => m?.attachments.filter((a) => a.filename === 'ke-hoach.txt').length);
      expect(plans.sort()).toEqual([0, 1]);
    });

    it('keeps no secret: neither bytes nor preview nor links hold one', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] })]);
      await post.freeze({ now: START });
      const links = await ledger.selectFrom('link').innerJoin('message', 'message.key', 'link.message').select(['link.id', 'link.hash', 'link.slot', 'message.channel', 'link.kind', 'link.expires_on']).execute();
      expect(links.map((l) => `${l.channel} ${l.kind} ${l.expires_on}`).sort()).toEqual(['email step 2019-01-20', 'sms step 2019-01-20']);
      const stored = JSON.stringify([
        (await ledger.selectFrom('body').select(['content', 'preview']).execute()).map((b) => [b.content.toString('latin1').replaceAll('=\r\n', ''), b.preview]), links, await messages(),
      ]);
      for (const link of links) {
        const secret = mintSecret({ key: LINK_KEY, keyId: 'k1', linkId: link.id, kind: link.channel });
        expect(hashSecret(secret)).toBe(link.hash);
        expect(stored).not.toContain(secret);
        expect(stored).toContain(link.slot);
      }
      expect(JSON.stringify(await ledger.selectFrom('body').select('preview').execute())).toContain('/t/••••••');
    });

    it('writes to each link whose it is: the holder of the day', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] })]);
      await post.freeze({ now: START });
      const { person } = await ledger.selectFrom('seat').select('person').where('position', '=', OFFICER).executeTakeFirstOrThrow();
      const links = await ledger.selectFrom('link').select(['position', 'person']).execute();
      expect(links).toEqual([{ position: OFFICER, person }, { position: OFFICER, person }]);
    });

    it('says after an outage in one digest what several days left', async () => {
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)]);
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER, NEXT_DAY, { group: '2018-10-23' })]);
      await post.freeze({ now: START });
      expect(await post.freeze({ now: NEXT_DAY })).toMatchObject({ frozen: 1 });
      const [old, today] = await messages();
      expect(old).toMatchObject({ state: 'superseded', reason: 'next-day' });
      expect(today).toMatchObject({ state: 'frozen', grp: '2018-10-23' });
      expect((await deliveries()).map((d) => d.message)).toEqual([today?.key, today?.key]);
    });
  });
});
