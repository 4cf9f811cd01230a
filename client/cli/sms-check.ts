import { SHIPPED_GATEWAYS } from '../../config/gateways/read';
import type { Settings } from '../../config/env';
import { filledUrl, sendsByTemplate } from '../../domain/sms-request';
import { readDirectory } from '../../ledger/directory';
import { registeredTexts, smsTemplatesWithoutLink } from '../../messages';
import { readRunFile } from '../run-file';
import type { Check } from './check';
import type { Context } from './context';
import { canConnect } from './probes';

const NAME = 'sms-gateway';
const NAMED = 5;
const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail });
const warning = (name: string, detail: string, remedy: string): Check => ({ name, state: 'warning', detail, remedy });

const linkCheck = ({ smsPublicUrl }: Settings, prefix: string): Check => {
  const tooLong = smsTemplatesWithoutLink(prefix, smsPublicUrl);
  const detail = `đường dẫn ${smsPublicUrl}/t/…`;
  if (tooLong.length === 0) return ok('sms', detail);
  const words = `${detail} quá dài, các mẫu sau gửi không kèm đường dẫn: ${tooLong.join(', ')}`;
  return warning('sms', words, 'Đặt SMS_PUBLIC_URL bằng một địa chỉ ngắn hơn.');
};

const withoutGateway = async ({ databaseUrl, home }: Settings): Promise<Check> =>
  databaseUrl === null && (await readRunFile(home)) !== undefined
    ? ok(NAME, 'tin nhắn trình diễn')
    : warning(
      NAME, 'chưa có SMS_GATEWAY: mọi tin nhắn bị bỏ qua, chỉ gửi thư',
      `Đặt SMS_GATEWAY: ${SHIPPED_GATEWAYS.join(', ')}, hoặc tệp mô tả của tổng đài khác (docs/sms-gateways.md).`,
    );

type Gateway = NonNullable<Settings['sms']>;
const addressCheck = async ({ description, values }: Gateway): Promise<Check> => {
  const { hostname, port, protocol } = new URL(filledUrl(description.request.url, { ...description.defaults, ...values }));
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  const detail = `${description.name} tại ${hostname}:${number}`;
  if (await canConnect(hostname, number)) return ok(NAME, detail);
  return { name: NAME, state: 'failed', detail: `không kết nối được ${detail}`, remedy: 'Kiểm tra địa chỉ tổng đài và tường lửa.' };
};

const receiptCheck = ({ description }: Gateway, { smsCallbackSecret, publicUrl }: Settings): Check[] => {
  if (description.receipt === null) return [];
  if (smsCallbackSecret !== null) return [ok('sms-receipts', `${publicUrl}/sms/receipt/${description.name}/…`)];
  return [warning(
    'sms-receipts', 'chưa có SMS_CALLBACK_SECRET: không biết tin nhắn có đến máy hay không',
    'Đặt SMS_CALLBACK_SECRET: chuỗi ngẫu nhiên ít nhất 32 chữ cái và chữ số.',
  )];
};

const templateCheck = ({ description }: Gateway, { smsPublicUrl }: Settings, prefix: string): Check[] => {
  if (!sendsByTemplate(description)) return [];
  const missing = registeredTexts(prefix, smsPublicUrl).map(({ id }) => id).filter((id) => !Object.hasOwn(description.templates, id));
  if (missing.length === 0) return [ok('sms-templates', `${Object.keys(description.templates).length} mẫu`)];
  const named = `${missing.slice(0, NAMED).join(', ')}${missing.length > NAMED ? ', …' : ''}`;
  return [warning(
    'sms-templates', `${missing.length} mẫu chưa có mã của nhà mạng, tin theo các mẫu đó bị từ chối: ${named}`,
    'Đăng ký mẫu và điền mục templates của tệp mô tả (docs/sms-gateways.md).',
  )];
};

/** Text messages: do the links fit, is there a gateway and can it be reached, are receipts asked for, has the operator every text. */
export const smsChecks = async (context: Context, settings: Settings): Promise<readonly Check[]> => {
  const prefix = (await context.ledger().then(readDirectory).then((d) => d?.smsPrefix, () => undefined)) ?? 'SCT TB';
  const { sms } = settings;
  const links = linkCheck(settings, prefix);
  if (sms === null) return [links, await withoutGateway(settings)];
  return [links, await addressCheck(sms), ...receiptCheck(sms, settings), ...templateCheck(sms, settings, prefix)];
};
