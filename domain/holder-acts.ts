import type { Refusal } from './acts';
import { refuse } from './authority';
import { addWorkingDays, covers } from './calendar';
import { to } from './compose';
import type { Undoable } from './matters';
import { badDate, beyond, type Context, done, newDue, type Outcome, statusChanged } from './outcome';
import { isPosition, unitOf } from './plan';
import type { TaskSeed, TaskState } from './task';
import { addDays, addMonths, type CivilDate, isCivilDate, MINUTE_MS } from './time';

const UNDO_WITHIN_MS = 15 * MINUTE_MS;

/** A deputy receives and acts instead, "KT." on record. The event is the record; the seat in the directory is written by whoever gives the act. */
export const delegate = ({ fields, today, person }: Context<'delegate'>): Outcome => {
  const { from, until } = fields;
  if (!isCivilDate(from) || !isCivilDate(until) || until < from || until < today) return badDate('thời gian ủy quyền');
  if (fields.to.trim() === '' || fields.to === person) return refuse('field-invalid', 'Người được ủy quyền phải là một người khác trong danh bạ.');
  return done();
};

/** "Chuyển người khác xử lý": the new position gets the notice; what was sent to the old one leads nowhere any more. */
export const forward = ({ fields, by }: Context<'forward'>): Outcome => {
  if (!isPosition(fields.to) || unitOf(fields.to) !== unitOf(by) || fields.to === by) return refuse('field-invalid',
    'Chỉ chuyển cho một chức danh khác trong cùng đơn vị.');
  return done({}, [{ kind: 'handover', to: [{ to: fields.to, channels: ['email'] }] }]);
};

/** What a conditional row waited for has happened: its due date is counted from that day; a row without such a rule waits for a date as before. */
export const enterEvent = ({ state, fields, now, today }: Context<'enter-event'>): Outcome => {
  const { document, date } = fields;
  if (state.dueOn !== null) return refuse('wrong-state', 'Nhiệm vụ đã có thời hạn; thay đổi thời hạn do UBND tỉnh quyết định (gia hạn).');
  if (!isCivilDate(date) || date > today) return badDate('sự kiện');
  const { afterEvent } = state.seed.spec;
  if (afterEvent === undefined) return done({}, [{ kind: 'due-date-missing', to: [to(state.supervisor, 'officer', 'due-date-missing')], facts: { document } }]);
  const dueOn = dueAfter(state.seed, afterEvent, date);
  if (dueOn === undefined || !covers(state.seed.calendar, dueOn)) return beyond();
  return done(newDue(state, dueOn, now), [statusChanged(state, 'enter-event', { dueOn, document })]);
};

const dueAfter = ({ calendar }: TaskSeed, { count, unit }: NonNullable<TaskSeed['spec']['afterEvent']>, from: CivilDate): CivilDate | undefined => {
  switch (unit) {
    case 'working-days': return addWorkingDays(calendar, from, count);
    case 'days': return addDays(from, count);
    case 'months': return addMonths(from, count);
  }
};

type Taken = { readonly what: 'acknowledge' | 'give-input'; readonly undo: Undoable; readonly no?: number; readonly refusal?: Refusal };

/** Everything that a position has done and might take back, oldest first. */
const takenBy = (state: TaskState, by: string, person: string | undefined): Taken[] => {
  const isOwn = (u: Undoable | null): u is Undoable => u !== null && u.by === by && (u.person === undefined || person === undefined || u.person === person);
  const inputs = state.consultations.flatMap((c) => c.units.flatMap(({ undo, input, unit }): Taken[] => {
    if (!isOwn(undo) || unit !== by.slice(0, by.lastIndexOf('/'))) return [];
    const isAnswered = input?.response != null || (c.closed !== null && input?.isLate !== true);
    const refusal = isAnswered ? refuse('wrong-state', 'Ý kiến đã được tổng hợp hoặc tiếp thu, giải trình; không rút lại được.') : undefined;
    return [{ what: 'give-input', undo, no: c.no, ...(refusal ? { refusal } : {}) }];
  }));
  const own = state.acknowledgement;
  const isMoved = state.name !== 'in_progress' || state.returned !== null;
  const moved = isMoved ? { refusal: refuse('wrong-state', 'Nhiệm vụ đã chuyển bước; không rút lại được xác nhận tiếp nhận.') } : {};
  return [...inputs, ...(isOwn(own) ? [{ what: 'acknowledge' as const, undo: own, ...moved }] : [])].sort((a, b) => a.undo.at - b.undo.at);
};

/** Takes back what the same person of the same position did last, within 15 minutes. */
export const undo = ({ state, now, by, person }: Context<'undo'>): Outcome => {
  const last = takenBy(state, by, person).at(-1);
  if (last === undefined) return refuse('nothing-to-undo', 'Không có việc nào rút lại được; chỉ rút lại xác nhận tiếp nhận hoặc ý kiến của chính mình.');
  if (now - last.undo.at > UNDO_WITHIN_MS) return refuse('undo-too-late', 'Đã quá 15 phút, không rút lại được; đề nghị liên hệ cơ quan giám sát.');
  if (last.refusal) return last.refusal;
  return done({ undone: last.what, ...(last.what === 'acknowledge' ? { state: 'assigned' as const } : {}),
    ...(last.no === undefined ? {} : { consultation: last.no }) });
};
