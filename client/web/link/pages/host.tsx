import type { Child } from 'hono/jsx';
import { dateAt, dmy } from '../../../../domain/time';
import { positionWord } from '../../../history-text';
import {
  CHANNEL_WORDS, countForPerson, needsPerson, nextStepText, ODD_MAIL_STEP, ODD_MAIL_WORDS, oddMailText, stateText, type Undelivered, UNPLACED_STEPS, UNPLACED_WORDS,
  UNSEALED_STEP, UNSEALED_WORDS, unsealedText,
} from '../../../outbox-words';
import { CLASS_WORDS, type Word, wordOf } from '../../../words';
import { CardTable } from '../../pages/layout';
import { type Lang, sayIn } from '../words';

type HostProps = {
  readonly undelivered: Undelivered; /** How many answers by mail wait for a reader; what was written, with people's numbers under it, is for the board. */
  readonly replies: number; readonly names: ReadonlyMap<string, string>; readonly lang: Lang;
  /** Opens the board; undefined where forms are not taken. */
  readonly form: Child;
};
/** The rest stands on the board. */
const MOST = 20;

const UNDELIVERED_HEADS: readonly Word[] = [['Thông báo', 'Message'], ['Dành cho', 'For'], ['Ngày', 'Day'], ['Tình trạng', 'State'], ['Việc cần làm', 'What to do']];
const MEND: Word = ['Bổ sung, sửa danh bạ (dondoc directory import).', 'Mend the directory (dondoc directory import).'];

const undeliveredRows = ({ undelivered: { messages, unplaced, oddMails, unsealed }, names, lang }: HostProps) => {
  const say = sayIn(lang);
  const index = lang === 'en' ? 1 : 0;
  const ofMessages = messages.filter(needsPerson).map((m) => [
    m.subject ?? say(wordOf(CLASS_WORDS, m.class)), m.positions.map((p) => say(positionWord(p, names))).join('; '), dmy(dateAt(m.frozenAt)),
    `${say(wordOf(CHANNEL_WORDS, m.channel))}: ${stateText(m, index)}`, nextStepText(m, index),
  ]);
  const ofSeats = unplaced.map((u) => [
    `${u.notices} ${say(['thông báo', 'notices'])}${u.tasks.length === 0 ? '' : `: ${u.tasks.join(', ')}`}`, say(positionWord(u.position, names)), '–',
    say(wordOf(UNPLACED_WORDS, u.why)), say(UNPLACED_STEPS[u.why] ?? MEND),
  ]);
  const ofMailbox = oddMails.map((m) => [oddMailText(m, index), '–', dmy(dateAt(m.foundAt)), say(ODD_MAIL_WORDS[m.why]), say(ODD_MAIL_STEP)]);
  const ofActs = unsealed.map((a) => [
    unsealedText(a, index), say(positionWord(a.position, names)), dmy(dateAt(a.seenAt)), say(UNSEALED_WORDS[a.why]), say(UNSEALED_STEP),
  ]);
  return [...ofActs, ...ofMessages, ...ofSeats, ...ofMailbox].slice(0, MOST);
};

const countWord = (count: number): Word => (count === 0
  ? ['Không có thông báo nào cần xử lý vì không gửi được.', 'Nothing undelivered waits for a person.']
  : [`${count} việc cần xử lý vì không gửi được; xem đủ ở bảng theo dõi, mục "Không gửi được".`, `${count} undelivered matters wait for a person; all of them stand on the board.`]);

/** What the host unit looks after besides tasks: what did not arrive, each with its next step, answers about no task, and the board. */
export const HostView = (props: HostProps) => {
  const { undelivered, replies, lang, form } = props;
  const say = sayIn(lang);
  const rows = undeliveredRows(props);
  return (
    <>
      <h2>{say(['Không gửi được', 'Undelivered'])}</h2>
      <p>{say(countWord(countForPerson(undelivered)))}</p>
      {rows.length > 0 && <CardTable caption={say([`${rows.length} dòng`, `${rows.length} rows`])} heads={UNDELIVERED_HEADS.map(say)} rows={rows} />}
      {replies > 0 && (
        <p>{say([
          `${replies} thư trả lời không thuộc nhiệm vụ nào (chưa xác thực); xem ở bảng theo dõi, mục "Thư và tin nhắn".`,
          `${replies} answers by mail about no task (not verified): they stand on the board.`,
        ])}</p>
      )}
      <h2>{say(['Bảng theo dõi', 'The board'])}</h2>
      {form}
    </>
  );
};
