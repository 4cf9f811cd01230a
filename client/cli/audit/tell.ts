import type { Settings } from '../../../config/env';
import { instantText } from '../../history-text';
import { sendOneMail } from '../one-mail';
import type { Finding, FindingCode } from './finding';

export type Dated = Finding & { readonly since: number };

const PING_MS = 10_000;

const bad = (findings: readonly Dated[]) => ({
  subject: `[Đôn đốc] Cảnh báo hệ thống: ${findings.length} vấn đề cần xử lý`,
  text: [
    'Kính gửi quản trị hệ thống,', '', 'Lần tự kiểm tra vừa qua của hệ thống Đôn đốc phát hiện:', '',
    ...findings.flatMap(({ code, what, since, next }, i) => [`${i + 1}. ${what[0]} (từ ${instantText(since)}; mã ${code}).`, `   ${next[0]}`, '']),
    'Hệ thống sẽ báo thêm một lần khi có vấn đề khác, và một lần khi mọi việc trở lại bình thường. Xem lại bất cứ lúc nào: dondoc audit', '',
  ].join('\n'),
});
const good = {
  subject: '[Đôn đốc] Hệ thống hoạt động bình thường trở lại',
  text: ['Kính gửi quản trị hệ thống,', '', 'Lần tự kiểm tra vừa qua không còn phát hiện vấn đề nào.', ''].join('\n'),
};

/**
 * The notice `system-alert`: one mail, by SMTP itself, when something turns bad that was not told yet, and one when all is good again. Answers with what the
 * administrator knows now; as before where the mail was not taken, so that the next run tells.
 */
export const tellAdmin = async (
  settings: Settings, smtpUrl: string | null, findings: readonly Dated[], told: readonly FindingCode[]
): Promise<readonly FindingCode[]> => {
  const codes = [...new Set(findings.map((f) => f.code))];
  const isNew = codes.some((code) => !told.includes(code));
  const isOver = codes.length === 0 && told.length > 0;
  if (settings.admin === null || smtpUrl === null || !(isNew || isOver)) return told;
  const { outcome } = await sendOneMail(settings, smtpUrl, { to: settings.admin, ...(isOver ? good : bad(findings)) });
  if (outcome !== 'accepted' && outcome !== 'ambiguous') return told;
  return isOver ? [] : [...new Set([...told, ...codes])];
};

/**
 * A dead man's switch in the manner of healthchecks.io: its address where all is good, the same with `/fail` otherwise, with the codes found as the body.
 * False where it did not answer.
 */
export const ping = async (url: string, codes: readonly FindingCode[]): Promise<boolean> => {
  const target = new URL(url);
  if (codes.length > 0) target.pathname = `${target.pathname.replace(/\/+$/, '')}/fail`;
  return fetch(target, { method: 'POST', body: codes.join('\n'), redirect: 'manual', signal: AbortSignal.timeout(PING_MS) }).then((r) => r.ok, () => false);
};
