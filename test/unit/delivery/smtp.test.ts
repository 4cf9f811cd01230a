import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createSmtpMailer, type SmtpOptions } from '../../../activities/adapters/smtp';
import type { Mailer } from '../../../activities/ports';
import { type Fault, type SmtpPeer, startSmtpPeer } from '../../support/smtp-peer';

const TO = 'dau-moi@skhdt.example';
const HEAD = 'From: a@thaibinh.example\r\nDate: Mon, 22 Oct 2018 08:00:00 +0700\r\nMessage-ID: <k1@thaibinh.example>\r\nSubject: x';
const BYTES = Buffer.from(`${HEAD}\r\n\r\n.dong dau\r\nhai\r\n`);

describe('a submission by SMTP', () => {
  let peer: SmtpPeer;
  const mailers: Mailer[] = [];
  const open = (options: Partial<SmtpOptions> = {}): Mailer => {
    const mailer = createSmtpMailer({ url: peer.url, from: 'don-doc@thaibinh.example', silenceMs: 300, reportId: (key) => `${key}-bi-mat`, ...options });
    mailers.push(mailer);
    return mailer;
  };
  beforeEach(async () => { peer = await startSmtpPeer(['DSN']); });
  afterEach(async () => {
    await Promise.all(mailers.splice(0).map((m) => m.close()));
    await peer.stop();
  });

  const sendWith = async (fault: Fault, mailer: Mailer = open()) => {
    peer.fault(TO, fault);
    let asked = 0;
    const result = await mailer.send({ to: TO, key: 'k1', body: async () => { asked += 1; return BYTES; } });
    return { ...result, asked };
  };

  it('gives the bytes as they are, and says under which name the relay has queued them', async () => {
    expect(await sendWith('none')).toMatchObject({ outcome: 'accepted', asked: 1, providerId: 'Q1ABC' });
    expect(peer.taken[0]?.bytes.equals(BYTES)).toBe(true);
  });

  it.each<[Fault, string, number]>([
    ['drop-at-rcpt', 'not-sent', 0],
    ['defer-rcpt', 'deferred', 0],
    ['refuse-rcpt', 'rejected', 0],
    ['defer-body', 'deferred', 1],
    ['go-away-after-dot', 'deferred', 1],
    ['refuse-body', 'rejected', 1],
    ['drop-in-body', 'ambiguous', 1],
    ['drop-after-dot', 'ambiguous', 1],
    ['stall-after-dot', 'ambiguous', 1],
  ])('%s is %s, and the body was asked for %i times', async (fault, outcome, asked) => {
    expect(await sendWith(fault)).toMatchObject({ outcome, asked });
  });

  it.each<[Fault, boolean]>([
    ['refuse-rcpt', true], ['refuse-rcpt-bare', true], ['refuse-rcpt-policy', false], ['refuse-sender', false], ['refuse-body', false],
  ])('after %s the address itself is to blame: %s', async (fault, isBadAddress) => {
    expect(await sendWith(fault)).toMatchObject({ outcome: 'rejected', isBadAddress });
  });

  it('sends nothing where the body is refused by the ledger', async () => {
    const result = await open().send({ to: TO, key: 'k1', body: () => Promise.reject(new Error('the attempt is over')) });
    expect(result.outcome).toBe('not-sent');
    expect(peer.taken).toHaveLength(0);
  });

  it('is not sent where no server answers', async () => {
    await peer.stop();
    expect(await sendWith('none')).toMatchObject({ outcome: 'not-sent', asked: 0 });
  });

  it('asks for reports of failure and delay that name the message, still without reading the body before the server wants it', async () => {
    expect(await sendWith('refuse-rcpt')).toMatchObject({ asked: 0 });
    expect(peer.commands.find((c) => c.startsWith('MAIL'))).toMatch(/ RET=HDRS ENVID=k1-bi-mat$/);
    expect(peer.commands.find((c) => c.startsWith('RCPT'))).toBe(`RCPT TO:<${TO}> NOTIFY=FAILURE,DELAY ORCPT=rfc822;${TO}`);
  });

  it('asks for no report where the server offers none', async () => {
    await peer.stop();
    peer = await startSmtpPeer();
    await sendWith('none');
    expect(peer.commands.join('\n')).not.toMatch(/ENVID|NOTIFY/);
  });

  describe('signed with DKIM', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const dkim = { domain: 'thaibinh.example', selector: 's1', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };

    /** As a receiver checks it (RFC 6376, relaxed): the fields named in `h`, then the signature's own field without its `b`. */
    const isValid = (bytes: Buffer): boolean => {
      const relaxed = (line: string): string =>
        line.replace(/\r\n(?=[ \t])/g, '').replace(/[ \t]+/g, ' ').replace(/^([^:]+?) ?: ?/, (_, name: string) => `${name.toLowerCase()}:`).trim();
      const head = bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';
      const fields = head.split(/\r\n(?![ \t])/).map(relaxed);
      const own = fields[0] ?? '';
      const signature = /; ?b=(.*)$/.exec(own)?.[1]?.replaceAll(' ', '') ?? '';
      const names = (/ h=([^;]+)/.exec(own)?.[1] ?? '').replaceAll(' ', '').toLowerCase().split(':');
      const signed = names.flatMap((name) => fields.slice(1).filter((f) => f.startsWith(`${name}:`)));
      return createVerify('RSA-SHA256').update([...signed, own.replace(/; ?b=.*$/, '; b=')].join('\r\n'), 'latin1').verify(publicKey, signature, 'base64');
    };

    it('leaves the mail as it is behind a valid signature, the same at every attempt', async () => {
      await sendWith('drop-after-dot', open({ dkim }));
      await sendWith('none', open({ dkim }));
      const [first, second] = peer.taken.map((t) => t.bytes);
      expect(first?.subarray(-BYTES.length).equals(BYTES)).toBe(true);
      expect(isValid(first ?? Buffer.alloc(0))).toBe(true);
      expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
    });

    it('does not ask for the body before the server does', async () => {
      expect(await sendWith('drop-at-rcpt', open({ dkim }))).toMatchObject({ outcome: 'not-sent', asked: 0 });
    });

    it('sends nothing where the key cannot sign', async () => {
      expect(await sendWith('none', open({ dkim: { ...dkim, privateKey: 'none' } }))).toMatchObject({ outcome: 'not-sent' });
      expect(peer.taken).toHaveLength(0);
    });
  });
});
