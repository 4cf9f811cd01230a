import { createSmtpMailer } from '../../../activities/adapters/smtp';
import type { Mailer } from '../../../activities/ports';
import { type Fault, type SmtpPeer, startSmtpPeer } from '../../support/smtp-peer';

const TO = 'dau-moi@skhdt.example';
const BYTES = Buffer.from('Subject: x\r\n\r\n.dong dau\r\nhai\r\n');

describe('a submission by SMTP', () => {
  let peer: SmtpPeer;
  let mailer: Mailer;
  beforeEach(async () => {
    peer = await startSmtpPeer();
    mailer = createSmtpMailer({ url: peer.url, from: 'don-doc@thaibinh.example', silenceMs: 300 });
  });
  afterEach(async () => {
    await mailer.close();
    await peer.stop();
  });

  const sendWith = async (fault: Fault) => {
    peer.fault(TO, fault);
    let asked = 0;
    const result = await mailer.send({ to: TO, body: async () => { asked += 1; return BYTES; } });
    return { ...result, asked };
  };

  it('gives the bytes as they are', async () => {
    expect(await sendWith('none')).toMatchObject({ outcome: 'accepted', asked: 1 });
    expect(peer.taken[0]?.bytes.equals(BYTES)).toBe(true);
  });

  it.each<[Fault, string, number]>([
    ['drop-at-rcpt', 'not-sent', 0],
    ['defer-rcpt', 'not-sent', 0],
    ['refuse-rcpt', 'rejected', 0],
    ['defer-body', 'not-sent', 1],
    ['refuse-body', 'rejected', 1],
    ['drop-in-body', 'ambiguous', 1],
    ['drop-after-dot', 'ambiguous', 1],
    ['stall-after-dot', 'ambiguous', 1],
  ])('%s is %s, and the body was asked for %i times', async (fault, outcome, asked) => {
    expect(await sendWith(fault)).toMatchObject({ outcome, asked });
  });

  it('sends nothing where the body is refused by the ledger', async () => {
    const result = await mailer.send({ to: TO, body: () => Promise.reject(new Error('the attempt is over')) });
    expect(result.outcome).toBe('not-sent');
    expect(peer.taken).toHaveLength(0);
  });

  it('is not sent where no server answers', async () => {
    await peer.stop();
    expect(await sendWith('none')).toMatchObject({ outcome: 'not-sent', asked: 0 });
  });
});
