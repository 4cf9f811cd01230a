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
    'Hệ thống sẽ báo thêm một lần khi có vấn đề khác hoặc một vấn đề đã hết lại xuất hiện, và một lần khi mọi việc trở lại bình thường. Xem lại bất cứ lúc nào: dondoc audit', '',
  ].join('\n'),
});
const good = {
  subject: '[Đôn đốc] Hệ thống hoạt động bình thường trở lại',
  text: ['Kính gửi quản trị hệ thống,', '', 'Lần tự kiểm tra vừa qua không còn phát hiện vấn đề nào.', ''].join('\n'),
};

/** Codes of three runs: found now, found by the run before, and told to the administrator. */
type Runs = { readonly found: readonly FindingCode[]; readonly before: readonly FindingCode[]; readonly told: readonly FindingCode[] };

/** What is still known to be bad: a trouble that two runs in a row did not find is over, and news when it comes again. */
const stillKnown = ({ found, before, told }: Runs): readonly FindingCode[] =>
  told.filter((code) => found.includes(code) || before.includes(code));

/**
 * The notice `system-alert`: one mail, by SMTP itself, when something turns bad that the administrator does not know of, and one when all is good again. Answers
 * with what the administrator knows now; as before where the mail was not taken, so that the next run tells.
 */
export const tellAdmin = async (
  settings: Settings, smtpUrl: string | null, findings: readonly Dated[], last: Pick<Runs, 'before' | 'told'>,
): Promise<readonly FindingCode[]> => {
  const found = [...new Set(findings.map((f) => f.code))];
  const known = found.length === 0 ? last.told : stillKnown({ ...last, found });
  const isNew = found.some((code) => !known.includes(code));
  const isOver = found.length === 0 && known.length > 0;
  if (settings.admin === null || smtpUrl === null || !(isNew || isOver)) return known;
  const { outcome } = await sendOneMail(settings, smtpUrl, { to: settings.admin, ...(isOver ? good : bad(findings)) });
  if (outcome !== 'accepted' && outcome !== 'ambiguous') return known;
  return isOver ? [] : [...new Set([...known, ...found])];
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
