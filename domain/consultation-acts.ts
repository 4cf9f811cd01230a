import type { Refusal } from './acts';
import { lastOf, refuse } from './authority';
import { addWorkingDays, workingDaysBetween } from './calendar';
import { to } from './compose';
import { consultationFor, openConsultation, pendingOf } from './consultation';
import { CLOSES_AFTER_WORKING_DAYS, consultationFacts, silenceOn, statusFacts } from './consultation-clock';
import { effectiveDue, isPastDue, reminderAnchor } from './deadline';
import type { Consultation, Consulted } from './matters';
import { badDate, beyond, type Context, done, type Outcome, type Said } from './outcome';
import { positionOf, unitOf } from './plan';
import { coordinatingOf, leadOf, type TaskState } from './task';
import { type CivilDate, isCivilDate } from './time';

/** Ordinary consultations allow ten working days; a unit may have five more, once. */
const DEFAULT_WORKING_DAYS = 10;
const MORE_WORKING_DAYS = 5;

const isRefusal = (value: CivilDate | Refusal): value is Refusal => typeof value !== 'string';

/** The date asked for: as given, counted back from the lead's own date, or ten working days from today; its whole clock lies within the calendar. */
const dateOf = ({ state, fields, today }: Context<'open-consultation'>): CivilDate | Refusal => {
  const cal = state.seed.calendar;
  const { dueOn, beforeDue } = fields;
  if (beforeDue !== undefined && (dueOn !== undefined || state.dueOn === null || !(beforeDue > 0))) {
    return refuse('field-invalid', 'Chỉ tính lùi từ thời hạn khi nhiệm vụ đã có thời hạn và không nhập ngày khác.');
  }
  const on = dueOn ?? (beforeDue === undefined ? addWorkingDays(cal, today, DEFAULT_WORKING_DAYS)
    : addWorkingDays(cal, reminderAnchor(cal, state.dueOn ?? today), -beforeDue));
  if (on === undefined) return beyond();
  if (!isCivilDate(on) || on <= today) return refuse('field-invalid', 'Hạn góp ý phải là một ngày sau hôm nay.');
  return addWorkingDays(cal, effectiveDue(cal, on), CLOSES_AFTER_WORKING_DAYS + MORE_WORKING_DAYS) === undefined ? beyond() : on;
};

export const openConsultationAct = (context: Context<'open-consultation'>): Outcome => {
  const { state, fields } = context;
  if (openConsultation(state)) return refuse('consultation-open', 'Đang có một đợt lấy ý kiến chưa kết thúc; đề nghị kết thúc đợt đó trước.',
    lastOf(state, 'open-consultation'));
  const units = [...new Set(fields.to ?? coordinatingOf(state))].filter((unit) => unit !== leadOf(state));
  if (units.length === 0) return refuse('field-invalid', 'Không có đơn vị nào để lấy ý kiến; đề nghị nêu tên các đơn vị.');
  const dueOn = dateOf(context);
  if (isRefusal(dueOn)) return dueOn;
  const no = state.consultations.length + 1;
  const closes = addWorkingDays(state.seed.calendar, effectiveDue(state.seed.calendar, dueOn), CLOSES_AFTER_WORKING_DAYS);
  const { subject, link, document, file } = fields;
  const facts = {
    consultation: no, inputDueOn: dueOn, ...(closes ? { closesOn: closes } : {}), ...(document ? { document } : {}), ...(file ? { file } : {}),
    texts: { subject, ...(link ? { link } : {}) },
  };
  const said = units.map((unit): Said => ({ kind: 'consultation-request', to: [to(unit, 'officer', 'consultation-request')], facts: { ...facts, unit } }));
  return done({ consultation: no, consultationDueOn: dueOn, inputsDue: Object.fromEntries(units.map((unit) => [unit, dueOn])) }, said);
};

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
