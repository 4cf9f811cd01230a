import type { WorkingCalendar } from '../../../domain/calendar';
import type { Directory, Plan } from '../../../domain/plan';
import { rehearse } from '../../../domain/rehearsal';
import { dateAt, dmy, type Instant } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { readDirectory } from '../../../ledger/directory';
import { PlanCodeTaken } from '../../../ledger/plans';
import { addressesOf } from '../../addresses';
import { unknownUnits } from '../../plan-directory';
import { calendarOf, clockOf } from '../../services';
import { PlanWithdrawn, seedsOf, type StartedPlan, startPlan } from '../../start-plan';
import { NOTICE_WORDS } from '../../words';
import { collect, type Register } from '../command';
import { confirmSending, type Context } from '../context';
import { type ExitCode, refused, usage } from '../errors';
import { type LoadedPlan, loadPlan, planOf, type PlanOptions } from '../load-plan';
import type { Output } from '../output';
import { parseDay } from '../parse';
import { endOf, lastDayOf, type Preview, previewOf, startOf } from '../preview';
import { startProgress } from '../progress';
import { wrap } from '../table';

type Options = PlanOptions & { readonly task?: readonly string[]; readonly asOf?: string; readonly dryRun?: boolean; readonly yes?: boolean };
type Ready = { readonly loaded: LoadedPlan; readonly plan: Plan; readonly calendar: WorkingCalendar; readonly startAt: Instant; readonly wanted: readonly string[] };

const chosen = (plan: Plan, ids: readonly string[] | undefined): readonly string[] => {
  const known = plan.tasks.map((t) => t.id);
  const unknown = (ids ?? []).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw usage('unknown-task', `Kế hoạch ${plan.plan.code} không có nhiệm vụ ${unknown.join(', ')}. Các nhiệm vụ: ${known.join(', ')}.`);
  return ids ?? known;
};

/** Every unit that would be written to must be in the directory that messages are addressed from. */
const requireUnits = (plan: Plan, wanted: readonly string[], directory: Directory | undefined): void => {
  if (!directory) throw usage('no-directory', 'Sổ cái chưa có danh bạ. Nạp bằng "dondoc directory import TỆP" rồi khởi động lại.');
  const missing = unknownUnits(plan.tasks.filter((t) => wanted.includes(t.id)), directory);
  if (missing.length > 0) throw usage(
    'unknown-units',
    `Danh bạ chưa có ${missing.length} đơn vị của kế hoạch.`,
    missing.map((id) => ({ where: id, message: 'chưa có trong danh bạ', accepted: 'nạp bằng "dondoc directory import TỆP"' })),
  );
};

const prepare = async ({ io, now, today }: Context, ledger: Ledger | undefined, file: string, options: Options, calendar: WorkingCalendar): Promise<Ready> => {
  const known = ledger && (await readDirectory(ledger));
  const loaded = await loadPlan(io, file, options, known);
  const plan = planOf(loaded);
  const wanted = chosen(plan, options.task);
  const asOf = options.asOf === undefined ? undefined : parseDay(options.asOf, '--as-of');
  const day = ledger ? await today() : dateAt(io.now());
  const startAt = asOf === undefined || asOf === day ? (ledger ? await now() : io.now()) : startOf(asOf);
  return { loaded, plan, calendar, startAt, wanted };
};

const previewFor = ({ loaded, plan, calendar, startAt, wanted }: Ready): Preview => {
  const tasks = plan.tasks.filter((t) => wanted.includes(t.id));
  const seeds = seedsOf(plan, tasks, { calendar, startAt, startId: 'dry-run' });
  const until = lastDayOf(tasks, dateAt(startAt));
  return previewOf(plan, seeds, rehearse({ seeds, acts: [], until: endOf(until), addressOf: addressesOf(loaded.directory.seats) }), until);
};

const messagesText = ({ messages, until }: Preview, out: Output): string =>
  out.say(
    `Nếu không ai xử lý, đến ngày ${dmy(until)} sẽ có ${messages.total} tin gửi đi: ${messages.email} thư, ${messages.sms} tin nhắn SMS; riêng ngày đầu ${messages.firstDay?.total ?? 0}.`,
    `If nobody acts, ${messages.total} messages leave by ${until}: ${messages.email} mails, ${messages.sms} SMS; ${messages.firstDay?.total ?? 0} on the first day.`,
  );

const INDENT = ' '.repeat(14);

/** Per task, one line for each day and notice with everybody it goes to. */
const scheduleText = (preview: Preview, out: Output): string => {
  const lang = out.lang === 'en' ? 1 : 0;
  const linesOf = (task: Preview['tasks'][number]): string[] => {
    const lines = new Map<string, string[]>();
    for (const n of task.schedule) {
      const rung = n.rung === undefined ? '' : ` (${n.rung}${n.milestone === undefined ? '' : `, ${n.milestone}`})`;
      const head = `  ${dmy(n.on)}  ${NOTICE_WORDS[n.kind][lang]}${rung}`;
      lines.set(head, [...(lines.get(head) ?? []), n.to]);
    }
    return [...lines].map(([head, to]) => wrap(`${head} → ${to.join(', ')}`.trimStart(), 66).map((line, i) => `${i === 0 ? '  ' : INDENT}${line}`).join('\n'));
  };
  return preview.tasks.flatMap((task) => [out.paint('bold', `${task.id}, ${task.lead}, ${out.say('hạn', 'due')} ${task.dueOn === null ? '–' : dmy(task.dueOn)}`), ...linesOf(task)]).join('\n');
};

