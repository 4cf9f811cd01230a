import { sql } from 'kysely';
import { createCollect } from '../../activities/collect';
import { dateAt, type Instant } from '../../domain/time';
import type { Position } from '../../domain/plan';
import type { Ledger } from '../../ledger/connect';
import { insertLinks, revokeTaskLinks } from '../../ledger/links';
import { hashSecret, mintSecret } from '../../links';
import { desk, digestNotice, LINK_KEY, reportId } from './delivery';
import type { LinkOffice } from './link-office';
import { reading } from './mailbox-reader';

export type HotPath = { readonly name: string; readonly run: () => Promise<unknown> };

const OFFICER = 'tb-skhdt/officer';
const CLERK = 'tb-skhdt/clerk';
const HOST_OFFICER = 'tb-sct/officer';
const log = { info: () => undefined, warn: () => undefined };

/** The address of a calendar that the officer's program polls. */
const calendarOf = async (ledger: Ledger, now: Instant): Promise<string> => {
  const secret = mintSecret({ key: LINK_KEY, keyId: 'k1', linkId: 'hot-calendar', kind: 'email' });
  await insertLinks(ledger, [{
    id: 'hot-calendar', hash: hashSecret(secret), keyId: 'k1', kind: 'calendar', slot: 's', message: null, notice: null, position: OFFICER, person: null,
    task: null, step: null, version: null, expiresOn: '2030-01-01',
  }], now);
  return `/lich/${secret}.ics`;
};

/** A line of today's digest for an officer, planned as a rung would. */
const planOne = async (ledger: Ledger, now: Instant, no: number): Promise<void> => {
  const { facts } = digestNotice('CN18-05', OFFICER);
  const key = `hot-${no}`;
  await sql`insert into notice (key, about_type, about_id, task, plan, kind, to_position, channels, class, grp, reason, decided_at, send_at, facts)
    values (${key}, 'task', 'CN18-05', 'CN18-05', 'CN18', 'reminder', ${OFFICER}, '{email}', 'act', ${key}, 'act:remind', ${new Date(now)}, ${new Date(now)},
      ${JSON.stringify(facts)}::jsonb)`.execute(ledger);
  await sql`insert into delivery (notice, channel, state, send_at) values (${key}, 'email', 'planned', ${new Date(now)})`.execute(ledger);
};

/** A report of failure for the message that was sent last. */
const bounce = async (ledger: Ledger, no: number): Promise<Buffer> => {
  const { key, address } = await ledger.selectFrom('message').select(['key', 'address']).where('key', 'not like', 'k%').orderBy('frozen_at', 'desc').limit(1).executeTakeFirstOrThrow();
  return Buffer.from([
    'From: MAILER-DAEMON@relay.example', `Message-ID: <b${no}@relay.example>`, 'Content-Type: multipart/report; boundary=b', '', '--b',
    'Content-Type: message/delivery-status', '', `Original-Envelope-Id: ${reportId(key)}`, '', `Final-Recipient: rfc822; ${address}`, 'Action: failed',
    'Status: 4.4.1', '', '--b--', '',
  ].join('\r\n'));
};

/** What happens all day: passes of the post, acts and pages by link, the board, what comes back. `board` answers the pages of this machine. */
export const hotPaths = (office: LinkOffice, smtpUrl: string, board: (path: string) => Promise<number>): readonly HotPath[] => {
  const { ledger } = office;
  const hands = desk(ledger, smtpUrl);
  let count = 0;
  let calendar: Promise<string> | undefined;
  const pass = async (): Promise<void> => {
    await hands.freeze({ now: office.now });
    await hands.send({ now: office.now, limit: 500 });
  };
  const opened = async (path: string): Promise<void> => {
    const { status } = await office.get(path);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
  };
  const own = async (position: Position): Promise<void> => opened(await office.link(position, null));
  const page = async (path: string): Promise<void> => {
    const status = await board(path);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
  };
  return [
    { name: 'a pass with nothing to do', run: pass },
    {
      name: 'a pass that sends one mail',
      run: async () => {
        await planOne(ledger, office.now, (count += 1));
        await pass();
      },
    },
    { name: "a task's page by link", run: async () => office.get(await office.link(OFFICER, 'CN18-05')) },
    { name: "a position's own page by link", run: () => own(OFFICER) },
    { name: 'an act by link', run: async () => office.press(`${await office.link(OFFICER, 'CN18-05')}`, 'report-progress', { text: `Đang làm ${(count += 1)}.` }) },
    { name: 'the links of a task passed on', run: () => revokeTaskLinks(ledger, 'CN18-05', OFFICER, 'đã chuyển', office.now) },
    { name: "a clerk's own page by link", run: () => own(CLERK) },
    { name: "the host unit's own page by link", run: () => own(HOST_OFFICER) },
    { name: "a position's calendar", run: async () => opened(await (calendar ??= calendarOf(ledger, office.now))) },
    {
      name: 'a mail that comes back',
      run: async () => {
        const bytes = await bounce(ledger, (count += 1));
        const mailbox = { read: async () => ({ uidValidity: '1', mails: [{ uid: count, bytes }], left: 0 }) };
        await createCollect({ ...reading, ledger, mailbox, log })({ now: office.now });
      },
    },
    ...['/', '/tasks/CN18-05', '/outbox', '/undelivered'].map((path) => ({ name: `the board: ${path}`, run: () => page(path) })),
  ];
};

/** The day on which the office of the tests lives, as the ledger grows towards it. */
export const dayBefore = (now: Instant): string => `${dateAt(now - 24 * 60 * 60 * 1000)}T01:00:00Z`;
