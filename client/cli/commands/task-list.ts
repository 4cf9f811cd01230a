import { STATES, type TaskStateName } from '../../../domain/task';
import { dmy } from '../../../domain/time';
import { listTasks } from '../../../ledger/board';
import { calendarOf } from '../../services';
import { daysLeftText, isOverdue, silenceWord, taskLine, type TaskLine } from '../../task-line';
import { STATE_WORDS, TIMELINESS_WORDS } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import type { Output } from '../output';
import { parseChoice, parseDay } from '../parse';
import { table } from '../table';

type Options = {
  readonly state?: string;
  readonly lead?: string;
  readonly overdue?: boolean;
  readonly silent?: boolean;
  readonly dueBefore?: string;
  readonly plan?: string;
};

/** `Đang thực hiện, sắp đến hạn`: state and timeliness, said once where they say the same. */
export const stateText = (line: TaskLine, out: Output): string => {
  const lang = out.lang === 'en' ? 1 : 0;
  if (line.needsRepair !== null) return out.paint('red', out.say('Cần khôi phục', 'Needs repair'));
  if (line.isConfidential) return '–';
  if (line.state === null) return out.say('Chờ khởi động', 'Starting');
  const state = STATE_WORDS[line.state][lang];
  if (line.timeliness === null || line.timeliness === 'none') return state;
  const words = TIMELINESS_WORDS[line.timeliness][lang];
  const said = line.state === 'completed' || line.state === 'submitted' ? words : `${state}, ${words.toLowerCase()}`;
  return isOverdue(line) || line.timeliness === 'completed-late' ? out.paint('red', said) : line.timeliness === 'due-soon' || line.timeliness === 'due-today' ? out.paint('yellow', said) : said;
};

const row = (line: TaskLine, out: Output): string[] => [
  line.id,
  line.title ?? out.say('(xem văn bản đã gửi)', '(see the document sent)'),
  line.leadName ?? '–',
  line.dueOn === null ? '–' : `${dmy(line.dueOn)} ${line.daysLeft === null ? '' : out.say(daysLeftText(line.daysLeft), `${line.daysLeft} working days`)}`.trim(),
  [stateText(line, out), ...(line.silence === null ? [] : [out.say(...silenceWord(line.silence))])].join('; '),
];

const list = async ({ out, ledger, today }: Context, options: Options): Promise<void> => {
  const state = options.state === undefined ? undefined : parseChoice<TaskStateName>(options.state, STATES, '--state');
  const dueBefore = options.dueBefore === undefined ? undefined : parseDay(options.dueBefore, '--due-before');
  const db = await ledger();
  const [day, calendar, rows] = await Promise.all([
    today(), calendarOf(db),
    listTasks(
      db,
      { ...(state && { state }), ...(dueBefore && { dueBefore }), ...(options.lead && { lead: options.lead }), ...(options.plan && { plan: options.plan }) },
    ),
  ]);
  const lines = rows
    .map((r) => taskLine(r, calendar, day))
    .filter((l) => (!options.overdue || isOverdue(l)) && (!options.silent || l.silence !== null));
  const columns = [
    { head: out.say('Mã', 'Id'), width: 8 }, { head: out.say('Nội dung', 'Title'), width: 22 }, { head: out.say('Chủ trì', 'Lead'), width: 12 },
    { head: out.say('Hạn', 'Due'), width: 10 }, { head: out.say('Tình trạng', 'State'), width: 12 },
  ];
  out.print(lines, () => (lines.length === 0 ? out.say('Không có nhiệm vụ nào phù hợp.', 'No task matches.') : table(columns, lines.map((l) => row(l, out)))));
};

export const taskList: Register = (task, run, say) => {
  task
    .command('list')
    .description(say('Danh sách nhiệm vụ', 'Lists tasks'))
    .option('--state <STATE>', say(`tình trạng: ${STATES.join(', ')}`, `state: ${STATES.join(', ')}`))
    .option('--lead <UNIT>', say('mã đơn vị chủ trì, ví dụ tb-skhdt', 'id of the lead, such as tb-skhdt'))
    .option('--plan <PLAN>', say('mã kế hoạch', 'code of the plan'))
    .option('--overdue', say('chỉ nhiệm vụ quá hạn', 'only overdue tasks'))
    .option(
      '--silent',
      say(
        'chỉ nhiệm vụ đang tạm ngừng nhắc (cam kết, tạm dừng), với ngày kết thúc',
        'only silent tasks (committed, suspended), with the end',
      ),
    )
    .option('--due-before <DATE>', say('hạn trước ngày này', 'due before this day'))
    .action(run(list));
};
