import { createImapMailbox } from '../../activities/adapters/imap';
import { createCollect } from '../../activities/collect';
import { createSmtpMailer } from '../../activities/adapters/smtp';
import type { Mailer } from '../../activities/ports';
import type { Ledger } from '../../ledger/connect';
import { listReplies } from '../../ledger/replies';
import { readMailboxCheck } from '../../ledger/settings';
import { emailOf, desk, type Desk, furnish, notice, plan, reportId } from '../support/delivery';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot';
import { freshLedger } from '../support/ledger';
import { reading, threadReader } from '../support/mailbox-reader';
import { hasPostfix, type Postfix, startPostfix } from '../support/postfix';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const SENDER = 'don-doc@thaibinh.example';
const OFFICER = 'tb-skhdt/officer';
const HOST = 'tb-sct/officer';
const DEADLINE_MS = 20_000;

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + DEADLINE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const isHere = hasPostfix() && hasDovecot();
if (!isHere) process.stderr.write('SKIPPED: mail through real servers: Postfix and Dovecot (IMAP, LMTP, Sieve) are not installed here, or this is not root.\n');

(isHere ? describe : describe.skip)('through Postfix and Dovecot', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  let peer: SmtpPeer;
  let ledger: Ledger;
  let post: Desk;
  let stopLedger: () => Promise<void>;
  const mailers: Mailer[] = [];
  const open = (from: string): Mailer => {
    const mailer = createSmtpMailer({ url: postfix.url, from, reportId });
    mailers.push(mailer);
    return mailer;
  };

  beforeAll(async () => {
    [dovecot, peer] = await Promise.all([startDovecot([SENDER, emailOf(OFFICER)]), startSmtpPeer()]);
    const lmtp = `lmtp:inet:127.0.0.1:${dovecot.lmtpPort}`;
    postfix = await startPostfix({ routes: { 'thaibinh.example': lmtp, '*': `smtp:[127.0.0.1]:${new URL(peer.url).port}` }, warnAfterSeconds: 1 });
    const made = await freshLedger();
    [ledger, stopLedger] = [made.ledger, () => made.stop()];
    await furnish(ledger);
    post = desk(ledger, postfix.url, { mailer: open(SENDER) });
  });
  afterAll(async () => {
    await Promise.all(mailers.map((m) => m.close()));
    await Promise.all([stopLedger?.(), postfix?.stop(), dovecot?.stop(), peer?.stop()]);
  });

  const collect = (url = dovecot.imapUrl(SENDER)) =>
    createCollect({ ...reading, openReader: () => threadReader(), ledger, mailbox: createImapMailbox({ url }), log: { info: () => undefined, warn: () => undefined } })({ now: START });
  const messageTo = (address: string) => ledger.selectFrom('message').select(['key', 'state', 'reason']).where('address', '=', address).executeTakeFirst();
  const inbox = async (address: string) => (await createImapMailbox({ url: dovecot.imapUrl(address) }).read(undefined, 200)).mails;

  it('a mail to somebody who is there arrives; the bounce of one to nobody comes back, and marks the address', async () => {
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: HOST })]);
    await post.freeze({ now: START });
    expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 2 });
    await until('the officer has the mail', async () => (await inbox(emailOf(OFFICER))).length === 1);
    await until('the bounce was collected', async () => { await collect(); return (await messageTo(emailOf(HOST)))?.state === 'bounced'; });
    expect((await messageTo(emailOf(HOST)))?.reason).toMatch(/^5\.1\.1 .*User doesn't exist/);
    expect(await ledger.selectFrom('bad_address').select('address').execute()).toEqual([{ address: emailOf(HOST) }]);
    expect((await messageTo(emailOf(OFFICER)))?.state).toBe('accepted');
  });

  it('a relay that waits says so, and nothing changes', async () => {
    const to = 'cham@noi-khac.example';
    const key = (await messageTo(emailOf(OFFICER)))?.key ?? '';
    peer.fault(to, 'defer-rcpt');
    await open(SENDER).send({ to, key, body: async () => Buffer.from('Subject: x\r\n\r\nx\r\n') });
    const delays = () => ledger.selectFrom('receipt').select(['message', 'detail', 'applied_at']).where('status', '=', 'delayed').execute();
    await until('the delay was collected', async () => { await collect(); return (await delays()).length > 0; });
    expect(await delays()).toMatchObject([{ message: key, detail: expect.stringContaining('4.2.0') }]);
    expect((await messageTo(emailOf(OFFICER)))?.state).toBe('accepted');
  });

  it('what the officer answers becomes a note of the task, by the mail that arrived', async () => {
    const [mail] = await inbox(emailOf(OFFICER));
    const id = /^Message-ID: (<.*>)/im.exec(mail?.bytes.toString('latin1') ?? '')?.[1] ?? '';
    const head = [`From: ${emailOf(OFFICER)}`, `To: ${SENDER}`, 'Message-ID: <r1@thaibinh.example>', `In-Reply-To: ${id}`, 'Content-Type: text/plain; charset=utf-8'];
    const body = Buffer.from([...head, '', 'Đã nhận.', '', 'Vào 08:00 Đôn đốc đã viết:', '> x', ''].join('\r\n'));
    await open(emailOf(OFFICER)).send({ to: SENDER, key: 'of-the-officer', body: async () => body });
    await until('the answer was collected', async () => { await collect(); return (await listReplies(ledger, 'CN18-01')).length > 0; });
    expect(await listReplies(ledger, 'CN18-01')).toMatchObject([{ text: 'Đã nhận.', position: OFFICER }]);
  });

  it('the mailbox shows a mail once, however often its bytes were submitted', async () => {
    const before = (await inbox(emailOf(OFFICER))).length;
    const bytes = (id: string) => async () =>
      Buffer.from(`Message-ID: <${id}@thaibinh.example>\r\nDate: Mon, 22 Oct 2018 08:00:00 +0700\r\nSubject: x\r\n\r\nx\r\n`);
    for (const id of ['twice', 'twice', 'twice', 'last']) {
      expect((await open(SENDER).send({ to: emailOf(OFFICER), key: id, body: bytes(id) })).outcome).toBe('accepted');
    }
    const ids = async () => (await inbox(emailOf(OFFICER))).slice(before).map((m) => /^Message-ID: <(\w+)@/im.exec(m.bytes.toString('latin1'))?.[1]);
    await until('all were delivered', async () => (postfix.log().match(new RegExp(`to=<${emailOf(OFFICER)}>.*status=sent`, 'g')) ?? []).length >= before + 4);
    expect((await ids()).sort()).toEqual(['last', 'twice']);
  });

  it('leaves the mailbox as it was', async () => {
    const mails = await inbox(SENDER);
    await collect();
    expect((await inbox(SENDER)).map((m) => m.uid)).toEqual(mails.map((m) => m.uid));
  });

  it.each([['a wrong password', () => dovecot.imapUrl(SENDER, 'sai')], ['a folder that is not there', () => dovecot.imapUrl(SENDER).replace('INBOX',
    'KhongCo')], ['no server', () => 'imap://a:b@127.0.0.1:1/']])(
    '%s is never an error', async (_name, url) => {
      expect(await collect(url())).toEqual({ collected: 0, left: 0 });
      expect(await readMailboxCheck(ledger)).toMatchObject({ problem: expect.any(String) });
    },
  );
});
