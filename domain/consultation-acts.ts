import type { Refusal } from './acts';
import { lastOf, refuse } from './authority';
import { addWorkingDays, workingDaysBetween } from './calendar';
import { to } from './compose';
import { consultationFor, openConsultation, pendingOf } from './consultation';
import { consultationFacts, silenceOn, statusFacts } from './consultation-clock';
import { MORE_WORKING_DAYS } from './consultation-open';
import { isPastDue } from './deadline';
import type { Consultation, Consulted } from './matters';
import { badDate, beyond, type Context, done, type Outcome } from './outcome';
import { positionOf, unitOf } from './plan';
import { leadOf, type TaskState } from './task';
import { type CivilDate, isCivilDate } from './time';

const checkMoreTime = (state: TaskState, c: Consultation, unit: Consulted, { fields: { dueOn }, today }: Context<'give-input'>): Refusal | undefined => {
  if (c.closed !== null) return refuse('wrong-state', 'Đợt lấy ý kiến đã kết thúc; đề nghị gửi ý kiến, ý kiến được ghi nhận là muộn.');
  if (unit.hasMoreTime) return refuse('more-time-used', 'Mỗi đơn vị chỉ được đề nghị gia hạn góp ý một lần.');
  if (dueOn === undefined) return refuse('field-missing', 'Thiếu ngày đề nghị gia hạn góp ý (dueOn).');
  if (!isCivilDate(dueOn) || dueOn <= unit.dueOn || dueOn < today) return badDate('gia hạn góp ý');
  const days = workingDaysBetween(state.seed.calendar, unit.dueOn, dueOn);
  if (days === undefined) return beyond();
  return days > MORE_WORKING_DAYS ? refuse('more-time-too-long', `Thời gian gia hạn góp ý không quá ${MORE_WORKING_DAYS} ngày làm việc.`) : undefined;
};

const checkInput = (context: Context<'give-input'>, c: Consultation, unit: Consulted): Refusal | undefined => {
  const { state, fields } = context;
  const { input } = unit;
  if (input !== null) return refuse('already-decided', 'Đơn vị đã có ý kiến trước đó.', { act: 'give-input', by: input.by, at: unit.undo?.at ?? 0 });
  if (fields.answer === 'ask-more-time') return checkMoreTime(state, c, unit, context);
  if (fields.answer === 'disagree' && fields.text === undefined) return refuse('field-missing', 'Không thống nhất thì phải nêu lý do (text).');
  return undefined;
};

/** The receipt goes to whoever answered at once, the news to the lead with its next digest. */
export const giveInput = (context: Context<'give-input'>): Outcome => {
  const { state, fields, today, by } = context;
  const unit = unitOf(by);
  const c = consultationFor(state, unit);
  const own = c?.units.find((u) => u.unit === unit);
  if (c === undefined || own === undefined || unit === leadOf(state)) return refuse(state.consultations.length === 0 ? 'no-consultation' : 'not-consulted',
    'Đơn vị chưa được lấy ý kiến về nhiệm vụ này.');
  const refusal = checkInput(context, c, own);
  if (refusal) return refusal;
  const isLateInput = fields.answer !== 'ask-more-time' && isPastDue(state.seed.calendar, own.dueOn, today);
  const base = consultationFacts(state, c, own);
  const facts = {
    ...base, answer: fields.answer, isLateInput, ...(fields.answer === 'ask-more-time' && fields.dueOn ? { inputDueOn: fields.dueOn } : {}),
    texts: { ...base.texts, ...(fields.text ? { text: fields.text } : {}) },
  };
  return done({ consultation: c.no, isLateInput }, [
    { kind: 'input-received', to: [{ to: by, channels: ['email'] }], facts },
    { kind: 'input-received', to: [to(leadOf(state), 'officer', 'input-received')], facts, isDigest: true },
  ]);
};

export const respondToInput = ({ state, fields }: Context<'respond-to-input'>): Outcome => {
  const c = state.consultations.filter(({ units }) => units.some((u) => u.unit === fields.unit && u.input !== null)).at(-1);
  return c === undefined ? refuse('no-input', 'Chưa có ý kiến của đơn vị này để tiếp thu, giải trình.') : done({ consultation: c.no });
};

export const closeConsultation = ({ state, today }: Context<'close-consultation'>): Outcome => {
  const c = openConsultation(state);
  if (c === undefined) return refuse('no-consultation', 'Không có đợt lấy ý kiến nào đang mở.', lastOf(state, 'close-consultation'));
  const facts = { ...statusFacts(state, c), isConsultationClosed: true };
  return done({ consultation: c.no, silence: silenceOn(state, c, today) },
    [{ kind: 'inputs-status', to: [{ to: positionOf(leadOf(state), 'officer'), channels: ['email'] }], facts }]);
};

/** The dates of an open consultation after a pause, moved by its working days; undefined where none is open. */
export const movedInputs = (state: TaskState, workingDays: number): { inputsDue: Record<string, CivilDate>; consultationDueOn: CivilDate } | undefined => {
  const c = openConsultation(state);
  if (c === undefined) return undefined;
  const later = (on: CivilDate): CivilDate => addWorkingDays(state.seed.calendar, on, workingDays) ?? on;
  return { inputsDue: Object.fromEntries(pendingOf(state, c).map((u) => [u.unit, later(u.dueOn)])), consultationDueOn: later(c.dueOn) };
};
