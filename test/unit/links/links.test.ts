import fc from 'fast-check';
import { fillSlots, hashSecret, linkKeyId, mintSecret, readSecret, SECRET_LENGTH, slotFor } from '../../../links';

const KEY = 'a key of the tests, long enough for HMAC';
const mint = (linkId: string, kind: 'email' | 'sms' = 'email', more: { key?: string; keyId?: string } = {}) => mintSecret({ key: KEY, keyId: 'k1', linkId, kind, ...more });

describe('secrets of links', () => {
  it('are of 128 bits and more in a mail, of 60 in an SMS, in characters that cannot be misread', () => {
    expect(mint('l1')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(mint('l1', 'sms')).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  });

  it('are the same for the same link, and others for another link, key, key id or channel', () => {
    expect(mint('l1')).toBe(mint('l1'));
    const all = [mint('l1'), mint('l2'), mint('l1', 'email', { key: `${KEY}2` }), mint('l1', 'email', { keyId: 'k2' })];
    expect(new Set(all).size).toBe(4);
    expect(mint('l1').startsWith(mint('l1', 'sms'))).toBe(false);
  });

  it('cannot be read off their slot, which is as long', () => {
    for (const kind of ['email', 'sms'] as const) {
      expect(slotFor('l1', kind)).toHaveLength(SECRET_LENGTH[kind]);
      expect(slotFor('l1', kind)).not.toBe(mint('l1', kind));
    }
  });

  it('are read as they were meant: small letters, hyphens, o for 0, l for 1', () => {
    expect(readSecret('abcd-efgh-jkm0')).toBe('ABCDEFGHJKM0');
    expect(readSecret('abcdefghjkmo')).toBe('ABCDEFGHJKM0');
    expect(readSecret('lbcdefghjkmi')).toBe('1BCDEFGHJKM1');
    for (const bad of ['', 'abc', 'ABCDEFGHJKMU', '../../etc/passwd', 'A'.repeat(1000)]) expect(readSecret(bad)).toBeUndefined();
    const secret = mint('l1');
    expect(hashSecret(readSecret(secret.toLowerCase()) ?? '')).toBe(hashSecret(secret));
  });
});

/** Quoted-printable as a mail program does it: lines of at most `width`, broken anywhere outside an escape. */
const softBroken = (text: string, width: number): string => text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('=\r\n') ?? '';

describe('filling slots', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });

  it('replaces every slot wherever a soft break splits it, and gives the same bytes back the other way', () => {
    fc.assert(fc.property(ids, fc.integer({ min: 3, max: 75 }), fc.constantFrom('email', 'sms'), (links, width, kind) => {
      const there = new Map(links.map((id) => [slotFor(id, kind), mint(id, kind)]));
      const back = new Map([...there].map(([slot, secret]) => [secret, slot]));
      const stored = Buffer.from(softBroken(links.map((id) => `Xem: https://nv.example/t/${slotFor(id, kind)} va `).join(''), width), 'latin1');
      const filled = fillSlots(stored, there);
      expect(filled).toHaveLength(stored.length);
      const text = filled.toString('latin1').replaceAll('=\r\n', '');
      for (const [slot, secret] of there) {
        expect(text).toContain(secret);
        expect(text).not.toContain(slot);
      }
      expect(fillSlots(filled, back).equals(stored)).toBe(true);
    }));
  });

  it('leaves every other byte as it is, and the input untouched', () => {
    const slot = slotFor('l1', 'sms');
    const stored = Buffer.concat([Buffer.from([0, 255, 13, 10, 61]), Buffer.from(slot), Buffer.from([200, 13, 10])]);
    const before = Buffer.from(stored);
    const filled = fillSlots(stored, new Map([[slot, mint('l1', 'sms')]]));
    expect(filled.subarray(0, 5).equals(before.subarray(0, 5))).toBe(true);
    expect(filled.subarray(-3).equals(before.subarray(-3))).toBe(true);
    expect(stored.equals(before)).toBe(true);
  });

  it('fills a slot that a calendar line folds', () => {
    const slot = slotFor('l1', 'email');
    const filled = fillSlots(Buffer.from(`URL:https://nv.example/t/${slot.slice(0, 7)}\r\n ${slot.slice(7)}\r\n`), new Map([[slot, mint('l1')]]));
    expect(filled.toString('latin1').replace('\r\n ', '')).toBe(`URL:https://nv.example/t/${mint('l1')}\r\n`);
  });

  it('refuses what would change the length', () => {
    expect(() => fillSlots(Buffer.from('ABC'), new Map([['ABC', 'AB']]))).toThrow(RangeError);
  });
});

it('a changed secret has another name, and the name does not tell the secret', () => {
  const [one, other] = ['a secret of the tests, at least 32 characters long', 'another secret of the tests, at least 32 characters'];
  expect(linkKeyId(one)).toMatch(/^k[0-9a-f]{12}$/);
  expect(linkKeyId(one)).toBe(linkKeyId(one));
  expect(linkKeyId(one)).not.toBe(linkKeyId(other));
});
