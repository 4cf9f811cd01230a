import type { CivilDate } from './time';

/** `tb-skhdt`: ids come from the directory, never from the code. */
export type UnitId = string;
/** What a position does in its unit: đầu mối, lãnh đạo phòng, lãnh đạo đơn vị, văn thư. */
export const ROLES = ['officer', 'head', 'leader', 'clerk'] as const;
export type Role = (typeof ROLES)[number];
/** `tb-skhdt/officer`. */
export type Position = `${UnitId}/${Role}`;

export const positionOf = (unit: UnitId, role: Role): Position => `${unit}/${role}`;
export const unitOf = (position: Position): UnitId => position.slice(0, position.lastIndexOf('/'));
export const roleOf = (position: Position): Role => position.slice(position.lastIndexOf('/') + 1) as Role;
export const isPosition = (text: string): text is Position => {
  const cut = text.lastIndexOf('/');
  return cut > 0 && (ROLES as readonly string[]).includes(text.slice(cut + 1));
};

/** How the time phrase of a row reads. */
export const TIMINGS = ['deadline', 'period', 'recurring', 'continuous', 'event', 'milestones', 'conditional', 'by-reference', 'open-ended'] as const;
export type Timing = (typeof TIMINGS)[number];

/** The nature of what closes a task: document, document then programme, programme, investment outcome. */
export type TaskKind = 'document' | 'document-then-programme' | 'programme' | 'investment';

export type DocumentRef = { readonly number: string; readonly date: CivilDate };

export type Milestone = { readonly label: string; readonly dueOn: CivilDate };

/** One row of the appendix as read: what `plan check` prints and `plan start` starts. */
export type TaskSpec = {
  readonly id: string;
  /** The printed number, as it stands. */
  readonly no: string;
  readonly group?: string;
  readonly title: string;
  /** The title with a slip mended for display (an unclosed quote); left out when it is the title. */
  readonly displayTitle?: string;
  readonly lead: UnitId;
  readonly coLeads: readonly UnitId[];
  readonly leadText: string;
  /** Expanded unit ids, the lead not among them. */
  readonly coordinating: readonly UnitId[];
  readonly coordinatingText: string;
  readonly timeText: string;
  readonly timing: Timing;
  /** `R1`, `R2`: the rule that read the time phrase (docs/domain.md). */
  readonly rule: string;
  readonly confirmedBy: string | null;
  readonly startsOn: CivilDate | null;
  readonly dueOn: CivilDate | null;
  readonly kind: TaskKind;
  readonly supervisor: UnitId;
  readonly milestones: readonly Milestone[];
  readonly confidential?: boolean;
  /** For a row that waits for an event: its due date, counted from the day of it. */
  readonly afterEvent?: { readonly count: number; readonly unit: 'working-days' | 'days' | 'months' };
};

export type PlanHeader = {
  readonly code: string;
  /** `KẾ HOẠCH`. */
  readonly type: string;
  /** Number of the document, `null` until it is entered. */
  readonly number: string | null;
  /** `/KH-UBND`. */
  readonly numberSuffix: string;
  readonly issuedOn: CivilDate;
  readonly title: string;
  /** Who issued it: `Ủy ban nhân dân tỉnh Thái Bình`. */
  readonly issuer: string;
  /** What the plan carries out, for the basis sentence: `Chương trình hành động số 25-CTr/TU ngày 10/8/2018 của Ban Thường vụ Tỉnh ủy`. */
  readonly carriesOut: string | null;
  readonly hostUnit: UnitId;
  readonly authorityOffice: UnitId;
  /** How every SMS begins: `SCT TB`. */
  readonly smsPrefix: string;
  /** Extensions that one task may ask for before only the authority's office may decide; left out: 3. */
  readonly maxExtensions?: number;
  /** Bodies of the directory outside the province's line; left out where there are none. */
  readonly externalUnits?: readonly UnitId[];
};

export type Duty = { readonly id: string; readonly unit: UnitId | null; readonly unitText: string; readonly text: string };
export type Indicator = {
  readonly id: string;
  readonly text: string;
  readonly comparator: '>' | '>=' | '≈' | 'text';
  readonly value: number | null;
  readonly unit: string | null;
  readonly year: number | null;
};
export type PlanWarning = { readonly code: string; readonly where: string; readonly message: string; readonly proposal: string };
/** An error names the place and what would be accepted. */
export type PlanProblem = { readonly where: string; readonly row?: string; readonly cell?: string; readonly message: string; readonly accepted: string };

export type Plan = {
  readonly plan: PlanHeader;
  readonly tasks: readonly TaskSpec[];
  readonly duties: readonly Duty[];
  readonly indicators: readonly Indicator[];
  readonly recipients: readonly string[];
  readonly warnings: readonly PlanWarning[];
};

/** A unit of the directory. `external` bodies are consulted and never escalated. */
export type Unit = {
  readonly id: UnitId;
  readonly name: string;
  readonly shortName: string;
  /** At most 11 GSM-7 characters, so that every SMS template fits. */
  readonly smsName: string;
  readonly type: 'department' | 'office' | 'authority' | 'board' | 'district' | 'external' | 'other';
  /** How the lead is addressed: `quý Sở`, `quý Ban`, `quý đơn vị`. */
  readonly address: string;
  readonly aliases: readonly string[];
  readonly validFrom?: CivilDate;
  readonly validTo?: CivilDate;
};
export type UnitGroup = { readonly id: string; readonly name: string; readonly aliases: readonly string[]; readonly members: readonly UnitId[]; readonly openEnded?: boolean };

/** Who sits on a position from a date to a date; a deputy acts instead while `deputyFrom`..`deputyUntil`. `person` is an opaque id. */
export type Seat = {
  readonly position: Position;
  readonly person: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly from: CivilDate;
  readonly to?: CivilDate;
  readonly deputyOf?: Position;
  /** Channels that the person asked to be left out where another one carries the same; mail cannot be. */
  readonly without?: readonly 'sms'[];
};

export type Directory = {
  readonly hostUnit: UnitId;
  readonly authorityOffice: UnitId;
  readonly smsPrefix: string;
  /** `Thái Bình`: what may follow "tỉnh" after a unit's name without making it another unit. */
  readonly province?: string;
  readonly units: readonly Unit[];
  readonly groups: readonly UnitGroup[];
  readonly seats: readonly Seat[];
};
