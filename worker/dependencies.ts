import type { Client } from '@temporalio/client';
import { addressOfSender, createActivities, createImapMailbox, createSmtpMailer, type Log, type Mailer, type SmsGateway } from '../activities';
import { KEEP_BODIES_DAYS, type Settings } from '../config/env';
import type { Activities } from '../contracts/activities';
import type { Ledger } from '../ledger/connect';
import { linkKeyId, reportIdOf } from '../links';
import { renderMail, renderSms } from '../messages';
import type { Meters } from '../metrics';
import { readDkimKey } from './dkim-key';
import { meteredMailer, meteredSms } from './metered';

export type DependencyInput = {
  readonly settings: Pick<Settings, 'publicUrl' | 'smsPublicUrl' | 'mailFrom'> & Partial<Pick<Settings, 'mailRate' | 'returnPath' | 'imapUrl' | 'dkim' | 'dailyLimit' | 'keepBodiesDays' | 'oldLinkSecrets'>>;
  readonly smtpUrl: string;
  /** At least 32 characters. */
  readonly linkSecret: string;
  /** Where text messages go; null where the site has no gateway: then what a notice says goes by mail alone. */
  readonly sms: SmsGateway | null;
  readonly ledger: Ledger;
  readonly client: Client;
  /** Counts what is submitted; left out: nobody looks. */
  readonly meters?: Meters;
  readonly log: Log;
};

export type Dependencies = { readonly activities: Activities; readonly mailer: Mailer; /** Ids of the keys whose seals are taken. */ readonly sealKeys: readonly string[] };

/** Every activity with what it needs, and the mail pool to close at the end. */
export const createDependencies = ({ settings, smtpUrl, linkSecret, sms, ledger, client, meters, log }: DependencyInput): Dependencies => {
  const {
    imapUrl = null, dkim = null, mailRate = null, returnPath = null, dailyLimit = Number.POSITIVE_INFINITY, keepBodiesDays = KEEP_BODIES_DAYS, oldLinkSecrets = [],
  } = settings;
  const mailer = createSmtpMailer({
    url: smtpUrl, from: addressOfSender(settings.mailFrom), reportId: (key) => reportIdOf(linkSecret, key), returnPath, ...(dkim === null ? {} : { dkim: readDkimKey(dkim) }),
  });
  const byId = Object.fromEntries([...oldLinkSecrets, linkSecret].map((secret) => [linkKeyId(secret), secret]));
  const linkKeys = { currentId: linkKeyId(linkSecret), byId };
  const activities = createActivities({
    ledger, client, mailbox: imapUrl === null ? null : createImapMailbox({ url: imapUrl }), log, renderMail, renderSms,
    mailer: meters === undefined ? mailer : meteredMailer(mailer, meters), sms: meters === undefined || sms === null ? sms : meteredSms(sms, meters),
    settings: { publicUrl: settings.publicUrl, smsPublicUrl: settings.smsPublicUrl, mailFrom: settings.mailFrom, linkKeys, mailRate, dailyLimit, keepBodiesDays },
  });
  return { activities, mailer, sealKeys: Object.keys(byId) };
};
