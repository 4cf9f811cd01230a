import { dateAt } from '../../../../domain/time';
import type { ActedEvent } from '../../../../domain/task';
import type { Press } from '../../../../ledger/presses';
import { instantText, positionWord } from '../../../history-text';
import { ACT_WORDS, STATE_WORDS, type Word, wordOf } from '../../../words';
import { Facts } from '../../pages/layout';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { Frame, NO_SIGNATURE } from './frame';

type ReceiptProps = {
  readonly link: OpenLink; readonly lang: Lang; readonly path: string; readonly press: Press; readonly event: ActedEvent | undefined; readonly code: string;
  readonly names: ReadonlyMap<string, string>; readonly personName: string | undefined;
};

const standing = ({ press, event }: Pick<ReceiptProps, 'press' | 'event'>): Word => {
  if (event !== undefined) return ['Đã ghi nhận.', 'Recorded.'];
  if (press.seq !== null) return [
    'Đã tiếp nhận, đang ghi sổ. Đề nghị tải lại trang sau ít phút để xem kết quả.', 'Taken, being recorded. Reload this page in a minute.',
  ];
  if (press.refused !== null) return [
    'Không được chấp nhận; chưa ghi nhận gì. Đề nghị xem lại tình trạng hiện tại.', 'Refused; nothing was recorded. See the current state.',
  ];
  return [
    'Đã gửi, chưa có trả lời. Đề nghị tải lại trang sau ít phút; nếu vẫn chưa có, đề nghị thực hiện lại.',
    'Sent, and no answer yet. Reload this page in a minute; if nothing comes, do it again.',
  ];
};

/** What became of one press. Reloading finds an answer that was lost on the way. */
export const ReceiptPage = ({ link, lang, path, press, event, code, names, personName }: ReceiptProps) => {
  const say = sayIn(lang);
  const at = event?.at ?? press.decidedAt;
  const state = event?.result.state ?? press.state;
  return (
    <Frame title={say(['Biên nhận', 'Receipt'])} today={dateAt(link.at)} lang={lang}>
      <p class="said" role="status">{say(standing({ press, event }))}</p>
      <Facts
        pairs={[
          [say(['Mã biên nhận', 'Receipt']), <span class="code">{code}</span>],
          [say(['Nhiệm vụ', 'Task']), press.task],
          [say(['Việc', 'Act']), say(wordOf(ACT_WORDS, press.act))],
          [say(['Chức danh', 'Position']), say(positionWord(link.position, names))],
          ...(personName === undefined ? [] : [[say(['Người thực hiện', 'Who acted']), personName] as const]),
          ...(at === null ? [] : [[say(['Thời điểm', 'When']), instantText(at)] as const]),
          ...(state === null || state === undefined ? [] : [[say(['Tình trạng nhiệm vụ', 'State']), say(wordOf(STATE_WORDS, state))] as const]),
          ...(
            event?.actor.proof === 'email' ? [
              [say(['Mức xác thực', 'Proof']), say(['Mã qua thư điện tử (thấp hơn mã qua điện thoại)', 'Code by mail (weaker than by phone)'])] as const,
            ] : []
          ),
        ]}
      />
      <p>{say(NO_SIGNATURE)}</p>
      <p><a href={path}>{say(['Về trang nhiệm vụ', 'Back to the task'])}</a></p>
    </Frame>
  );
};
