import { createHttpSms } from '../../activities/adapters/http-sms';
import { createCollect } from '../../activities/collect';
import type { Log, Mailbox } from '../../activities/ports';
import { readGateway } from '../../config/gateways/read';
import { createLogger } from '../../config/logging';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { writeText } from '../../ledger/texts';
import { mintSecret } from '../../links';
import { sdkLogger } from '../../worker/runtime';
import { desk, digestNotice, emailOf, furnish, LINK_KEY, notice, plan, UNITS } from '../support/delivery';
import { reading } from '../support/mailbox-reader';
import { startFaultyGateway } from '../support/faulty-gateway';
import { onEachEngine } from '../support/ledger';
import { type Fault, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const FAULTS: readonly Fault[] = ['refuse-rcpt', 'refuse-body', 'defer-rcpt', 'defer-body', 'drop-at-rcpt', 'drop-in-body', 'drop-after-dot', 'go-away-after-dot'];
const SECRETS = { SMS_URL: 'http://127.0.0.1:1', SMS_USER: 'tai-khoan-sms', SMS_PASSWORD: 'mat-khau-sms-9', SMS_SENDER: 'SCT.TB' };
const WORDS = 'Chưa có ý kiến thẩm định của Sở Tài chính';
const REPLY = 'Tôi đã chuyển văn bản cho văn thư';

/** Every line, as it was handed over and as the logger of a process writes it. */
const listen = () => {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: 'trace' }, { write: (line: string) => void lines.push(line) });
  const keep = (level: 'info' | 'warn') => (fields: Readonly<Record<string, unknown>>, message: string): void => {
    lines.push(JSON.stringify(fields), message);
    logger[level](fields, message);
  };
  const log: Log = { info: keep('info'), warn: keep('warn') };
  return { lines, log, logger };
};

const bounce = (key: string, to: string): Buffer => Buffer.from([
  'From: MAILER-DAEMON@relay.example', `Message-ID: <b-${key}@relay.example>`, 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: message/delivery-status', '',
  'Reporting-MTA: dns; relay.example', `Original-Envelope-Id: ${key}`, '', `Final-Recipient: rfc822; ${to}`, 'Action: failed', 'Status: 5.1.1', `Diagnostic-Code: smtp; 550 no mailbox ${to}`, '', '--b--', '',
].join('\r\n'), 'utf8');
const answer = (key: string, from: string): Buffer => Buffer.from([`From: ${from}`, `Message-ID: <r-${key}@don-vi.example>`, `In-Reply-To: <${key}@thaibinh.example>`, 'Content-Type: text/plain; charset=utf-8', '', REPLY].join('\r\n'), 'utf8');

/** A gateway that takes, refuses, hesitates and breaks off, and repeats in its answers what it was given. */
const openGateway = async () => {
  const gateway = await startFaultyGateway([
    { status: 202, body: '0: Accepted for delivery' }, { status: 400, body: `Number(s) denied: +84000000010 ${SECRETS.SMS_PASSWORD}` }, { status: 503, body: 'Temporal failure' }, 'reset', 'half', 'garbage', 'drop',
    { status: 200, body: `unknown ${SECRETS.SMS_USER} ${WORDS}` },
  ]);
  const read = readGateway('kannel', '/');
  if (!read.ok) throw new Error('the description of Kannel has errors');
  return { gateway, sms: createHttpSms({ description: read.value, settings: { ...SECRETS, SMS_URL: gateway.url }, callbackUrl: null }) };
};

