import type { Act, Refusal } from './acts';
import { lastDecision, refuse } from './authority';
import { addWorkingDays, covers } from './calendar';
import { addressees, everyone, to } from './compose';
import { workingDaysLate } from './deadline';
import { escalate } from './escalate';
import {
  badDate,
  beyond,
  type Context,
  done,
  newDue,
  type Outcome,
  type Said,
  statusChanged,
  toLead,
  toLeaders,
} from './outcome';
import { decidesBy, leadOf, type TaskState } from './task';
import { isCivilDate } from './time';
import { toldBy } from './told';

/** Completed on the date of the submission now accepted, or of its document if that is earlier. */
export const confirm = ({ state, fields }: Context<'confirm'>): Outcome => {
  const { submission, seed } = state;
  if (submission === null) return refuse('already-decided', 'Việc này đã được xử lý trước đó.', lastDecision(state));
  const dates = [submission.on, submission.document?.date, fields.document?.date].filter((d) => d !== undefined);
  const completedOn = dates.reduce((a, b) => (a < b ? a : b));
  const late = state.dueOn === null ? 0 : workingDaysLate(seed.calendar, state.dueOn, completedOn);
  return done({ state: 'completed', completedOn, workingDaysLate: late }, [
    { kind: 'confirmed', to: everyone(state), facts: { completedOn, workingDaysLate: late, ...(fields.document ? { document: fields.document } : {}) } },
  ]);
};

export const sendBack = ({ state, fields }: Context<'return'>): Outcome => {
  if (state.submission === null && state.rejected === null) return refuse('wrong-state', 'Không có kết quả hoặc đề nghị nào đang chờ xử lý.', lastDecision(state));
  if (state.submission !== null && fields.correctBy === undefined) return refuse('field-missing', 'Thiếu ngày hoàn thiện, trình lại (correctBy).');
  const facts = { texts: { reason: fields.reason }, ...(fields.correctBy ? { correctBy: fields.correctBy } : {}) };
  const said: Said = { kind: 'returned', to: toLeaders(state, 'returned'), facts };
  return done(state.submission === null ? {} : { state: 'in_progress' }, [said]);
};

export const setDueDate = ({ state, fields, now }: Context<'set-due-date'>): Outcome => {
  if (state.dueOn !== null) return refuse('wrong-state', 'Nhiệm vụ đã có thời hạn; thay đổi thời hạn do UBND tỉnh quyết định (gia hạn).');
  if (!isCivilDate(fields.dueOn)) return badDate('thời hạn');
  if (!covers(state.seed.calendar, fields.dueOn)) return beyond();
  return done(newDue(state, fields.dueOn, now), [statusChanged(state, 'set-due-date', { dueOn: fields.dueOn, ...(fields.document ? { document: fields.document } : {}) })]);
};

export const amend = ({ state, fields, now }: Context<'amend'>): Outcome => {
  const { value, field } = fields;
  const facts = { field, texts: { reason: fields.reason, ...('text' in value ? { value: value.text } : {}) }, ...(fields.document ? { document: fields.document } : {}) };
  const matches = field === 'window' ? 'window' in value : field === 'coordinating' ? 'coordinating' in value : 'text' in value;
  if (!matches) return refuse('field-invalid', `Giá trị điều chỉnh không đúng loại của mục ${field}.`);
  if (!('window' in value)) return done({}, [statusChanged(state, 'amend', facts)]);
  const { startsOn, dueOn } = value.window;
  if (fields.document === undefined) return refuse('document-required', 'Điều chỉnh thời gian phải có văn bản của UBND tỉnh.');
  if (!isCivilDate(startsOn) || !isCivilDate(dueOn) || dueOn < startsOn) return badDate('thời gian thực hiện');
  if (!covers(state.seed.calendar, dueOn)) return beyond();
  return done({ ...newDue(state, dueOn, now), startsOn }, [statusChanged(state, 'amend', { ...facts, dueOn, value: `${startsOn}..${dueOn}` })]);
};

const openLetter = (state: TaskState, rung: 'L3' | 'L4' | undefined) => state.letters.find((l) => rung === undefined || l.rung === rung);
const noLetter = (state: TaskState): Refusal => refuse('no-open-letter', 'Không có dự thảo văn bản nào đang chờ duyệt.', lastDecision(state));

export const approveLetter = ({ state, fields }: Context<'approve-letter'>): Outcome => {
  const letter = openLetter(state, fields.rung);
  const rung = state.seed.ladder.main.find((r) => r.id === letter?.rung);
  if (letter === undefined || rung === undefined) return noLetter(state);
  const isHostLead = leadOf(state) === state.seed.hostUnit;
  const receivers = isHostLead ? [to(leadOf(state), 'officer', 'overdue'), to(leadOf(state), 'leader', 'overdue')] : addressees(state, rung.letterTo);
  const facts = { ...(fields.text ? { texts: { text: fields.text } } : {}), ...(fields.number ? { value: fields.number } : {}) };
  const said: Said = { kind: 'overdue', to: receivers, facts, more: { rung: letter.rung, reason: 'letter-approved' } };
  return done({ letter: letter.rung, ...(decidesBy(state, 3) ? { told: toldBy([said]) } : {}) }, [said]);
};

export const rejectLetter = ({ state, fields }: Context<'reject-letter'>): Outcome => {
  const letter = openLetter(state, fields.rung);
  if (letter === undefined) return noLetter(state);
  if (!decidesBy(state, 3)) return done({ letter: letter.rung });
  const facts = fields.reason ? { texts: { reason: fields.reason } } : {};
  const receivers = [state.supervisor, leadOf(state)].map((unit) => to(unit, 'officer', 'letter-rejected'));
  return done({ letter: letter.rung }, [
    { kind: 'letter-rejected', to: receivers, facts, more: { rung: letter.rung } },
  ]);
};

export const reassign = ({ state, fields, today }: Context<'reassign'>): Outcome => {
  const old = leadOf(state);
  if (fields.lead === old) return refuse('same-lead', 'Đơn vị này đang chủ trì nhiệm vụ.');
  const answerBy = addWorkingDays(state.seed.calendar, today, 3);
  const facts = { lead: fields.lead, previousLead: old, document: fields.document, assignedOn: today, ...(answerBy ? { answerBy } : {}) };
  // A letter drafted against the old lead is not the new one's.
  return done({ state: 'assigned', ...(decidesBy(state, 2) && state.letters.length > 0 ? { letters: [] } : {}) }, [
    { kind: 'assigned', to: [to(fields.lead, 'officer', 'assigned'), to(fields.lead, 'leader', 'assigned')], facts },
    { kind: 'handover', to: [to(old, 'officer', 'handover'), to(fields.lead, 'officer', 'handover')], facts },
  ]);
};

export const closing = (act: Act, name: 'suspended' | 'discontinued' | 'merged' | 'carried_over') => ({ state, fields }: Context<'suspend'>): Outcome =>
  done({ state: name }, state.assignedOn === null ? [] : [statusChanged(state, act, { document: fields.document })]);

/** With `escalate` the next rung comes instead of a reminder; runs of rules before 3 know reminders alone. */
export const remind = (context: Context<'remind'>): Outcome => {
  const { state, fields } = context;
  if (fields.escalate === 'yes' && decidesBy(state, 3)) return escalate(context);
  return done({}, [
    {
      kind: 'reminder',
      to: toLead(state, 'reminder'),
      ...(fields.text ? { facts: { texts: { text: fields.text } } } : {}),
    },
  ]);
};
