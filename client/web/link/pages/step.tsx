import type { Child } from 'hono/jsx';
import { isWeighty } from '../../../../domain/authority';
import { type CivilDate, dateAt } from '../../../../domain/time';
import { details } from '../../../history-details';
import { instantText, positionWord, whatHappened, whoDid } from '../../../history-text';
import { dayText } from '../../../task-line';
import { ACT_WORDS, PROVISIONAL, type Word, wordOf } from '../../../words';
import { CardTable, Facts } from '../../pages/layout';
import { TaskFacts } from '../../pages/task';
import { aboutOf } from '../about';
import { type Todo, todoOf } from '../todo';
import type { OpenLink } from '../open-link';
import type { SeenTask } from '../see-task';
import { type Lang, sayIn, useSay } from '../words';
import { ACT_FORMS } from '../forms';
import { ActFormView, type Kept } from './act-form';
import { FilesView } from './files';
import { ForWhom, Frame, Wrong } from './frame';
import { DraftsView, PapersView } from './papers';

export type StepProps = {
  readonly link: OpenLink; readonly seen: SeenTask; readonly lang: Lang;
  /** Where the page's forms go. */
  readonly path: string;
  readonly pressFor: (act: string) => string;
  /** Why nothing can be done at this moment, though the page shows. */
  readonly away?: Word | undefined;
  readonly said?: readonly Word[] | undefined;
  readonly kept?: Kept | undefined;
};

/** Who decided last, and when: what a second person is told. */
export const LastAct = ({ seen }: { readonly seen: SeenTask }) => {
  const say = useSay();
  if (seen.last === undefined) return <></>;
  const { act, by, at } = seen.last;
  const what = `${say(['Việc đã được xử lý gần nhất', 'Last decision'])}: ${say(wordOf(ACT_WORDS, act))}`;
  return <p class="said">{`${what} – ${say(positionWord(by, seen.names))}, ${instantText(at)}.`}</p>;
};

type AskedProps = { readonly todo: Todo; readonly seen: SeenTask; readonly path: string };
/** What has to be read first, with its file. */
const About = ({ todo, seen: { history, names }, path }: AskedProps) => {
  const say = useSay();
  const pairs = aboutOf(todo, history).map((row) => {
    const file = row.event.type === 'acted' && 'file' in row.event.fields ? row.event.fields.file : undefined;
    const lines = [say(whoDid(row, names)), ...details(row, names).map(say)];
    const items = lines.map((line) => <li>{line}</li>);
    return [say(whatHappened(row)), <ul class="plain">{items}{file !== undefined && <li><a href={`${path}/tep/${file.id}`} download={row.fileName ?? ''}>{row.fileName ?? say(['tệp dự thảo', 'the draft'])}</a></li>}</ul>] as const;
  });
  return pairs.length === 0 ? <></> : <Facts pairs={pairs} />;
};

const Asked = ({ todo, seen, path }: AskedProps) => {
  const { what, by, ahead, act } = todo;
  const { acts, calendar } = seen;
  const say = useSay();
  const day = (on: CivilDate): string => dayText(calendar, on, say(PROVISIONAL));
  const pairs: (readonly [string, Child])[] = [
    [say(['Việc cần làm', 'What is asked']), <strong>{say(what)}</strong>],
    ...(by === undefined ? [] : [[say(['Chậm nhất', 'By']), `${say(['ngày', 'on'])} ${day(by)}`] as const]),
    ...(ahead === undefined ? [] : [[say(['Nếu chưa có kết quả', 'If nothing comes']), `${say(['ngày', 'on'])} ${day(ahead.on)}: ${say(ahead.what)}`] as const]),
  ];
  return (
    <>
      <Facts pairs={pairs} />
      {act !== undefined && acts.includes(act) && <p><a class="go" href={`#act-${act}`}>{say(ACT_FORMS[act]?.button ?? ACT_WORDS[act])}</a></p>}
      <About todo={todo} seen={seen} path={path} />
    </>
  );
};

