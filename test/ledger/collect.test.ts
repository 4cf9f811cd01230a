import { sql } from 'kysely';
import { createCollect } from '../../activities/collect';
import type { Mailbox, ReceivedMail } from '../../activities/ports';
import { dateAt, MINUTE_MS } from '../../domain/time';
import { readUndelivered } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { sendAnew } from '../../ledger/outbox';
import { listLooseReplies, listReplies, takeMail } from '../../ledger/replies';
import { readMailboxCheck, readMailboxCursor } from '../../ledger/settings';
import { type Desk, desk, digestNotice, emailOf, furnish, notice, plan, reportId } from '../support/delivery';
import { reading } from '../support/mailbox-reader';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const LATER = START + 5 * MINUTE_MS;
const WORDS = 'Đã gửi văn bản số 12 cho quý Sở.';

const bytes = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');
const report = (key: string, to: string,
  more: { readonly action?: string; readonly status?: string; readonly from?: string; readonly queueId?: string; readonly said?: string; readonly envelopeId?: string; readonly to?: string } = {}): Buffer => bytes(
  'Return-Path: <>', `From: ${more.from ?? 'MAILER-DAEMON@relay.example'}`, `Message-ID: <${key}-${more.action ?? 'failed'}@relay.example>`, `To: ${more.to ?? 'don-doc@thaibinh.example'}`,
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
  '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; relay.example', ...(key === '' ? [] : [`Original-Envelope-Id: ${more.envelopeId ?? reportId(key)}`]),
  ...(more.queueId === undefined ? [] : [`X-Postfix-Queue-ID: ${more.queueId}`]), '',
  `Final-Recipient: rfc822; ${to}`, `Action: ${more.action ?? 'failed'}`, `Status: ${more.status ?? '5.1.1'}`, `Diagnostic-Code: smtp; 550 ${more.said ?? 'no such user'}`, '',
  '--b--', '',
);
const answer = (key: string,
  more: { readonly id?: string; readonly from?: string; readonly words?: string; readonly headers?: readonly string[] } = {}): Buffer => bytes(
  `From: ${more.from ?? emailOf(OFFICER)}`, `Message-ID: <${more.id ?? 'r1'}@skhdt.example>`, `In-Reply-To: <${key}@thaibinh.example>`,
  ...(more.headers ?? []), 'Content-Type: text/plain; charset=utf-8', '', more.words ?? WORDS,
);

/** A mailbox in memory, which hands out what came after the cursor. */
const fakeMailbox = () => {
  const mails: ReceivedMail[] = [];
  let validity = '7';
  let error: Error | undefined;
  const mailbox: Mailbox = {
    read: async (after, limit) => {
      if (error !== undefined) throw error;
      const fresh = mails.filter((m) => after?.uidValidity !== validity || m.uid > after.uid);
      return { uidValidity: validity, mails: fresh.slice(0, limit), left: Math.max(0, fresh.length - limit) };
    },
  };
  return { mailbox, put: (...all: readonly Buffer[]) => { all.forEach((b) => mails.push({ uid: mails.length + 1, bytes: b })); },
    renew: () => { validity = '8'; }, breakWith: (e: Error) => { error = e; } };
};

