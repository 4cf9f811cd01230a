import type { WorkingCalendar } from '../../../domain/calendar';
import { dmy, isoInstant } from '../../../domain/time';
import { findTask, taskNotices, type TaskRow, unitNames } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { listReplies, type Reply } from '../../../ledger/replies';
import { instantText, replyDetails, replyFrom } from '../../history-text';
import { calendarOf } from '../../services';
import { daysLeftText, dayText, taskLine, type TaskLine } from '../../task-line';
import { rungWord } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import type { Output } from '../output';
import { facts } from '../table';
import { stateText } from './task-list';

/** The task; bad usage where the id is not known. */
export const requireTask = async (db: Ledger, id: string): Promise<TaskRow> => {
  const row = await findTask(db, id);
  if (!row) throw usage('unknown-task', `Không có nhiệm vụ ${id}. Xem "dondoc task list".`);
  return row;
};

const readingJson = (spec: TaskRow['spec']) => ({
  no: spec?.no ?? null, timeText: spec?.timeText ?? null, rule: spec?.rule ?? null, timing: spec?.timing ?? null, kind: spec?.kind ?? null, milestones: spec?.milestones ?? [],
});
const NOT_OPENED = {
  closedMilestones: [], startsOn: null, effectiveDueOn: null, assignedOn: null, acknowledgedOn: null, isRejected: false, isReturned: false, isPrepared: false,
  openLetters: [], holdThrough: null, nextWakeAt: null, seq: 0,
};
const standingJson = (p: TaskRow['projection']) => (p === null ? NOT_OPENED : {
  closedMilestones: p.closedMilestones, startsOn: p.startsOn, effectiveDueOn: p.effectiveDueOn, assignedOn: p.assignedOn, acknowledgedOn: p.acknowledgedOn,
  isRejected: p.isRejected, isReturned: p.isReturned, isPrepared: p.isPrepared, openLetters: p.openLetters, holdThrough: p.holdThrough,
  nextWakeAt: p.nextWakeAt === null ? null : isoInstant(p.nextWakeAt), seq: p.seq,
});
const moreJson = ({ projection, spec }: TaskRow) => ({ ...readingJson(spec), ...standingJson(projection) });

/** Flags beside the state, in words. */
const marksOf = (line: TaskLine, more: ReturnType<typeof moreJson>, { say }: Output): string[] => [
  ...(more.isRejected ? [say('đề nghị điều chỉnh phân công', 'assignment rejected')] : []),
  ...(more.isReturned ? [say('được trả lại', 'returned')] : []),
  ...(more.isPrepared ? [say('chờ lãnh đạo đơn vị trình', 'prepared')] : []),
  ...(line.everOverdue ? [say('đã từng quá hạn', 'was overdue')] : []),
  ...more.openLetters.map((l) => say(`văn bản ${l} chờ duyệt`, `letter ${l} waits`)),
];

type Pair = readonly [label: string, value: string];
const datePairs = (line: TaskLine, calendar: WorkingCalendar, { say }: Output): Pair[] => {
  const day = (date: TaskLine['dueOn']): string => dayText(calendar, date, say('dự kiến', 'provisional'));
  return [
    [say('Mã', 'Id'), line.id],
    [say('Thời hạn', 'Due'), day(line.dueOn)],
    ...(line.dueOriginalOn === line.dueOn ? [] : [[say('Thời hạn theo Kế hoạch', 'Original due date'), day(line.dueOriginalOn)] as const]),
  ];
};

const leftPairs = (line: TaskLine, calendar: WorkingCalendar, { say, lang }: Output): Pair[] => {
  const left = say(daysLeftText(line.daysLeft), line.daysLeft === null ? '–' : `${line.daysLeft} working days`);
  const next = line.nextRung === null ? '–' : `${line.nextRung}, ${rungWord(line.nextRung)[lang === 'en' ? 1 : 0]}, ${dayText(calendar, line.nextRungOn)}`;
  return [[say('Còn lại', 'Left'), left], [say('Bước nhắc tiếp theo', 'Next rung'), next]];
};