/** What is asked, by when, what comes if nothing does, and the way to do it: all of it before anything else. */
const AllAsked = ({ link, seen, path }: Pick<StepProps, 'link' | 'seen' | 'path'>) => {
  const say = useSay();
  const todo = seen.state === undefined ? [] : todoOf(seen.state, link.position, seen.names);
  return (
    <section class="asked" aria-label={say(['Việc cần làm', 'What is asked'])}>
      {todo.length === 0 && <p>{say(['Không có việc chờ chức danh này.', 'Nothing waits for this position.'])}</p>}
      {todo.map((one) => <Asked todo={one} seen={seen} path={path} />)}
    </section>
  );
};

const History = ({ seen }: { readonly seen: SeenTask }) => {
  const say = useSay();
  const rows = [...seen.history].reverse().map((row) => [
    instantText(row.effectiveAt), say(whatHappened(row)), say(whoDid(row, seen.names)), <ul class="plain">{details(row, seen.names).map((line) => <li>{say(line)}</li>)}</ul>,
  ]);
  const heads = [say(['Thời điểm', 'When']), say(['Việc', 'What']), say(['Ai, bằng cách nào', 'Who, and how']), say(['Nội dung', 'Text'])];
  return (
    <details>
      <summary>{say(['Nhật ký', 'History'])}</summary>
      <CardTable caption={say([`${rows.length} sự kiện, mới trước`, `${rows.length} events, newest first`])} heads={heads} rows={rows} />
    </details>
  );
};

const NOTHING: Word = ['Không có thao tác nào dành cho chức danh này ở tình trạng hiện tại.', 'Nothing can be done by this position in this state.'];

const Forms = ({ seen, path, pressFor, kept }: Pick<StepProps, 'seen' | 'path' | 'pressFor' | 'kept'>) => {
  const say = useSay();
  if (seen.acts.length === 0) return <p>{say(NOTHING)}</p>;
  return (
    <>
      {seen.acts.map((act) => (
        <ActFormView
          act={act} path={path} press={pressFor(act)} shown={seen.shown} people={seen.people} offers={seen.offers} kept={kept} isWeighty={isWeighty(act)}
        />
      ))}
    </>
  );
};

/** A task as one position sees it, with everything that it may do now. Shown, never changed, by opening it. */
export const StepPage = ({ link, seen, lang, path, pressFor, away, said = [], kept }: StepProps) => {
  const say = sayIn(lang);
  const canAct = seen.acts.length > 0;
  return (
    <Frame title={`${say(['Nhiệm vụ', 'Task'])} ${seen.line.id}`} today={dateAt(link.at)} lang={lang} isAnswer={kept !== undefined}>
      {said.length > 0 && <Wrong lines={said.map(say)} />}
      {away !== undefined && canAct && <Wrong lines={[say(away)]} />}
      {seen.line.isConfidential ? (
        <>
          <TaskFacts line={seen.line} calendar={seen.calendar} />
          <p>{say(['Đề nghị xem và xử lý văn bản đã gửi qua đường văn thư.', 'Please see the paper that was sent by post.'])}</p>
        </>
      ) : (
        <>
          <p class="title">{seen.line.title}</p>
          <AllAsked link={link} seen={seen} path={path} />
          <LastAct seen={seen} />
          <DraftsView papers={seen.papers} path={path} />
          <h2>{say(['Thực hiện', 'Act'])}</h2>
          <Forms seen={seen} path={path} pressFor={pressFor} kept={kept} />
          <h2>{say(['Thông tin nhiệm vụ', 'The task'])}</h2>
          <TaskFacts line={seen.line} calendar={seen.calendar} />
          <PapersView papers={seen.papers} path={path} />
          <FilesView link={link} seen={seen} path={path} press={pressFor('file')} kept={kept} />
          <History seen={seen} />
        </>
      )}
      <ForWhom link={link} names={seen.names} />
    </Frame>
  );
};
