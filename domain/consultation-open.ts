import type { Refusal, UnitDue } from './acts';
import { lastOf, refuse } from './authority';
import { addWorkingDays } from './calendar';
import { to } from './compose';
import { openConsultation } from './consultation';
import { CLOSES_AFTER_WORKING_DAYS } from './consultation-clock';
import { effectiveDue, reminderAnchor } from './deadline';
import { beyond, type Context, done, type Outcome, type Said } from './outcome';
import type { UnitId } from './plan';
import { coordinatingOf, decidesBy, leadOf, type TaskState } from './task';
import { type CivilDate, isCivilDate } from './time';

/** Ordinary consultations allow ten working days; a unit may have five more, once. */
const DEFAULT_WORKING_DAYS = 10;
export const MORE_WORKING_DAYS = 5;

const isRefusal = (value: CivilDate | Refusal): value is Refusal => typeof value !== 'string';

/** A day after today whose whole clock lies within the calendar. */
const checkedDue = (
  { seed: { calendar } }: TaskState,
  on: CivilDate | undefined,
  today: CivilDate,
): CivilDate | Refusal => {
  if (on === undefined) return beyond();
  if (!isCivilDate(on) || on <= today) return refuse('field-invalid', 'Hạn góp ý phải là một ngày sau hôm nay.');
  return addWorkingDays(calendar, effectiveDue(calendar, on), CLOSES_AFTER_WORKING_DAYS + MORE_WORKING_DAYS) ===
    undefined
    ? beyond()
    : on;
};

/**
 * The date for whom no other is given: as asked for, counted back from the lead's own date, or ten working days from
 * today.
 */
const dateOf = ({ state, fields, today }: Context<'open-consultation'>): CivilDate | Refusal => {
  const cal = state.seed.calendar;
  const { dueOn, beforeDue } = fields;
  if (beforeDue !== undefined && (dueOn !== undefined || state.dueOn === null || !(beforeDue > 0))) {
    return refuse('field-invalid', 'Chỉ tính lùi từ thời hạn khi nhiệm vụ đã có thời hạn và không nhập ngày khác.');
  }
  return checkedDue(state, dueOn ?? (beforeDue === undefined ? addWorkingDays(cal, today, DEFAULT_WORKING_DAYS)
    : addWorkingDays(cal, reminderAnchor(cal, state.dueOn ?? today), -beforeDue)), today);
};

type Asked = { readonly unit: UnitId; readonly dueOn?: CivilDate };
/** The units that are asked, each once, without the lead. */
const askedUnits = (state: TaskState, to: readonly (UnitId | UnitDue)[] = coordinatingOf(state)): readonly Asked[] => {
  const all = to.map((one): Asked => (typeof one === 'string' ? { unit: one } : one));
  return all.filter(({ unit }, i) => unit !== leadOf(state) && all.findIndex((other) => other.unit === unit) === i);
};

const hasTwoDates = (to: readonly (UnitId | UnitDue)[] = []): boolean => {
  const dated = to.map((one) => (typeof one === 'string' ? [one, ''] as const : [one.unit, one.dueOn] as const));
  return dated.some(([unit, on]) => dated.some(([other, otherOn]) => other === unit && otherOn !== on));
};

type Dues = { readonly ok: true; readonly dues: Readonly<Record<UnitId, CivilDate>> } | Refusal;
/** The date of each unit: its own, or that of all the others. */
const duesOf = (context: Context<'open-consultation'>, units: readonly Asked[]): Dues => {
  const { state, fields, today } = context;
  const hasOwn = units.some((u) => u.dueOn !== undefined);
  if (hasTwoDates(fields.to) || (hasOwn && !decidesBy(state, 3)))
    return refuse('field-invalid', 'Mỗi đơn vị chỉ có một hạn góp ý.');
  const isAskedFor =
    fields.dueOn !== undefined || fields.beforeDue !== undefined || units.some((u) => u.dueOn === undefined);
  const common = isAskedFor ? dateOf(context) : undefined;
  const found = units.map(
    ({ unit, dueOn }) => [unit, dueOn === undefined ? (common ?? beyond()) : checkedDue(state, dueOn, today)] as const,
  );
  const refusal = [common, ...found.map(([, on]) => on)].find((on) => typeof on === 'object');
  return (
    refusal ?? {
      ok: true,
      dues: Object.fromEntries(found.flatMap(([unit, on]) => (isRefusal(on) ? [] : [[unit, on] as const]))),
    }
  );
};

/** What a unit is asked: its date, and the day after which its silence is recorded. */
const requestTo = (
  { state, fields: { subject, link, document, file } }: Context<'open-consultation'>,
  no: number,
  unit: UnitId,
  dueOn: CivilDate,
): Said => {
  const cal = state.seed.calendar;
  const closes = addWorkingDays(cal, effectiveDue(cal, dueOn), CLOSES_AFTER_WORKING_DAYS);
  const facts = {
    consultation: no,
    inputDueOn: dueOn,
    ...(closes ? { closesOn: closes } : {}),
    ...(document ? { document } : {}),
    ...(file ? { file } : {}),
    texts: { subject, ...(link ? { link } : {}) },
    unit,
  };
  return { kind: 'consultation-request', to: [to(unit, 'officer', 'consultation-request')], facts };
};

/** The last of all dates is that of the consultation. */
export const openConsultationAct = (context: Context<'open-consultation'>): Outcome => {
  const { state, fields } = context;
  if (openConsultation(state))
    return refuse(
      'consultation-open',
      'Đang có một đợt lấy ý kiến chưa kết thúc; đề nghị kết thúc đợt đó trước.',
      lastOf(state, 'open-consultation'),
    );
  const units = askedUnits(state, fields.to);
  if (units.length === 0)
    return refuse('field-invalid', 'Không có đơn vị nào để lấy ý kiến; đề nghị nêu tên các đơn vị.');
  const found = duesOf(context, units);
  if (!found.ok) return found;
  const inputsDue = found.dues;
  const no = state.consultations.length + 1;
  const consultationDueOn = Object.values(inputsDue).reduce((a, b) => (a > b ? a : b));
  return done(
    { consultation: no, consultationDueOn, inputsDue },
    Object.entries(inputsDue).map(([unit, dueOn]) => requestTo(context, no, unit, dueOn)),
  );
};