const dryRun = async (context: Context, file: string, options: Options): Promise<void> => {
  const ledger = await context.ledger().catch(() => undefined);
  if (!ledger) context.out.note(
    context.out.say('Chưa nối được sổ cái: dùng danh bạ của tệp và lịch kèm theo.', 'No ledger: the directory of the file and the shipped calendar are used.')
  );
  const ready = await prepare(context, ledger, file, options, await context.calendar());
  if (ledger) requireUnits(ready.plan, ready.wanted, (await readDirectory(ledger)) ?? ready.loaded.directory);
  const preview = previewFor(ready);
  context.out.print(preview, () => `${scheduleText(preview, context.out)}\n${messagesText(preview, context.out)}`);
};

const exitOf = ({ started, refused: known }: StartedPlan): ExitCode => (known.length === 0 ? 0 : started.length === 0 ? 1 : 4);

const heldText = ({ isHeld, startId }: StartedPlan, out: Output): string[] => (isHeld ? [out.say(
  `Số tin của ngày đầu vượt mức cho phép (DONDOC_HOLD_OVER): tất cả đang được giữ lại. Cho gửi bằng "dondoc outbox release ${startId}".`,
  `The first day's messages exceed the limit (DONDOC_HOLD_OVER): all of them are held. Let them go with "dondoc outbox release ${startId}".`,
)] : []);

const resultText = (result: StartedPlan, out: Output): string => {
  const { started, refused: known } = result;
  return [
    ...(
      started.length > 0 ? [
        out.say(`Đã khởi động ${started.length} nhiệm vụ: ${started.join(', ')}.`, `Started ${started.length} tasks: ${started.join(', ')}.`)
      ] : []
    ),
    ...known.map((id) => out.say(`${id}: đã khởi động trước đó, giữ nguyên.`, `${id}: started before, left as it is.`)),
    ...heldText(result, out),
  ].join('\n');
};

const start = async (context: Context, file: string, options: Options): Promise<ExitCode | void> => {
  if (options.dryRun) return dryRun(context, file, options);
  const { io, out } = context;
  const ledger = await context.ledger();
  const ready = await prepare(context, ledger, file, options, await calendarOf(ledger));
  requireUnits(ready.plan, ready.wanted, await readDirectory(ledger));
  const client = await context.temporal();
  const { code } = ready.plan.plan;
  const preview = previewFor(ready);
  const question = out.say(
    `Khởi động ${ready.wanted.length} nhiệm vụ của kế hoạch ${code}. ${messagesText(preview, out)}`,
    `Start ${ready.wanted.length} tasks of plan ${code}. ${messagesText(preview, out)}`,
  );
  if (!(await confirmSending(context, question, options.yes === true))) throw refused(
    'not-confirmed',
    out.say('Đã dừng theo yêu cầu; chưa khởi động gì.', 'Stopped as asked; nothing was started.'),
  );
  const bar = startProgress(io, out.say('Khởi động', 'Starting'), ready.wanted.length);
  try {
    const result = await startPlan({
      ledger, client, plan: ready.plan, file: ready.loaded.file, tasks: ready.wanted, startAt: ready.startAt, now: await context.now(), clock: await clockOf(ledger, io.now()),
      calendar: ready.calendar, onProgress: bar.update, firstDay: { messages: preview.messages.firstDay?.total ?? 0, limit: context.settings().holdOver },
    });
    bar.stop();
    const refusals = result.refused.map((task) => ({ task, code: 'already-started', message: 'Nhiệm vụ đã khởi động trước đó, giữ nguyên.' }));
    out.print({ plan: code, startId: result.startId, started: result.started, held: result.isHeld, refused: refusals }, () => resultText(result, out));
    return exitOf(result);
  } catch (error) {
    throw ruleOf(error, ready.plan);
  } finally {
    bar.stop();
  }
};

const ruleOf = (error: unknown, plan: Plan): unknown => {
  if (error instanceof PlanCodeTaken) return refused(
    'code-taken',
    `Mã ${error.code} đã thuộc về kế hoạch "${error.title}"; kế hoạch "${plan.plan.title}" có nội dung khác. Chọn mã khác bằng --code.`,
  );
  if (error instanceof PlanWithdrawn) return refused('plan-withdrawn', `Kế hoạch ${error.code} đã được thu hồi; muốn khởi động lại, chọn mã khác bằng --code.`);
  return error;
};

export const planStart: Register = (plan, run, say) => {
  plan
    .command('start')
    .description(say('Khởi động các nhiệm vụ của kế hoạch', 'Starts the tasks of a plan'))
    .argument('<FILE>')
    .option('--code <CODE>', say('mã kế hoạch', 'code of the plan'))
    .option('--issued-on <DATE>', say('ngày ban hành', 'day of issue'))
    .option('--directory <FILE>', say('tệp danh bạ để đọc kế hoạch', 'directory file for reading the plan'))
    .option('--task <ID>', say('chỉ nhiệm vụ này (lặp lại được)', 'only this task (repeatable)'), collect)
    .option('--as-of <DATE>', say('ngày bắt đầu, mặc định hôm nay', 'day of start, today if left out'))
    .option('--dry-run', say('chỉ in lịch nhắc và số tin sẽ gửi', 'only prints the schedule and the number of messages'))
    .option('--yes', say('không hỏi lại', 'does not ask'))
    .action(run(start));
};
