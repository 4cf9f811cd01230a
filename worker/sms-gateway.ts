import { callbackUrlOf, createHttpSms } from '../activities/adapters/http-sms';
import type { SmsGateway } from '../activities';
import type { Settings } from '../config/env';

/** The site's gateway as its settings describe it; null where it has none: then what a notice says goes by mail alone. */
export const smsGatewayOf = ({ sms, smsCallbackSecret, publicUrl }: Pick<Settings, 'sms' | 'smsCallbackSecret' | 'publicUrl'>): SmsGateway | null =>
  sms && createHttpSms({ description: sms.description, settings: sms.values, callbackUrl: callbackUrlOf(publicUrl, sms.description.name, smsCallbackSecret) });
