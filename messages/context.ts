import { type Position, roleOf, type UnitId, unitOf } from '../domain/plan';
import type { PlanHeader, Unit } from '../domain/plan';
import { type CivilDate, dmy, yearOf } from '../domain/time';
import type { MessageInput, NoticeItem } from './input';
import { capitalised, roleName, uncapitalised } from './words';

type Units = Readonly<Record<UnitId, Unit>>;

/** Full name of a unit; its id where the directory does not know it, so that nothing is silently left out. */
export const unitName = (units: Units, id: UnitId): string => units[id]?.name ?? id;

/** `quý Sở`, `quý Ban`, `quý đơn vị`. */
export const unitAddress = (units: Units, id: UnitId): string => units[id]?.address ?? 'quý đơn vị';

/** `Lãnh đạo Sở` for `quý Sở`: how the leader of a unit is spoken of. */
export const leaderName = (units: Units, id: UnitId): string => unitAddress(units, id).replace(/^quý /u, 'Lãnh đạo ');

/** `Lãnh đạo Sở, Sở Kế hoạch và Đầu tư`. */
export const positionName = (units: Units, position: Position): string => {
  const unit = unitOf(position);
  const role = roleOf(position);
  return `${role === 'leader' ? leaderName(units, unit) : roleName(role)}, ${unitName(units, unit)}`;
};

const planType = (plan: PlanHeader): string => capitalised(plan.type.toLowerCase());

/** `Kế hoạch số …/KH-UBND ngày 22/10/2018`: a number that is not entered yet is an ellipsis. */
export const planName = (plan: PlanHeader, date: (on: CivilDate) => string = (on) => `ngày ${dmy(on)}`): string =>
  `${planType(plan)} số ${plan.number ?? '…'}${plan.numberSuffix} ${date(plan.issuedOn)}`;

/** `UBND tỉnh` for `Ủy ban nhân dân tỉnh Thái Bình`: how the authority is named within its own province. */
export const authorityName = (plan: PlanHeader): string =>
  plan.issuer.normalize('NFC').replace(/^(Ủy|Uỷ) ban nhân dân/u, 'UBND').replace(/^(UBND (?:tỉnh|thành phố)) .*$/u, '$1');

/** `Kế hoạch số … ngày … của Ủy ban nhân dân tỉnh Thái Bình thực hiện Chương trình hành động …`. */
export const fullBasis = (plan: PlanHeader): string =>
  `${planName(plan)} của ${plan.issuer}${plan.carriesOut === null ? '' : ` thực hiện ${plan.carriesOut}`}`;
export const shortBasis = (plan: PlanHeader): string => `${planName(plan)} của ${authorityName(plan)}`;

/** One notice with everything its template says by name: a template needs no look-up of its own. */
export type Context = {
  readonly input: MessageInput;
  readonly item: NoticeItem;
  readonly facts: NoticeItem['notice']['facts'];
  /** Code of the task; the plan's code where there is none. */
  readonly code: string;
  readonly title: string;
  /** The receiver: its unit, and how it is addressed. */
  readonly to: Position;
  readonly you: string;
  readonly isLead: boolean;
  /** Read on the day on which it was decided. */
  readonly isToday: boolean;
  /** The receiver is asked upwards: "kính đề nghị". */
  readonly ask: string;
  /** Full names. */
  readonly lead: string;
  readonly supervisor: string;
  readonly authority: string;
  readonly name: (unit: UnitId) => string;
  readonly position: (position: Position) => string;
  /** dd/mm/yyyy, with "(dự kiến)" in years whose calendar is provisional. */
  readonly date: (on: CivilDate) => string;
  /** The due date as printed; "chưa ấn định" without one. */
  readonly due: string;
  readonly text: (name: string) => string | undefined;
  readonly url: string;
};

/** Kinds that go up to whoever decides: the register changes with them. */
const UPWARDS: readonly string[] = ['approval-request', 'approval-late', 'letter-draft', 'decision-late', 'extension-request'];

const dates = ({ notice: { facts } }: NoticeItem): ((on: CivilDate) => string) => {
  const from = facts.provisional && facts.dueOn ? yearOf(facts.dueOn) : Infinity;
  return (on) => (yearOf(on) >= from ? `${dmy(on)} (dự kiến)` : dmy(on));
};

/** A due date on a day off is reminded of on the last working day before: that day is not "hôm nay". */
const isDueOn = ({ kind, facts }: NoticeItem['notice'], on: CivilDate): boolean => (kind === 'milestone-due-today' ? facts.milestoneDueOn : facts.dueOn) === on;

export const contextOf = (input: MessageInput, item: NoticeItem): Context => {
  const { plan, units, publicUrl } = input;
  const { notice, task, texts, slot } = item;
  const { facts, to } = notice;
  const date = dates(item);
  const dueOn = facts.dueOn ?? null;
  const isUpwards = UPWARDS.includes(notice.kind) || unitOf(to) === plan.authorityOffice;
  return {
    input, item, facts, date, to,
    code: task?.id ?? notice.task ?? plan.code, title: task?.displayTitle ?? task?.title ?? '',
    you: UPWARDS.includes(notice.kind) && roleOf(to) === 'leader' ? uncapitalised(leaderName(units, unitOf(to))) : unitAddress(units, unitOf(to)),
    isLead: unitOf(to) === facts.lead, isToday: input.on <= facts.decidedOn && isDueOn(item.notice, input.on), ask: isUpwards ? 'kính đề nghị' : 'đề nghị',
    lead: unitName(units, facts.lead), supervisor: unitName(units, facts.supervisor), authority: authorityName(plan),
    name: (unit) => unitName(units, unit), position: (position) => positionName(units, position),
    due: dueOn === null ? 'chưa ấn định' : date(dueOn),
    text: (name) => { const value = texts[name]?.trim(); return value === undefined || value === '' ? undefined : value; },
    url: `${publicUrl}/t/${slot}`,
  };
};
