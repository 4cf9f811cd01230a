import { htmlText } from '../../../activities/collect/html-text';
import { readMail, type ReadMail } from '../../../activities/collect/read-mail';
import { replyText } from '../../../activities/collect/reply-text';

const KEY = '0123456789abcdef0123';
const lines = (...all: readonly string[]): Buffer => Buffer.from(all.join('\r\n'), 'utf8');
const reportOf = (mail: ReadMail) => (mail.kind === 'report' ? mail.report : undefined);

/** As Postfix 3.7 writes it. */
const bounce = (perMail: readonly string[], perRecipient: readonly string[], returned: readonly string[] = []): Buffer => lines(
  'Return-Path: <>', 'From: Mail Delivery System <MAILER-DAEMON@relay.example>', 'Subject: Undelivered Mail Returned to Sender',
  'To: don-doc@thaibinh.example', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', 'Message-Id: <1@relay.example>', '', '--b',
  'Content-Type: text/plain; charset=utf-8', '', 'I am sorry.', '',
  '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; relay.example', ...perMail, '', ...perRecipient, '', '--b',
  'Content-Type: text/rfc822-headers', '', ...returned, '', '--b--', '',
);

describe('a report of a mail server', () => {
  it('names the message by the envelope id, the recipient, and the reason', async () => {
    const mail = await readMail(bounce(
      [`Original-Envelope-Id: ${KEY}`, 'X-Postfix-Queue-ID: 2494C99802A'],
      ['Final-Recipient: rfc822; Dau-Moi@skhdt.example', 'Original-Recipient: rfc822;dau-moi@skhdt.example', 'Action: failed', 'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such', '    user'],
    ));
    expect(mail.keys[0]).toBe(KEY);
    expect(reportOf(mail)).toMatchObject({ status: 'failed', code: '5.1.1', queueId: '2494C99802A', recipients: ['dau-moi@skhdt.example',
      'dau-moi@skhdt.example'], detail: '5.1.1 550 5.1.1 no such user' });
  });

  it('is matched by the Message-ID of the headers it returns where it names no envelope id', async () => {
    const mail = await readMail(bounce([], ['Final-Recipient: rfc822; a@b.example', 'Action: delayed', 'Status: 4.4.1'], ['From: x',
      `Message-ID: <${KEY}@thaibinh.example>`]));
    expect(mail).toMatchObject({ kind: 'report', keys: [KEY], report: { status: 'delayed', code: '4.4.1' } });
  });

  it.each([['relayed', undefined], ['expanded', 'delivered'], ['Delivered', 'delivered'], ['nonsense', undefined]])('that says %s means %s', async (action,
    status) => {
    expect(reportOf(await readMail(bounce([], ['Final-Recipient: rfc822; a@b.example', `Action: ${action}`, 'Status: 2.0.0'])))?.status).toBe(status);
  });

  it('of an alias says delivered where one of its members got it', async () => {
    const mail = await readMail(bounce([], ['Final-Recipient: rfc822; a@b.example', 'Action: failed', 'Status: 5.1.1', '',
      'Final-Recipient: rfc822; c@b.example', 'Action: delivered', 'Status: 2.0.0']));
    expect(reportOf(mail)?.status).toBe('delivered');
  });
});

