import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { buildMime } from '../../../activities/freeze/mime';
import { quotedPrintable } from '../../../activities/freeze/quoted-printable';
import { fillSlots, mintSecret, slotFor } from '../../../links';

const calendar = (slot: string): string => `BEGIN:VCALENDAR\r\nURL:https://nv.example/t/${slot.slice(0, 5)}\r\n ${slot.slice(5)}\r\nEND:VCALENDAR\r\n`;
const build = (text: string, slot = 'X') => buildMime({
  key: 'k1', from: 'Đôn đốc <don-doc@thaibinh.example>', to: 'a@x.example', now: Date.UTC(2018, 9, 22, 1),
  mail: {
    subject: 'Giao nhiệm vụ: “cơ chế”', text, html: `<p>${text}</p>`, thread: 'CN18-05',
    attachments: [
      { filename: 'CN18-05.ics', contentType: 'text/calendar; charset=utf-8; method=PUBLISH', content: Buffer.from(calendar(slot)) },
      { filename: 'kế hoạch.txt', contentType: 'text/plain', content: Buffer.from('điều 1') },
    ],
  },
});
const LETTERS = fc.string({ unit: fc.constantFrom('a', 'đ', 'ễ', '=', ' ', '\t', '.', '\n', '😀', 'F'), maxLength: 400 });

describe('frozen mails', () => {
  it('are the same bytes for the same message', async () => {
    expect((await build('Kính gửi')).equals(await build('Kính gửi'))).toBe(true);
  });

  it('are read by a mail program as they were written', async () => {
    const mail = await PostalMime.parse(await build('Đề nghị quý Sở\nthực hiện'));
    expect(mail).toMatchObject({ subject: 'Giao nhiệm vụ: “cơ chế”', messageId: '<k1@thaibinh.example>', date: '2018-10-22T01:00:00.000Z', from: { name: 'Đôn đốc' } });
    expect(mail.text?.trim()).toBe('Đề nghị quý Sở\nthực hiện');
    expect(mail.html).toContain('<p>Đề nghị quý Sở');
    expect(mail.attachments.map((a) => a.filename)).toEqual(['CN18-05.ics', 'kế hoạch.txt']);
  });

  it('are filled in text, page and calendar, whatever stands around the link', async () => {
    const slot = slotFor('l1', 'email');
    const secret = mintSecret({ key: 'the key of the tests', keyId: 'k', linkId: 'l1', kind: 'email' });
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 80 }), async (indent) => {
      const stored = await build(`${'ă'.repeat(indent)} https://nv.example/t/${slot}`, slot);
      const filled = fillSlots(stored, new Map([[slot, secret]]));
      expect(filled).toHaveLength(stored.length);
      const mail = await PostalMime.parse(filled);
      const ics = mail.attachments[0]?.content;
      const all = `${mail.text}${mail.html}${ics === undefined ? '' : Buffer.from(ics as ArrayBuffer).toString().replace(/\r?\n /, '')}`;
      expect(all.split(`/t/${secret}`)).toHaveLength(4);
      expect(all).not.toContain(slot);
    }), { numRuns: 30 });
  });

  it('keep every text through quoted-printable, in lines of at most 76 ASCII characters', () => {
    fc.assert(fc.property(LETTERS, (text) => {
      const encoded = quotedPrintable(text);
      expect(encoded).toMatch(/^[\t\x20-\x7e\r\n]*$/);
      expect(encoded.split('\r\n').every((line) => line.length <= 76 && !/[ \t]$/.test(line))).toBe(true);
      const bytes = encoded.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe(text.replace(/\n/g, '\r\n'));
    }));
  });
});
