import type { WorkingCalendar } from '../../../domain/calendar';
import { STATES } from '../../../domain/task';
import type { CivilDate } from '../../../domain/time';
import { daysLeftText, dayText, type TaskLine } from '../../task-line';
import { PROVISIONAL, rungWord, STATE_WORDS, TIMELINESS_WORDS, type Word } from '../../words';
import { useSay } from '../link/words';
import { CardTable, Layout } from './layout';

export type BoardProps = {
  readonly today: CivilDate;
  readonly calendar: WorkingCalendar;
  readonly lines: readonly TaskLine[];
  readonly leads: readonly (readonly [id: string, name: string])[];
  readonly filter: { readonly lead: string; readonly state: string };
};
export const CONFIDENTIAL: Word = ['Đề nghị xem văn bản đã gửi qua đường văn thư', 'Please see the paper that was sent by post'];

/** State and timeliness in words; the colour beside them is never the only sign. */
export const Mark = ({ line }: { readonly line: TaskLine }) => {
  const say = useSay();
  if (line.needsRepair !== null) return <span class="mark bad">{say(['Cần khôi phục (dondoc repair)', 'Needs repair (dondoc repair)'])}</span>;
  if (line.isConfidential) return <>–</>;
  if (line.state === null) return <span class="mark">{say(['Chờ khởi động', 'Not begun'])}</span>;
  const word = say(STATE_WORDS[line.state]);
  if (line.timeliness === null || line.timeliness === 'none') return <span class="mark suspended">{word}</span>;
  const timeliness = say(TIMELINESS_WORDS[line.timeliness]);
  const isSaid = line.state === 'completed' || line.state === 'submitted';
  return <span class={`mark ${line.timeliness}`}>{isSaid ? timeliness : `${word}, ${timeliness.toLowerCase()}`}</span>;
};

export const NextRung = ({ line, calendar }: { readonly line: TaskLine; readonly calendar: WorkingCalendar }) => {
  const say = useSay();
  return line.nextRung === null ? <>–</> : <>{`${line.nextRung}: ${say(rungWord(line.nextRung))}, ${say(['ngày', 'on'])} ${dayText(calendar, line.nextRungOn, say(PROVISIONAL))}`}</>;
};

const Filter = ({ leads, filter }: Pick<BoardProps, 'leads' | 'filter'>) => (
  <form method="get" action="/" aria-label="Lọc nhiệm vụ">
    <div>
      <label for="lead">Đơn vị chủ trì</label>
      <select id="lead" name="lead">
        <option value="">Tất cả</option>
        {leads.map(([id, name]) => (
          <option value={id} selected={id === filter.lead}>{name}</option>
        ))}
      </select>
    </div>
    <div>
      <label for="state">Tình trạng</label>
      <select id="state" name="state">
        <option value="">Tất cả</option>
        <option value="overdue" selected={filter.state === 'overdue'}>Quá hạn</option>
        {STATES.map((state) => (
          <option value={state} selected={state === filter.state}>{STATE_WORDS[state][0]}</option>
        ))}
      </select>
    </div>
    <button type="submit">Lọc</button>
  </form>
);

const row = (line: TaskLine, calendar: WorkingCalendar) => [
  <a href={`/tasks/${line.id}`}>{line.id}</a>,
  line.title ?? CONFIDENTIAL[0],
  line.leadName ?? '–',
  dayText(calendar, line.dueOn),
  daysLeftText(line.daysLeft),
  <Mark line={line} />,
  line.level === null ? '–' : line.level === 0 ? 'Không' : `Mức ${line.level}`,
  <NextRung line={line} calendar={calendar} />,
];

export const BoardPage = ({ today, calendar, lines, leads, filter }: BoardProps) => (
  <Layout title="Bảng nhiệm vụ" today={today} isBoard>
    <Filter leads={leads} filter={filter} />
    {lines.length === 0 ? (
      <p>Không có nhiệm vụ nào phù hợp.</p>
    ) : (
      <CardTable
        caption={`${lines.length} nhiệm vụ`}
        heads={['Mã', 'Nội dung', 'Chủ trì', 'Thời hạn', 'Còn lại', 'Tình trạng', 'Quá hạn', 'Bước nhắc tiếp theo']}
        rows={lines.map((line) => row(line, calendar))}
      />
    )}
  </Layout>
);
