import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Activities } from '../contracts/activities';
import type { Ledger } from '../ledger/connect';
import { createCommit } from './commit';
import { createFreeze } from './freeze';
import { createReportNeedsRepair } from './needs-repair';
import { createOpen } from './open';
import { createPokePost } from './poke-post';
import type { LinkKeys, Log, Mailer, Render, SmsGateway } from './ports';
import { createRetry } from './retry';
import { createSend } from './send';
import { createStartMessage } from './send/trouble';

export type ActivityDeps = Render & {
  readonly ledger: Ledger;
  readonly client: Client;
  readonly mailer: Mailer;
  readonly sms: SmsGateway;
  readonly log: Log;
  readonly settings: { readonly publicUrl: string; readonly smsPublicUrl: string; readonly mailFrom: string; readonly linkKeys: LinkKeys };
};

export { createEmbeddedSms } from './adapters/embedded-sms';
export { createSmtpMailer } from './adapters/smtp';
export { addressOfSender } from './freeze/mime';
export type { LinkKeys, Log, Mailer, Render, SendResult, SmsGateway } from './ports';

/** Every activity of a worker, over its dependencies. */
export const createActivities = (deps: ActivityDeps): Activities => {
  const { ledger, client, settings } = deps;
  const pokePost = createPokePost({ client, ledger });
  const delivery = {
    ...deps, linkKeys: settings.linkKeys, pokePost, startMessage: createStartMessage({ client, ledger }),
    heartbeat: () => Context.current().heartbeat(), isCancelled: () => Context.current().cancellationSignal.aborted,
  };
  return {
    open: createOpen({ ledger }), commit: createCommit({ ledger, pokePost }), reportNeedsRepair: createReportNeedsRepair({ ledger }),
    freeze: createFreeze(deps), send: createSend(delivery), retry: createRetry(delivery),
  };
};
