import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Activities } from '../contracts/activities';
import type { Ledger } from '../ledger/connect';
import { createAttend } from './attend';
import { createCollect } from './collect';
import { type MailReader, openMailReader } from './collect/reader';
import { createCommit } from './commit';
import { createFreeze } from './freeze';
import { recordingPass } from './freeze/last-pass';
import { beating } from './heartbeat';
import { createReportNeedsRepair } from './needs-repair';
import { createOpen } from './open';
import { createPokePost } from './poke-post';
import type { LinkKeys, Log, Mailbox, Mailer, Render, SmsGateway } from './ports';
import { createRenewTasks } from './renew-tasks';
import { createRetain } from './retain';
import { createSend } from './send';
import { createPace } from './send/pace';
import { createStartMessage } from './send/trouble';

export type ActivityDeps = Render & {
  readonly ledger: Ledger;
  readonly client: Client;
  readonly mailer: Mailer;
  /** Where bounces and answers arrive; null where the site reads none. */
  readonly mailbox: Mailbox | null;
  /** Left out: threads of the compiled program. */
  readonly openMailReader?: () => MailReader;
  /** Null where the site has no gateway: then what a notice says goes by mail alone. */
  readonly sms: SmsGateway | null;
  readonly log: Log;
  readonly settings: { readonly publicUrl: string; readonly smsPublicUrl: string; readonly mailFrom: string; readonly linkKeys: LinkKeys; readonly dailyLimit: number; readonly keepBodiesDays: number; readonly mailRate?: number | null };
};

export { createEmbeddedSms } from './adapters/embedded-sms';
export type { DkimKey } from './adapters/dkim';
export { createImapMailbox } from './adapters/imap';
export { createSmtpMailer } from './adapters/smtp';
export { addressOfSender } from './freeze/mime';
export type { LinkKeys, Log, Mailbox, Mailer, Render, SendResult, SmsGateway } from './ports';

/** Stands in where there is no gateway: nothing is frozen for it, so nothing but a message frozen before reaches it. */
const NO_GATEWAY: SmsGateway = { name: 'none', ratePerSecond: null, concurrency: 1, keyHoldsMinutes: null, send: async () => ({ outcome: 'rejected', detail: 'no gateway' }) };

const beat = (): void => Context.current().heartbeat();

/** Every activity of a worker, over its dependencies. */
export const createActivities = (deps: ActivityDeps): Activities => {
  const { ledger, client, settings } = deps;
  const pokePost = createPokePost({ client, ledger });
  const sms = deps.sms ?? NO_GATEWAY;
  const delivery = {
    ...deps, sms, linkKeys: settings.linkKeys, pokePost, startMessage: createStartMessage({ client, ledger }), pace: { email: createPace(settings.mailRate ?? null), sms: createPace(sms.ratePerSecond) },
    isCancelled: () => Context.current().cancellationSignal.aborted,
  };
  return {
    open: createOpen({ ledger }), commit: createCommit({ ledger, keys: settings.linkKeys.byId, pokePost }), reportNeedsRepair: createReportNeedsRepair({ ledger }),
    freeze: beating(beat, recordingPass(ledger, createFreeze({ ...deps, hasSms: deps.sms !== null, hasMailbox: deps.mailbox !== null }))), send: beating(beat, createSend(delivery)),
    attend: beating(beat, createAttend(delivery)), collect: beating(beat, createCollect({ ...deps, linkKeys: settings.linkKeys, openReader: deps.openMailReader ?? openMailReader })),
    retain: beating(beat, createRetain({ ledger, keepBodiesDays: settings.keepBodiesDays })),
    renewTasks: createRenewTasks({ ledger, client }),
  };
};
