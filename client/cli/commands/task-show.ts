import { dmy, isoInstant } from '../../../domain/time';
import { findTask, taskNotices, type TaskRow } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { calendarOf } from '../../services';
import { daysLeftText, dayText, taskLine } from '../../task-line';
import { rungWord } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import { facts } from '../table';
import { stateText } from './task-list';

/** The task; bad usage where the id is not known. */
export const requireTask = async (db: Ledger, id: string): Promise<TaskRow> => {
  const row = await findTask(db, id);
  if (!row) throw usage('unknown-task', `Không có nhiệm vụ ${id}. Xem "dondoc task list".`);
  return row;
};

const moreJson = ({ projection: p, spec }: TaskRow) => ({
  no: spec?.no ?? null, timeText: spec?.timeText ?? null, rule: spec?.rule ?? null, timing: spec?.timing ?? null, kind: spec?.kind ?? null, milestones: spec?.milestones ?? [],
  closedMilestones: p?.closedMilestones ?? [], startsOn: p?.startsOn ?? null, effectiveDueOn: p?.effectiveDueOn ?? null, assignedOn: p?.assignedOn ?? null,
  acknowledgedOn: p?.acknowledgedOn ?? null, isRejected: p?.isRejected ?? false, isReturned: p?.isReturned ?? false, isPrepared: p?.isPrepared ?? false,
  openLetters: p?.openLetters ?? [], holdThrough: p?.holdThrough ?? null, nextWakeAt: p?.nextWakeAt == null ? null : isoInstant(p.nextWakeAt), seq: p?.seq ?? 0,
});

const show = async ({ out, ledger, today }: Context, id: string): Promise<void> => {
  const db = await ledger();
  const row = await requireTask(db, id);
  const [calendar, day, notices] = await Promise.all([calendarOf(db), today(), taskNotices(db, id)]);
  const line = taskLine(row, calendar, day);
  const more = moreJson(row);
  const sent = notices.map((n) => ({ kind: n.kind, rung: n.rung, to: n.to_position, channel: n.channel, state: n.state, sendAt: isoInstant(n.send_at), message: n.message }));
  out.print(line.isConfidential ? line : { ...line, ...more, notices: sent }, () => {
    const dates: (readonly [string, string])[] = [[out.say('Mã', 'Id'), line.id], [out.say('Thời hạn', 'Due'), dayText(calendar, line.dueOn, out.say('dự kiến', 'provisional'))]];
    if (line.dueOriginalOn !== line.dueOn) dates.push([out.say('Thời hạn theo Kế hoạch', 'Original due date'), dayText(calendar, line.dueOriginalOn)]);
    if (line.isConfidential) return facts([...dates, [out.say('Nội dung', 'Title'), out.say('đề nghị xem văn bản đã gửi qua đường văn thư', 'see the document sent')]]);
    const marks = [more.isRejected && out.say('đề nghị điều chỉnh phân công', 'assignment rejected'), more.isReturned && out.say('được trả lại', 'returned'), more.isPrepared && out.say('chờ lãnh đạo đơn vị trình', 'prepared'), line.everOverdue && out.say('đã từng quá hạn', 'was overdue'), ...more.openLetters.map((l) => out.say(`văn bản ${l} chờ duyệt`, `letter ${l} waits`))].filter((m) => m !== false && m !== null);
    return facts([
      ...dates,
      [out.say('Nội dung', 'Title'), line.title ?? ''],
      [out.say('Đơn vị chủ trì', 'Lead'), `${line.leadName} (${line.lead})`],
      [out.say('Đơn vị phối hợp', 'Coordinating'), line.coordinatingNames.join('; ') || '–'],
      [out.say('Đơn vị giám sát', 'Supervisor'), `${line.supervisorName} (${line.supervisor})`],
      [out.say('Tình trạng', 'State'), stateText(line, out)],
      [out.say('Còn lại', 'Left'), out.say(daysLeftText(line.daysLeft), line.daysLeft === null ? '–' : `${line.daysLeft} working days`)],
      [out.say('Bước nhắc tiếp theo', 'Next rung'), line.nextRung === null ? '–' : `${line.nextRung}, ${rungWord(line.nextRung)[out.lang === 'en' ? 1 : 0]}, ${dayText(calendar, line.nextRungOn)}`],
      [out.say('Tiếp nhận', 'Acknowledged'), more.acknowledgedOn === null ? '–' : dmy(more.acknowledgedOn)],
      ...(line.completedOn === null ? [] : [[out.say('Hoàn thành', 'Completed'), `${dmy(line.completedOn)}${line.workingDaysLate ? out.say(`, quá hạn ${line.workingDaysLate} ngày làm việc`, `, ${line.workingDaysLate} working days late`) : ''}`] as const]),
      ...(marks.length === 0 ? [] : [[out.say('Ghi chú', 'Notes'), marks.join('; ')] as const]),
      ...(line.needsRepair === null ? [] : [[out.say('Cần khôi phục', 'Needs repair'), `${line.needsRepair} ("dondoc repair")`] as const]),
      [out.say('Thông báo', 'Notices'), out.say(`${sent.filter((n) => n.state === 'sent').length} đã gửi, ${sent.filter((n) => n.state === 'planned').length} chờ gửi`, `${sent.filter((n) => n.state === 'sent').length} sent, ${sent.filter((n) => n.state === 'planned').length} planned`)],
    ]);
  });
};

export const taskShow: Register = (task, run, say) => {
  task.command('show').description(say('Một nhiệm vụ', 'One task')).argument('<ID>').action(run(show));
};