describe('a bounce in words alone', () => {
  const quoted = ['--- Below this line is a copy of the message.', '', 'Subject: [CN18-05] Giao', `Message-ID: <${KEY}@thaibinh.example>`, '', 'Kính gửi'];
  const qmail = (headers: readonly string[], words: readonly string[]) => lines(...headers, 'Message-ID: <b1@x.example>', '', ...words, '', ...quoted);
  const daemon = ['From: MAILER-DAEMON@x.example', 'Subject: failure notice'];

  it('is a failure of the mail whose Message-ID stands in what it gives back, and blames no address', async () => {
    const mail = await readMail(qmail(daemon, ['<dau-moi@skhdt.example>:', 'user does not exist, but will deliver to /alias', '550 5.1.1 no such user here']));
    expect(mail).toMatchObject({ kind: 'report', keys: [KEY], report: { status: 'failed', code: '5.1.1', recipients: [], detail: '550 5.1.1 no such user here' } });
  });

  it('is read from the headers that it gives back as a part of their own', async () => {
    const mail = await readMail(lines('Return-Path: <>', 'From: postmaster@x.example', 'Subject: Undeliverable: [CN18-05]', 'Content-Type: multipart/mixed; boundary=b', '',
      '--b', 'Content-Type: text/plain', '', 'Your message could not be delivered.', '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${KEY}@thaibinh.example>`, '', '--b--'));
    expect(mail).toMatchObject({ kind: 'report', keys: [KEY], report: { status: 'failed' } });
  });

  it.each([
    ['a delay', ['From: MAILER-DAEMON@x.example', 'Subject: Warning: could not send message for past 4 hours'], ['It will be retried.'], { report: { status: 'delayed' } }],
    ['words about something else', ['From: MAILER-DAEMON@x.example', 'Subject: Thông báo'], ['Hộp thư được nâng cấp.'], { kind: 'automatic' }],
    ['an answering machine that quotes', [...daemon, 'Auto-Submitted: auto-replied'], ['Delivery failed?'], { kind: 'automatic' }],
    ['a person who forwards one', ['From: ai-do@skhdt.example', 'Subject: Fwd: failure notice'], ['Thư không gửi được.'], { kind: 'personal', keys: [] }],
  ])('is not seen in %s', async (_what, headers, words, read) => {
    expect(await readMail(qmail(headers, words))).toMatchObject(read);
  });
});

describe('a mail that no person wrote', () => {
  const headers: readonly (readonly [string])[] = [
    ['Auto-Submitted: auto-replied (vacation)'], ['X-Autoreply: yes'], ['Precedence: bulk'], ['Return-Path: <>'], ['List-Id: <tin.example>'],
    ['From: MAILER-DAEMON@relay.example'],
    ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b'],
  ];
  it.each(headers)('is known by %s', async (header) => {
    expect((await readMail(lines(header, `In-Reply-To: <${KEY}@thaibinh.example>`, 'Message-ID: <2@x.example>', '', 'Tôi đi vắng.'))).kind).toBe('automatic');
  });
  it('is not one that says "Auto-Submitted: no"', async () => {
    expect((await readMail(lines('Auto-Submitted: no', 'Message-ID: <2@x.example>', '', 'Đã nhận.'))).kind).toBe('personal');
  });
});

describe('a person\'s answer', () => {
  it('names the mail that it answers, the latest first, and holds what was written', async () => {
    const mail = await readMail(lines(
      'From: =?utf-8?Q?=C4=90=E1=BA=A7u_m=E1=BB=91i?= <Dau-Moi@skhdt.example>', 'Message-ID: <r1@skhdt.example>', `In-Reply-To: <${KEY}@thaibinh.example>`,
      `References: <thread.cn18-05@thaibinh.example>`, ` <${KEY}@thaibinh.example>`,
      'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'Đã gửi văn bản số 12.', '',
      'Vào 08:00, Th 2, 22 thg 10, 2018 Đôn đốc', '<don-doc@thaibinh.example> đã viết:', '', '> Kính gửi quý Sở',
    ));
    expect(mail).toMatchObject({ kind: 'personal', keys: [KEY, 'thread.cn18-05'], from: 'dau-moi@skhdt.example', text: 'Đã gửi văn bản số 12.' });
  });

  it('has the same id when it comes again, and another one for another mail', async () => {
    const one = lines('Message-ID: <r1@skhdt.example>', '', 'a');
    expect((await readMail(one)).id).toBe((await readMail(lines('Received: again', 'Message-ID: <r1@skhdt.example>', '', 'a'))).id);
    expect((await readMail(one)).id).not.toBe((await readMail(lines('Message-ID: <r2@skhdt.example>', '', 'a'))).id);
  });

  it('that is only a file says so', async () => {
    const mail = await readMail(lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', '', '--b',
      'Content-Type: application/pdf', 'Content-Disposition: attachment; filename=a.pdf', '', 'x', '--b--'));
    expect(mail).toMatchObject({ kind: 'personal', text: '(Kèm 1 tệp, xem trong hộp thư)' });
  });

  it('written as HTML alone is read as text', async () => {
    const mail = await readMail(lines('Content-Type: text/html; charset=utf-8', '',
      '<head><style>p{}</style></head><div>Đã <b>ho&agrave;n</b> th&#224;nh &lt;1&gt;.<br>',
      'Cảm&nbsp;ơn</div><!-- x > y --><script>if (a<b) alert(1)</script>',
      '<div>Vào Th 2, Đôn đốc đã viết:<br></div><blockquote>Kính gửi</blockquote>'));
    expect(mail).toMatchObject({ text: 'Đã hoàn thành <1>.\nCảm ơn' });
  });

  it('cut off in the middle of a file is read all the same', async () => {
    const whole = lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', 'Gửi kèm.', '--b',
      'Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', '', 'AAAA'.repeat(100));
    expect(await readMail(whole.subarray(0, whole.length - 37))).toMatchObject({ kind: 'personal', text: expect.stringMatching(/^Gửi kèm\./) });
  });
});

