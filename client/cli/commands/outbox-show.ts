import { isoInstant } from '../../../domain/time';
import { findMessage, type MessageDetail, messageKeys } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { instantText } from '../../history-text';
import { previewText } from '../../preview-text';
import { CLASS_WORDS, MESSAGE_STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import { facts } from '../table';
import { messageJson } from './outbox-list';

/** The message of a key, or of its unique beginning; bad usage where none or several fit. */
export const requireMessage = async (db: Ledger, key: string): Promise<MessageDetail> => {
  const [only, ...others] = await messageKeys(db, key);
  const message = only === undefined ? undefined : await findMessage(db, only);
  if (others.length > 0) throw usage('ambiguous-key', `Có nhiều thư có mã bắt đầu bằng ${key}. Đề nghị ghi mã dài hơn.`);
  if (!message) throw usage('unknown-message', `Không có thư ${key}. Xem "dondoc outbox list".`);
  return message;
};

const show = async ({ out, ledger }: Context, key: string): Promise<void> => {
  const m = await requireMessage(await ledger(), key);
  const lang = out.lang === 'en' ? 1 : 0;
  const attempts = m.attempts.map((a) => ({ number: a.number, startedAt: isoInstant(a.startedAt), bodyStartedAt: a.bodyStartedAt === null ? null : isoInstant(a.bodyStartedAt), endedAt: a.endedAt === null ? null : isoInstant(a.endedAt), outcome: a.outcome, detail: a.detail }));
  out.print({ ...messageJson(m), attempts, notices: m.notices, preview: m.preview ?? null }, () =>
    [
      facts([
        [out.say('Mã', 'Key'), m.key],
        [out.say('Tới', 'To'), `${m.address} (${m.positions.join(', ')})`],
        [out.say('Loại', 'Class'), wordOf(CLASS_WORDS, m.class)[lang]],
        [out.say('Tiêu đề', 'Subject'), m.subject ?? '–'],
        [out.say('Tình trạng', 'State'), `${wordOf(MESSAGE_STATE_WORDS, m.state)[lang]}${m.reason === null ? '' : ` (${m.reason})`}`],
        ...m.attempts.map((a) => [out.say(`Lần gửi ${a.number}`, `Attempt ${a.number}`), `${instantText(a.startedAt)}: ${a.outcome ?? '…'}${a.detail === null ? '' : `, ${a.detail}`}`] as const),
        [out.say('Thông báo', 'Notices'), m.notices.map((n) => `${n.task ?? '–'} ${n.kind}`).join(', ') || '–'],
      ]),
      '',
      previewText(m.preview) ?? out.say('Nội dung không còn được lưu.', 'The body is no longer kept.'),
    ].join('\n'));
};

export const outboxShow: Register = (outbox, run, say) => {
  outbox.command('show').description(
    say('Một thư, các lần gửi và nội dung (đường dẫn riêng được che)', 'One message with its attempts and text (secrets blanked)')
  ).argument('<KEY>').action(run(show));
};
