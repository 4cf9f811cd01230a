import type { Mailer, SendResult, SmsGateway } from '../activities';
import type { Channel } from '../domain/notice';
import type { Meters } from '../metrics';

/** Counts what a submission came to, and how long it took. */
const counted = async (meters: Meters, channel: Channel, work: Promise<SendResult>): Promise<SendResult> => {
  const before = performance.now();
  const result = await work;
  meters.submitted(channel, result.outcome, (performance.now() - before) / 1000);
  return result;
};

export const meteredMailer = (mailer: Mailer, meters: Meters): Mailer => ({ ...mailer, send: (mail) => counted(meters, 'email', mailer.send(mail)) });
export const meteredSms = (sms: SmsGateway, meters: Meters): SmsGateway => ({ ...sms, send: (one) => counted(meters, 'sms', sms.send(one)) });