const completedPairs = (line: TaskLine, { say }: Output): Pair[] => {
  if (line.completedOn === null) return [];
  const late = line.workingDaysLate ? say(`, quá hạn ${line.workingDaysLate} ngày làm việc`, `, ${line.workingDaysLate} working days late`) : '';
  return [[say('Hoàn thành', 'Completed'), `${dmy(line.completedOn)}${late}`]];
};

const noticesText = (states: readonly string[], { say }: Output): string => {
  const count = (state: string): number => states.filter((s) => s === state).length;
  return say(`${count('sent')} đã gửi, ${count('planned')} chờ gửi`, `${count('sent')} sent, ${count('planned')} planned`);
};

const replyPair = (reply: Reply, names: ReadonlyMap<string, string>, { say }: Output): Pair => {
  const head = `(${say('chưa xác thực', 'not verified')}) ${instantText(reply.at)}. ${replyFrom(reply, names)}.`;
  return [say('Thư trả lời', 'Answer by mail'), [head, ...replyDetails(reply)].join('\n')];
};

const pairsOf = (line: TaskLine, more: ReturnType<typeof moreJson>, calendar: WorkingCalendar, out: Output): Pair[] => {
  const { say } = out;
  const marks = marksOf(line, more, out);
  return [
    ...datePairs(line, calendar, out),
    [say('Nội dung', 'Title'), line.title ?? ''],
    [say('Đơn vị chủ trì', 'Lead'), `${line.leadName} (${line.lead})`],
    [say('Đơn vị phối hợp', 'Coordinating'), line.coordinatingNames.join('; ') || '–'],
    [say('Đơn vị giám sát', 'Supervisor'), `${line.supervisorName} (${line.supervisor})`],
    [say('Tình trạng', 'State'), stateText(line, out)],
    ...leftPairs(line, calendar, out),
    [say('Tiếp nhận', 'Acknowledged'), more.acknowledgedOn === null ? '–' : dmy(more.acknowledgedOn)],
    ...completedPairs(line, out),
    ...(marks.length === 0 ? [] : [[say('Ghi chú', 'Notes'), marks.join('; ')] as const]),
    ...(line.needsRepair === null ? [] : [[say('Cần khôi phục', 'Needs repair'), `${line.needsRepair} ("dondoc repair")`] as const]),
  ];
};

const show = async ({ out, ledger, today }: Context, id: string): Promise<void> => {
  const db = await ledger();
  const row = await requireTask(db, id);
  const [calendar, day, notices, replies, names] = await Promise.all([calendarOf(db), today(), taskNotices(db, id), listReplies(db, id), unitNames(db)]);
  const line = taskLine(row, calendar, day);
  const more = moreJson(row);
  const sent = notices.map((n) => ({
    kind: n.kind, rung: n.rung, to: n.to_position, channel: n.channel, state: n.state, sendAt: isoInstant(n.send_at), message: n.message,
  }));
  out.print(line.isConfidential ? line : { ...line, ...more, notices: sent, replies: replies.map((r) => ({ ...r, at: isoInstant(r.at), isVerified: false })) }, () => {
    if (line.isConfidential) return facts(
      [...datePairs(line, calendar, out), [out.say('Nội dung', 'Title'), out.say('đề nghị xem văn bản đã gửi qua đường văn thư', 'see the document sent')]]
    );
    const delivered = [out.say('Thông báo', 'Notices'), noticesText(sent.map((n) => n.state), out)] as const;
    return facts([...pairsOf(line, more, calendar, out), delivered, ...replies.map((r) => replyPair(r, names, out))]);
  });
};

export const taskShow: Register = (task, run, say) => {
  task.command('show').description(say('Một nhiệm vụ', 'One task')).argument('<ID>').action(run(show));
};
