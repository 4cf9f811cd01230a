import { threadReader } from '../../support/mailbox-reader';
import type { MailReader } from '../../../activities/collect/reader';

const mail = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');
const html = (body: string): Buffer => mail('Message-ID: <1@x.example>', 'Content-Type: text/html; charset=utf-8', '', body);
const GOOD = mail('From: dau-moi@skhdt.example', 'Message-ID: <r1@skhdt.example>', '', 'Đã nhận.');

describe('a thread that reads mails', () => {
  let reader: MailReader;
  afterEach(() => reader.close());

  it('reads one after the other, and says which is no mail', async () => {
    reader = threadReader();
    const deep = Array.from({ length: 40 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`).join('\r\n');
    expect(await reader.read(GOOD)).toMatchObject({ mail: { kind: 'personal', text: 'Đã nhận.' } });
    expect(await reader.read(Buffer.from(deep))).toEqual({ unread: 'unreadable' });
    expect(await reader.read(GOOD)).toMatchObject({ mail: { kind: 'personal' } });
  });

  it('ends one that takes too long, and reads the next', async () => {
    reader = threadReader({ limitMs: 0 });
    expect(await reader.read(html('<div>'.repeat(40_000)))).toEqual({ unread: 'too-slow' });
    await reader.close();
    reader = threadReader();
    expect(await reader.read(GOOD)).toMatchObject({ mail: { text: 'Đã nhận.' } });
  });

  it.each([
    ['a tag that never ends', `<${'a'.repeat(250_000)}`], ['tags without an end', '<a'.repeat(125_000)], ['comments', '<!--'.repeat(60_000)],
    ['blocks in blocks', '<div>'.repeat(12_000)], ['entities', '&#'.repeat(125_000)], ['lines', 'On x\n'.repeat(12_000)],
    ['attributions', 'Vào '.repeat(60_000)], ['marks of a quote', '>'.repeat(250_000)],
  ])('reads a hostile mail within its limits: %s', async (_what, body) => {
    reader = threadReader();
    expect(await reader.read(html(body))).toHaveProperty('mail');
  });
});
