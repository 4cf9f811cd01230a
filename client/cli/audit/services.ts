import type { Settings } from '../../../config/env';
import { filledUrl } from '../../../domain/sms-request';
import { relayAnswers } from '../one-mail';
import { canConnect } from '../probes';
import type { Finding } from './finding';

const MAIL_AWAY: Finding = {
  code: 'mail-away', what: ['Không kết nối được máy chủ thư, hoặc tài khoản bị từ chối', 'The mail relay does not answer, or refuses the account'],
  next: ['Kiểm tra SMTP_URL, tài khoản và tường lửa; chạy "dondoc doctor --send-test ĐỊA-CHỈ".', 'See SMTP_URL, its account and the firewall; run "dondoc doctor --send-test ADDRESS".'],
};
const SMS_AWAY: Finding = {
  code: 'sms-away', what: ['Không kết nối được tổng đài tin nhắn', 'The SMS gateway cannot be reached'],
  next: ['Kiểm tra địa chỉ tổng đài và tường lửa.', 'See the address of the gateway and the firewall.'],
};

const gatewayAnswers = ({ description, values }: NonNullable<Settings['sms']>): Promise<boolean> => {
  const { hostname, port, protocol } = new URL(filledUrl(description.request.url, { ...description.defaults, ...values }));
  return canConnect(hostname, Number(port) || (protocol === 'https:' ? 443 : 80));
};

/** Relay and gateway: each that is set must answer. `smtpUrl`: the relay, or the inbox of a running `up`; null where there is none. */
export const serviceFindings = async (settings: Settings, smtpUrl: string | null): Promise<readonly Finding[]> => {
  const [mail, sms] = await Promise.all([smtpUrl === null || relayAnswers(settings, smtpUrl), settings.sms === null || gatewayAnswers(settings.sms)]);
  return [...(mail ? [] : [MAIL_AWAY]), ...(sms ? [] : [SMS_AWAY])];
};
