import type { Settings } from '../../config/env';
import { HOUR_MS } from '../../domain/time';
import { readAudit } from '../../ledger/settings';
import { instantText } from '../history-text';
import type { Check } from './check';
import type { Context } from './context';

const NAME = 'audit';
/** A timer runs it each few minutes. */
const OLD_MS = 2 * HOUR_MS;
const REMEDY = 'Chạy "dondoc audit" bằng cron hoặc systemd (docs/operations.md, "Watching it"); đặt DONDOC_ADMIN và DONDOC_PING_URL.';

const waysOf = ({ admin, pingUrl, canaryPhone }: Settings): string => [
  admin === null ? 'không báo bằng thư (chưa đặt DONDOC_ADMIN)' : 'báo bằng thư cho quản trị',
  ...(pingUrl === null ? [] : ['có DONDOC_PING_URL']), ...(canaryPhone === null ? [] : ['có tin nhắn kiểm tra hằng ngày']),
].join(', ');

/** Whether somebody looks from outside, and who is told; a demonstration needs nobody. */
export const auditCheck = async ({ ledger, io }: Context, settings: Settings): Promise<Check> => {
  const last = await ledger().then(readAudit, () => undefined);
  const ways = waysOf(settings);
  if (last === undefined) return { name: NAME, state: settings.databaseUrl === null ? 'ok' : 'warning', detail: `chưa chạy lần nào; ${ways}`, ...(settings.databaseUrl === null ? {} : { remedy: REMEDY }) };
  const detail = `lần cuối ${instantText(last.at)}, ${last.codes.length === 0 ? 'không phát hiện vấn đề nào' : `phát hiện ${last.codes.join(', ')}`}; ${ways}`;
  return io.now() - last.at > OLD_MS ? { name: NAME, state: 'warning', detail, remedy: REMEDY } : { name: NAME, state: 'ok', detail };
};
