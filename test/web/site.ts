import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedSms } from '../../activities';
import { serveWeb } from '../../client/web/serve';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { startInbox } from '../../embedded/inbox';
import { loadCalendarYears } from '../../ledger/calendar';
import { desk } from '../support/delivery';
import { embeddedEngine } from '../support/ledger';
import { fillLedger, NOW, SECRETS } from '../unit/client/sample-ledger';

export type Site = { readonly board: string; readonly inbox: string; stop(): Promise<void> };
/** One page: what it is, where, and which status it answers with. */
export type Place = { readonly name: string; readonly path: string; readonly on: 'board' | 'inbox'; readonly status: number };
const at = (name: string, on: Place['on'], path: string, status = 200): Place => ({ name, path, on, status });

/** Every page there is. Keys of messages are those of {@link openSite}. */
export const PLACES: readonly Place[] = [
  at('board', 'board', '/'),
  at('board without a task', 'board', '/?lead=tb-sct&state=completed'),
  at('task', 'board', '/tasks/CN18-05'),
  at('confidential task', 'board', '/tasks/CN18-09'),
  at('outbox', 'board', '/outbox'),
  at('message', 'board', '/outbox/m-1'),
  at('undelivered', 'board', '/undelivered'),
  at('what a person must look at', 'board', '/outbox?state=for-person'),
  at('no such page', 'board', '/nothing', 404),
  at('link to a task', 'board', `/t/${SECRETS.task}`),
  at("position's page", 'board', `/t/${SECRETS.page}`),
  at('link to a confidential task', 'board', `/t/${SECRETS.secret}`),
  at('link that has expired', 'board', `/t/${SECRETS.expired}`, 410),
  at('link that was revoked', 'board', `/t/${SECRETS.revoked}`, 410),
  at('link that never was', 'board', `/t/${'0'.repeat(26)}`, 404),
  at('inbox', 'inbox', '/'),
  at('one mailbox', 'inbox', '/?mailbox=dau-moi@skhdt.thaibinh.example'),
  at('one phone', 'inbox', '/?phone=%2B84000000005'),
  at('mail', 'inbox', '/mails/000001'),
  at('no such mail', 'inbox', '/mails/999999', 404),
];

/** The real plan on 02/01/2020, its mails and text messages really sent to the inbox, board and inbox on ports of their own. */
export const openSite = async (): Promise<Site> => {
  const engine = embeddedEngine();
  const ledger = await engine.freshLedger();
  await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
  await fillLedger(ledger);
  const dataDir = mkdtempSync(join(tmpdir(), 'dondoc-web-'));
  const inbox = await startInbox({ dataDir, smtpPort: 0, httpPort: 0 });
  const { freeze, send, phones, mailer } = desk(ledger, inbox.smtpUrl);
  await freeze({ now: NOW });
  await send({ now: NOW, limit: 500 });
  for (const sms of phones) await createEmbeddedSms(inbox).send({ ...sms, at: NOW });
  const web = await serveWeb({ ledger, port: 0 });
  return {
    board: web.url, inbox: inbox.url,
    stop: async () => {
      await Promise.all([mailer.close(), web.close(), inbox.stop()]);
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