onEachEngine((fresh) => {
  it('a day of faults leaves keys in the log, and no address, number, name, secret, title or text', async () => {
    const [ledger, peer, { gateway, sms }] = [await fresh(), await startSmtpPeer(), await openGateway()];
    const { lines, log, logger } = listen();
    await furnish(ledger);
    const post = desk(ledger, peer.url, { log, sms, silenceMs: 1000 });
    const positions = UNITS.flatMap((unit) => (['officer', 'leader'] as const).map((role) => `${unit}/${role}` as const));
    positions.forEach((position, i) => peer.fault(emailOf(position), FAULTS[i % FAULTS.length] ?? 'none'));
    const reason = await writeText(ledger, { subject: 'CN18-01', field: 'reason', content: WORDS, now: START });
    await plan(ledger, 'CN18-01', positions.map((to) => notice('CN18-01', { to, kind: 'returned', channels: ['email', 'sms'], reason: 'act:return', facts: { ...notice('CN18-01').facts, texts: { reason } } })));
    await plan(ledger, 'CN18-02', [digestNotice('CN18-02', 'tb-skhdt/head'), notice('CN18-02', { to: 'khong-co/officer' })]);

    const pass = async (now: Instant): Promise<void> => {
      await post.freeze({ now });
      await post.send({ now, limit: 100 });
      for (const key of new Set(post.started)) await post.attend({ now, key, urgedAt: now });
    };
    await pass(START);
    await pass(START + 10 * MINUTE_MS);
    await comeBack(ledger, log, START + HOUR_MS);
    await pass(START + 2 * HOUR_MS);
    // What escapes an activity is said by the SDK.
    const broken = Object.assign(new Error(`duplicate key: ${emailOf('tb-stc/leader')}`), { detail: `Key (address)=(${emailOf('tb-stc/leader')}) already exists.`, cause: new Error(WORDS) });
    sdkLogger(logger).warn('Activity failed', { error: broken, activityType: 'send', workflowId: 'post' });

    const messages = await ledger.selectFrom('message').select(['key', 'address', 'subject', 'state']).execute();
    expect(new Set(messages.map((m) => m.state)).size).toBeGreaterThan(3);
    expect(messages.filter((m) => lines.join('').includes(m.key)).length).toBeGreaterThan(8);
    expect(lines.some((line) => line.includes('Activity failed'))).toBe(true);
    const said = lines.join('\n');
    const secrets = await privateThings(ledger, messages);
    expect(secrets.length).toBeGreaterThan(60);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    await Promise.all([post.mailer.close(), peer.stop(), gateway.stop()]);
  });
});

/** Bounces and answers of what was taken, one mail that nobody can read, then a mailbox that breaks with a sentence of the server. */
const comeBack = async (ledger: Ledger, log: Log, now: Instant): Promise<void> => {
  const sent = await ledger.selectFrom('message').select(['key', 'address']).where('channel', '=', 'email').execute();
  const mails = sent.flatMap(({ key, address }) => [bounce(key, address), answer(key, address)]).map((bytes, i) => ({ uid: i + 1, bytes }));
  const read: Mailbox['read'] = async () => ({ uidValidity: '1', mails, left: 0 });
  const broken: Mailbox['read'] = async () => { throw Object.assign(new Error('LOGIN failed for don-doc@thaibinh.example'), { responseText: 'don-doc@thaibinh.example', authenticationFailed: true }); };
  await createCollect({ ...reading, ledger, mailbox: { read }, log })({ now });
  await createCollect({ ...reading, ledger, mailbox: { read: broken }, log })({ now });
};

/** Everything of the run that must stay out: contacts with and without their plus, names, secrets of links, subjects, titles, texts, settings. */
const privateThings = async (ledger: Ledger, messages: readonly { readonly address: string; readonly subject: string | null }[]): Promise<readonly string[]> => {
  const [seats, links, bodies, plans] = await Promise.all([
    ledger.selectFrom('seat').select(['name', 'email', 'phone']).execute(), ledger.selectFrom('link').selectAll().execute(),
    ledger.selectFrom('body').innerJoin('message', 'message.key', 'body.message').select(['body.content']).where('message.channel', '=', 'sms').execute(), ledger.selectFrom('plan').select('spec').execute(),
  ]);
  const contacts = [...seats.flatMap((s) => [s.name, s.email, s.phone, s.phone?.slice(3)]), ...messages.map((m) => m.address)];
  const tokens = links.flatMap((l) => [l.slot, mintSecret({ key: LINK_KEY, keyId: l.key_id, linkId: l.id, kind: l.slot.length > 20 ? 'email' : 'sms' })]);
  const texts = [...messages.map((m) => m.subject), ...bodies.map((b) => b.content.toString('utf8').slice(0, 40)), ...plans.flatMap((p) => p.spec.map((t) => t.title)), WORDS, REPLY, LINK_KEY, ...Object.values(SECRETS).slice(1, 3)];
  return [...new Set([...contacts, ...tokens, ...texts].filter((one): one is string => typeof one === 'string' && one.length > 4))];
};