describe('what a person wrote, without what is quoted', () => {
  it.each([
    ['Gmail', 'Đã nhận.\n\nVào Th 2, 22 thg 10, 2018 vào lúc 08:00 Đôn đốc <a@b.example> đã viết:\n\n> Kính gửi\n> nhiệm vụ', 'Đã nhận.'],
    ['Gmail as text of HTML', 'Đã nhận.\n\nVào Th 2, 22 thg 10, 2018 Đôn đốc đã viết:\nKính gửi quý Sở\nnhiệm vụ', 'Đã nhận.'],
    ['Outlook', 'Đã nhận.\n\nTừ: Đôn đốc <a@b.example>\nĐã gửi: Thứ Hai, 22 Tháng Mười 2018 08:00\nTới: x\nChủ đề: y\n\nKính gửi', 'Đã nhận.'],
    ['Outlook in English', 'Đã nhận.\n\n________________________________\nFrom: a\nSent: Monday\n\nDear', 'Đã nhận.'],
    ['Thunderbird', 'Đã nhận.\n\nOn 22/10/2018 08:00, Đôn đốc wrote:\n> Kính gửi', 'Đã nhận.'],
    ['an answer below', 'Vào 08:00 Đôn đốc đã viết:\n> Kính gửi\n> nhiệm vụ\n\nĐã nhận.', 'Đã nhận.'],
    ['answers between the lines', '> Việc 1\nXong.\n> Việc 2\nChưa.', 'Xong.\nChưa.'],
    ['a signature', 'Đã nhận.\n-- \nNguyễn Văn Thử', 'Đã nhận.'],
    ['a forwarded mail', 'Xin chuyển.\n---------- Thư đã chuyển tiếp ---------\nTừ: a\nkhác', 'Xin chuyển.'],
    ['nothing but the quote', '> Kính gửi', ''],
    ['words that only look like a header', 'Từ: ngày mai chúng tôi bắt đầu.\nSau đó báo cáo.', 'Từ: ngày mai chúng tôi bắt đầu.\nSau đó báo cáo.'],
  ])('%s', (_name, text, own) => {
    expect(replyText(text)).toBe(own);
    expect(replyText(text.replaceAll('\n', '\r\n'))).toBe(own);
  });

  it('is cut at ten thousand characters, and says so', () => {
    const text = replyText('ế'.repeat(20_000));
    expect([...text].length).toBeLessThan(10_100);
    expect(text).toMatch(/còn nữa, xem trong hộp thư\)$/);
  });

  it('takes time in proportion to the text, whatever stands in it', () => {
    const started = performance.now();
    replyText(`${'Vào '.repeat(60_000)}\n${'On x\n'.repeat(20_000)}`);
    htmlText(`${'<script>'.repeat(20_000)}${'<'.repeat(100_000)}`);
    htmlText(`${'&#'.repeat(50_000)}${'<a '.repeat(50_000)}${'-'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
