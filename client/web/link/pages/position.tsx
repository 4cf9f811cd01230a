import type { WorkingCalendar } from '../../../../domain/calendar';
import { type CivilDate, dateAt, dmy } from '../../../../domain/time';
import type { Word } from '../../../words';
import type { Undelivered } from '../../../outbox-words';
import type { Holder } from '../../../../ledger/directory';
import type { OpenLink } from '../open-link';
import { choiceOf } from '../proven-person';
import { SESSION_MINUTES } from '../session';
import { HostView } from './host';
import { type Lang, sayIn, useSay } from '../words';
import { Hidden } from './act-form';
import { closedPath, closedWord } from './closed';
import { ForWhom, Frame } from './frame';
import { TaskTable, type WaitingTask } from './task-table';

export type Section = { readonly title: Word; readonly tasks: readonly WaitingTask[] };
type PositionProps = {
  readonly link: OpenLink; readonly lang: Lang; readonly calendar: WorkingCalendar; readonly names: ReadonlyMap<string, string>;
  readonly tasks: readonly WaitingTask[];
  /** By reasons, for who supervises. */
  readonly sections: readonly Section[];
  /** How many tasks are over, counted up to a limit; they stand on a page of their own. */
  readonly closed: number;
  /** What did not arrive; undefined where it is not this unit's matter. */
  readonly undelivered: Undelivered | undefined;
  /** How many answers by mail belong to no task. */
  readonly replies: number;
  /** Since when a calendar is given out. */
  readonly feed: CivilDate | undefined;
  /** Who may prove to be the one at the position. */
  readonly people: readonly Holder[];
  readonly sessionPress: string | undefined; readonly feedPress: string | undefined;
};

type ChoiceProps = { readonly action: string; readonly name: Word; readonly press: string; readonly choices: readonly (readonly [string, Word])[] };
/** A small form: one of several, none of them given. */
const ChoiceForm = ({ action, name, press, choices }: ChoiceProps) => {
  const say = useSay();
  return (
    <form class="act" method="post" action={action} aria-label={say(name)}>
      <Hidden fields={{ press }} />
      <fieldset>
        <legend>{say(name)}</legend>
        {choices.map(([value, label]) => (
          <label class="tick">
            <input type="radio" name="choice" value={value} />
            {say(label)}
          </label>
        ))}
      </fieldset>
      <button type="submit">{say(['Thực hiện', 'Do it'])}</button>
    </form>
  );
};

/** The same choice for each person of the position, by name where there are several. */
const byWhom = (verb: string, people: readonly Holder[], [vi, en]: Word): readonly (readonly [string, Word])[] => people.map((one) => {
  const who = people.length === 1 ? '' : `${one.name}: `;
  return [choiceOf(verb, people, one), [`${who}${vi}`, `${who}${en}`]] as const;
});

const Feed = ({ link, feed, feedPress, people }: Pick<PositionProps, 'link' | 'feed' | 'feedPress' | 'people'>) => {
  const say = useSay();
  if (feedPress === undefined) return <></>;
  return (
    <>
      <h2 id="lich">{say(['Lịch thời hạn', 'Calendar of due dates'])}</h2>
      {feed !== undefined && <p>{`${say(['Đang có một đường dẫn lịch, tạo ngày', 'A link of the calendar is given out since'])} ${dmy(feed)}.`}</p>}
      <ChoiceForm
        action={`${link.path}/lich`} name={['Đường dẫn lịch', 'Link of the calendar']} press={feedPress}
        choices={[
          ...byWhom('make', people, ['Tạo đường dẫn lịch mới (đường dẫn cũ hết hiệu lực), cần mã xác nhận', 'Make a new link (the old one ends); a code is asked']),
          ['end', ['Hủy đường dẫn lịch', 'End the link']],
        ]}
      />
    </>
  );
};

/** A position's own page: what waits for it, each with its way; for who supervises, everything by its reason; then the rest of its unit's tasks. */
export const PositionPage = (props: PositionProps) => {
  const { link, lang, names, tasks, sections } = props;
  const say = sayIn(lang);
  const waiting = tasks.filter((t) => t.todo.length > 0);
  const sessionForm = props.sessionPress === undefined ? undefined : (
    <ChoiceForm
      action={`${link.path}/phien`} name={['Bảng theo dõi, thư và tin nhắn', 'Board and outbox']} press={props.sessionPress}
      choices={[
        ...byWhom('begin', props.people, [
          `Mở trên trình duyệt này, trong ${SESSION_MINUTES} phút (phiên mở trước đó kết thúc), cần mã xác nhận`,
          `Open in this browser, for ${SESSION_MINUTES} minutes; a code is asked`,
        ]),
        ['end', ['Kết thúc mọi phiên của chức danh này', 'End every session of this position']],
      ]}
    />
  );
  const others = tasks.filter((t) => t.todo.length === 0 && !sections.some((s) => s.tasks.includes(t)));
  return (
    <Frame title={say(['Việc của chức danh', 'What waits for this position'])} today={dateAt(link.at)} lang={lang}>
      <ForWhom link={link} names={names} />
      <h2>{say(['Việc cần làm', 'To do'])}</h2>
      {waiting.length === 0
        ? <p>{say(['Không có việc chờ xử lý.', 'Nothing waits.'])}</p>
        : <TaskTable {...props} tasks={waiting} caption={[`${waiting.length} việc`, `${waiting.length} matters`]} />}
      {sections.map((section) => (
        <>
          <h2>{say(section.title)}</h2>
          <TaskTable {...props} tasks={section.tasks} caption={[`${section.tasks.length} nhiệm vụ`, `${section.tasks.length} tasks`]} />
        </>
      ))}
      {others.length > 0 && (
        <>
          <h2>{say(['Nhiệm vụ khác', 'Other tasks'])}</h2>
          <TaskTable {...props} tasks={others} caption={[`${others.length} nhiệm vụ`, `${others.length} tasks`]} />
        </>
      )}
      {props.closed > 0 && <p><a href={closedPath(link, lang)}>{say(closedWord(props.closed))}</a></p>}
      {props.undelivered !== undefined && <HostView {...props} undelivered={props.undelivered} form={sessionForm} />}
      <Feed {...props} />
    </Frame>
  );
};
