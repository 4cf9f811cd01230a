import { isoInstant } from '../../../domain/time';
import { listMessages, type MessageRow } from '../../../ledger/board';
import { type Held, readHeld } from '../../../ledger/outbox';
import type { MessageState } from '../../../ledger/schema';
import { instantText } from '../../history-text';
import { awaitsText, stateText } from '../../outbox-words';
import { UNSAID_STEP, unsaidText } from '../../unsaid-words';
import { CLASS_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import type { Output } from '../output';
import { parseChoice } from '../parse';
import { wrap } from '../table';

const STATES: readonly MessageState[] = ['frozen', 'body_started', 'accepted', 'rejected', 'ambiguous', 'delivered', 'bounced', 'superseded', 'failed'];

const TROUBLE: readonly MessageState[] = ['rejected', 'ambiguous', 'bounced', 'failed'];

const isoOrNull = (at: number | null): string | null => (at === null ? null : isoInstant(at));

export const messageJson = (m: MessageRow) => ({
  key: m.key, plan: m.plan, channel: m.channel, address: m.address, class: m.class, group: m.group, positions: m.positions, subject: m.subject, state: m.state, reason: m.reason,
  attempt: m.attempt, frozenAt: isoInstant(m.frozenAt), settledAt: isoOrNull(m.settledAt), nextTryAt: isoOrNull(m.nextTryAt), awaits: m.awaits, failedOverAt: isoOrNull(m.failedOverAt),
});

const messageText = (m: MessageRow, out: Output): string => {
  const lang = out.lang === 'en' ? 1 : 0;
  const what = `${m.channel === 'sms' ? 'SMS' : out.say('Thư', 'Mail')} → ${m.address}: ${m.subject ?? wordOf(CLASS_WORDS, m.class)[lang]}`;
  const awaited = awaitsText(m, lang);
  const lines = [...wrap(what, 76), ...(awaited === undefined ? [] : wrap(`→ ${awaited}`, 76))];
  return `${instantText(m.frozenAt)}  ${m.key}  ${out.paint(TROUBLE.includes(m.state) ? 'red' : 'green', stateText(m, lang))}\n    ${lines.join('\n    ')}`;
};

/** What waits for a person, with the command that lets it go; nothing where nothing does. */
export const heldText = ({ starts, restored, unsaid }: Held, { say }: Output): readonly string[] => [
  ...starts.map((s) => say(
    `Đang giữ: lần khởi động ${s.id} của kế hoạch ${s.plan} (${s.tasks} nhiệm vụ, ${s.notices} thông báo${s.messages === null ? '' : `, ngày đầu khoảng ${s.messages} tin`}). Cho gửi: dondoc outbox release ${s.id}`,
    `Held: start ${s.id} of plan ${s.plan} (${s.tasks} tasks, ${s.notices} notices${s.messages === null ? '' : `, about ${s.messages} messages on the first day`}). To let it go: dondoc outbox release ${s.id}`,
  )),
  ...(restored === 0 ? [] : [say(
    `Đang giữ: ${restored} thông báo có thể đã gửi trước khi khôi phục sổ cái. Cho gửi: dondoc outbox release --restored`,
    `Held: ${restored} notices that may have been sent before the ledger was restored. To let them go: dondoc outbox release --restored`,
  )]),
  ...unsaid.map((one) => say(`Chưa lập được: ${unsaidText(one)}`, `Could not be written: ${unsaidText(one, 1)}`)),
  ...(unsaid.length === 0 ? [] : [say(...UNSAID_STEP)]),
];

const list = async ({ out, ledger }: Context, options: { readonly state?: string; readonly limit: string }): Promise<void> => {
  const state = options.state === undefined ? undefined : parseChoice(options.state, STATES, '--state');
  const db = await ledger();
  const limit = Math.max(1, Math.trunc(Number(options.limit)) || 200);
  const found = await listMessages(db, { limit: limit + 1, ...(state && { state }) });
  const rows = found.slice(0, limit);
  const held = heldText(await readHeld(db), out).flatMap((line) => wrap(line, 80));
  out.print(rows.map(messageJson), () => {
    const lines = rows.length === 0 ? [out.say('Không có thư nào phù hợp.', 'No message matches.')] : rows.map((m) => messageText(m, out));
    const more = found.length > limit ? ['', out.say(`Còn thư cũ hơn: --limit ${limit * 5}`, `There are older ones: --limit ${limit * 5}`)] : [];
    return [...held, ...(held.length === 0 ? [] : ['']), ...lines, ...more].join('\n');
  });
};

export const outboxList: Register = (outbox, run, say) => {
  outbox.command('list').description(
    say('Thư và tin nhắn, mới trước; đầu danh sách là những gì chờ cho phép gửi', 'Messages, newest first; above them what waits for a release')
  ).option('--state <STATE>', STATES.join(', ')).option('--limit <N>', say('nhiều nhất', 'at most'), '200').action(run(list));
};