onEachEngine((fresh) => {
  describe('what comes back by mail', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    let box: ReturnType<typeof fakeMailbox>;
    const logged: unknown[] = [];
    const collect = (now = LATER) => createCollect({ ...reading, ledger, mailbox: box.mailbox, log: { info: (...all) => { logged.push(all); },
      warn: (...all) => { logged.push(all); } } })({ now });
    beforeEach(async () => {
      [ledger, peer, box] = [await fresh(), await startSmtpPeer(), fakeMailbox()];
      logged.length = 0;
      await furnish(ledger);
      post = desk(ledger, peer.url);
    });
    afterEach(async () => {
      await post.mailer.close();
      await peer.stop();
    });

    const sent = async (): Promise<string> => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      return (await message()).key;
    };
    const message = () => ledger.selectFrom('message').selectAll().executeTakeFirstOrThrow();
    const keptTexts = () => ledger.selectFrom('text').select('id').where('field', '=', 'reply').execute();
    const badAddresses = () => ledger.selectFrom('bad_address').select(['address']).execute();
    const counts = async () => ({ receipts: (await ledger.selectFrom('receipt').select('id').execute()).length,
      replies: (await ledger.selectFrom('reply').select('id').execute()).length });

    it('marks a message as bounced and its address as bad', async () => {
      const key = await sent();
      box.put(report(key, emailOf(OFFICER).toUpperCase()));
      expect(await collect()).toEqual({ collected: 1, left: 0 });
      expect(await message()).toMatchObject({ state: 'bounced', in_trouble: true });
      expect(await badAddresses()).toEqual([{ address: emailOf(OFFICER) }]);
    });

    it('keeps the mark of a bad address when the relay takes another mail for it', async () => {
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER)]);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 1 });
      const { key } = await ledger.selectFrom('message').select('key').where('state', '=', 'accepted').executeTakeFirstOrThrow();
      box.put(report(key, emailOf(OFFICER)));
      await collect();
      await post.send({ now: LATER, limit: 1 });
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf(OFFICER), emailOf(OFFICER)]);
      expect(await badAddresses()).toEqual([{ address: emailOf(OFFICER) }]);
    });

    it('knows a bounce that says it in words alone by the mail that it gives back, and blames no address', async () => {
      const key = await sent();
      box.put(bytes('From: MAILER-DAEMON@relay.example', 'Subject: failure notice', 'Message-ID: <q1@relay.example>', '', 'I could not be delivered: 550 no such user',
        '', `Message-ID: <${key}@thaibinh.example>`));
      await collect();
      expect(await message()).toMatchObject({ state: 'bounced', reason: expect.stringContaining('550 no such user') });
      expect(await badAddresses()).toEqual([]);
    });

    it('is sent anew by hand after it came back: to the address of today, with other links, once', async () => {
      const key = await sent();
      box.put(report(key, emailOf(OFFICER)));
      await collect();
      await ledger.updateTable('seat').set({ email: 'moi@skhdt.example' }).where('position', '=', OFFICER).execute();
      expect([await sendAnew(ledger, key, LATER), await sendAnew(ledger, key, LATER)]).toEqual([1, 0]);
      await post.freeze({ now: LATER });
      await post.send({ now: LATER, limit: 500 });
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf(OFFICER), 'moi@skhdt.example']);
      expect(await ledger.selectFrom('message').select('state').orderBy('frozen_at').execute()).toEqual([{ state: 'superseded' }, { state: 'accepted' }]);
      expect(await badAddresses()).toEqual([]);
      expect((await ledger.selectFrom('link').select('revoked_at').where('message', '=', key).execute()).every((l) => l.revoked_at !== null)).toBe(true);
    });

    it('shows answers to a mail about no task with none of the tasks, and in a list of their own', async () => {
      const key = await sent();
      await ledger.updateTable('notice').set({ task: null }).execute();
      box.put(answer(key));
      await collect();
      expect(await listReplies(ledger, 'CN18-01')).toEqual([]);
      expect(await listLooseReplies(ledger)).toMatchObject([{ message: key, text: WORDS, position: OFFICER }]);
    });

    it.each(['failed', 'delivered'])('blames and absolves nobody for a report of "%s" that anybody who has the mail can write', async (action) => {
      const key = await sent();
      await ledger.insertInto('bad_address').values({ channel: 'email', address: 'khac@skhdt.example', reason: '550', message: null, marked_at: new Date(START) }).execute();
      box.put(report(key, emailOf(OFFICER), { action, envelopeId: key }), report(key, emailOf(OFFICER), { action, envelopeId: `${key}-0000000000000000` }));
      await collect();
      const expected = action === 'failed' ? { state: 'bounced', reason: expect.stringMatching(/chưa xác thực/) } : { state: 'accepted', reason: null };
      expect(await message()).toMatchObject(expected);
      expect(await badAddresses()).toEqual([{ address: 'khac@skhdt.example' }]);
    });

    it('believes a report that came to the address which only the envelope had', async () => {
      const key = await sent();
      const bounce = report(key, emailOf(OFFICER), { envelopeId: key, to: `don-doc+${reportId(key)}@thaibinh.example` });
      box.put(bounce);
      await collect();
      expect(await badAddresses()).toEqual([{ address: emailOf(OFFICER) }]);
    });

    it.each([['5.2.2', 'a full mailbox'], ['5.7.1', 'a policy'], ['4.4.1', 'a relay that gave up']])('blames no address for %s, %s', async (status) => {
      box.put(report(await sent(), emailOf(OFFICER), { status }));
      await collect();
      expect((await message()).state).toBe('bounced');
      expect(await badAddresses()).toEqual([]);
    });

    it('blames no address where it is another one, behind it, that failed', async () => {
      box.put(report(await sent(), 'noi-khac@skhdt.example'));
      await collect();
      expect((await message()).state).toBe('bounced');
      expect(await badAddresses()).toEqual([]);
    });

    it('leaves a delayed message as it is, and lets a delivered one be delivered', async () => {
      const key = await sent();
      box.put(report(key, emailOf(OFFICER), { action: 'delayed', status: '4.4.1' }));
      await collect();
      expect((await message()).state).toBe('accepted');
      box.put(report(key, emailOf(OFFICER), { action: 'delivered', status: '2.0.0' }), report(key, emailOf(OFFICER)));
      await collect();
      expect((await message()).state).toBe('delivered');
    });

    it('takes a report twice as once, and none for an unknown message', async () => {
      const key = await sent();
      box.put(report(key, emailOf(OFFICER)), report(key, emailOf(OFFICER)), report('ffffffffffffffffffff', emailOf(OFFICER), { from: emailOf(OFFICER) }));
      expect(await collect()).toEqual({ collected: 3, left: 0 });
      expect(await counts()).toEqual({ receipts: 1, replies: 0 });
    });

    it('knows a report that names only the relay\'s own id, and only where it names the recipient too', async () => {
      await sent();
      box.put(report('', 'ai-do@skhdt.example', { queueId: 'Q1ABC' }));
      await collect();
      expect((await message()).state).toBe('accepted');
      box.put(report('', emailOf(OFFICER), { queueId: 'Q1ABC' }));
      await collect();
      expect((await message()).state).toBe('bounced');
    });

    it('keeps a person\'s answer as a note of the task, once, and changes nothing else', async () => {
      const key = await sent();
      const before = await message();
      const events = await ledger.selectFrom('event').selectAll().execute();
      box.put(answer(key), answer(key));
      await collect();
      expect(await listReplies(ledger, 'CN18-01')).toMatchObject([{ message: key, position: OFFICER, text: WORDS, at: LATER, isOfDigest: false }]);
      expect(await keptTexts()).toHaveLength(1);
      expect(await message()).toEqual(before);
      expect(await ledger.selectFrom('event').selectAll().execute()).toEqual(events);
      expect(peer.taken).toHaveLength(1);
    });

    it('says of whom an answer is only where it comes from the address that was written to', async () => {
      box.put(answer(await sent(), { from: 'nguoi-la@xa.example' }));
      await collect();
      expect(await listReplies(ledger, 'CN18-01')).toMatchObject([{ position: null, text: WORDS }]);
    });

    it('shows an answer to a digest at each of its tasks', async () => {
      for (const task of ['CN18-01', 'CN18-02']) await plan(ledger, task, [digestNotice(task, OFFICER)]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      box.put(answer((await message()).key));
      await collect();
      for (const task of ['CN18-01', 'CN18-02']) expect(await listReplies(ledger, task)).toMatchObject([{ text: WORDS, isOfDigest: true }]);
      expect(await listReplies(ledger, 'CN18-03')).toEqual([]);
    });

    it('keeps nothing of a machine\'s answer, nor of one to a mail that we never sent', async () => {
      const key = await sent();
      box.put(answer(key, { headers: ['Auto-Submitted: auto-replied'] }), answer('ffffffffffffffffffff', { id: 'r2' }), bytes('Subject: quảng cáo', '',
        'mua ngay'), Buffer.alloc(0));
      expect(await collect()).toEqual({ collected: 4, left: 0 });
      expect(await counts()).toEqual({ receipts: 0, replies: 0 });
    });

    it('reads on where it stopped, two hundred at a time', async () => {
      box.put(...Array.from({ length: 201 }, (_, i) => bytes(`Message-ID: <${i}@x.example>`, '', 'x')));
      expect(await collect()).toEqual({ collected: 200, left: 1 });
      expect(await collect()).toEqual({ collected: 1, left: 0 });
      expect(await collect()).toEqual({ collected: 0, left: 0 });
      expect(await readMailboxCursor(ledger)).toEqual({ uidValidity: '7', uid: 201 });
    });

    it('takes no mail at or before the cursor again, whatever another worker has in hand', async () => {
      const reply = (id: string) => ({ reply: { id, message: 'm-1', task: 'CN18-01', position: null, content: WORDS } });
      const at = (uid: number) => ({ uidValidity: '7', uid });
      expect(await takeMail(ledger, at(2), reply('second'), LATER)).toBe('taken');
      expect(await takeMail(ledger, at(2), reply('again'), LATER)).toBe('repeated');
      expect(await takeMail(ledger, at(1), reply('first'), LATER)).toBe('repeated');
      expect((await listReplies(ledger, 'CN18-01')).map((r) => r.id)).toEqual(['second']);
      expect(await readMailboxCursor(ledger)).toEqual(at(2));
    });

    it('reads a mailbox that was made anew from its beginning, and nothing counts twice', async () => {
      box.put(answer(await sent()));
      await collect();
      box.renew();
      expect(await collect()).toEqual({ collected: 1, left: 0 });
      expect(await counts()).toEqual({ receipts: 0, replies: 1 });
    });

    it('lets two workers read at the same time, and everything counts once', async () => {
      const key = await sent();
      box.put(...Array.from({ length: 10 }, (_, i) => answer(key, { id: `r${i}`, words: `thư ${i}` })));
      await Promise.all([collect(), collect()]);
      expect((await listReplies(ledger, 'CN18-01')).map((r) => r.text).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `thư ${i}`));
      expect(await keptTexts()).toHaveLength(10);
    });

    it('passes over a mail that cannot be read', async () => {
      const deep = Array.from({ length: 40 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`).join('\r\n');
      box.put(Buffer.from(deep), answer(await sent()));
      expect(await collect()).toEqual({ collected: 2, left: 0 });
      expect((await counts()).replies).toBe(1);
      expect(await collect()).toEqual({ collected: 0, left: 0 });
      expect((await readUndelivered(ledger, dateAt(LATER))).oddMails).toEqual([{ uid: 1, why: 'unreadable', arrivedAt: null, size: null, foundAt: LATER }]);
    });

    it.each([['as the envelope\'s id', 'a+00b', {}], ['as the relay\'s id', 'x', { queueId: 'Q\u0000' }]] as const)('reads on behind a report with a zero byte %s', async (_, id, more) => {
      const key = await sent();
      box.put(report(id, emailOf(OFFICER), more), report(key, emailOf(OFFICER)));
      expect(await collect()).toEqual({ collected: 2, left: 0 });
      expect((await message()).state).toBe('bounced');
    });

    it('keeps what a server said of a mail that it gave back, without the zero bytes in it', async () => {
      box.put(report(await sent(), emailOf(OFFICER), { status: '5.1.1', said: 'no such\u0000user' }));
      await collect();
      expect(await message()).toMatchObject({ state: 'bounced', reason: expect.stringContaining('550 no such user') });
    });

    it('passes over a mail of which the ledger cannot take what follows, and says so', async () => {
      const key = await sent();
      box.put(answer(key), report(key, emailOf(OFFICER)));
      // A ledger that takes no note of this kind, as one that is refused for its value.
      await sql`alter table reply alter column id type varchar(3)`.execute(ledger);
      expect(await collect()).toEqual({ collected: 2, left: 0 });
      expect((await message()).state).toBe('bounced');
      expect(logged).toEqual([[{ uid: 1, why: 'unwritable' }, expect.stringContaining('kept aside')]]);
    });

    it('is a warning where the mailbox is away, and a note for the doctor; never an error', async () => {
      box.breakWith(Object.assign(new Error(`login of ${emailOf(OFFICER)} failed`), { authenticationFailed: true }));
      expect(await collect()).toEqual({ collected: 0, left: 0 });
      expect(await readMailboxCheck(ledger)).toEqual({ at: LATER, problem: 'EAUTH' });
      expect(logged).toEqual([[{ problem: 'EAUTH' }, expect.any(String)]]);
    });

    it('logs nothing of what people write, nor who they are', async () => {
      const key = await sent();
      box.put(answer(key), report(key, emailOf(OFFICER)), Buffer.from('\u0000'));
      await collect();
      expect(JSON.stringify(logged)).not.toMatch(/văn bản|@|no such user/);
    });
  });
});
