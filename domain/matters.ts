import type { Act } from './acts';
import type { DocumentRef, Position, UnitId } from './plan';
import type { FileRef, TextRef } from './refs';
import type { CivilDate, Instant } from './time';

/** A wait for somebody else's decision, with its own clock of +3 and +5 working days; `chased` counts what was sent. */
export type Waiting = { readonly since: CivilDate; readonly chased: number; readonly by: Position };

/**
 * A position that was told that something is late, and when the notice leaves. `of`: the task itself, or what waits for
 * a decision; `no`: of an obstacle.
 */
export type Told = {
  readonly of: 'lateness' | WaitingFor;
  readonly no?: number;
  readonly to: Position;
  readonly at: Instant;
};

/** An act that may rest on a paper. `consultation`: the number of the one that it opened. */
export type Undocumented = {
  readonly seq: number;
  readonly act: Act;
  readonly unit: UnitId;
  readonly on: CivilDate;
  readonly consultation?: number;
};

/** What waits for somebody's decision. */
export type WaitingFor = 'letter' | 'assignment' | 'submission' | 'prepared' | 'extension' | 'obstacle';

/** Who did what may be taken back, and when. */
export type Undoable = { readonly at: Instant; readonly by: string; readonly person?: string };

export const ANSWERS = ['agree', 'agree-with-comments', 'disagree', 'not-our-function', 'ask-more-time'] as const;
export type Answer = (typeof ANSWERS)[number];

/** How a unit that said nothing is recorded: "Không trả lời (coi như thống nhất)", or not even that where its time was not over. Never as consent. */
export type Silence = Readonly<Record<UnitId, 'deemed' | 'closed-early'>>;

export type Input = {
  readonly answer: Exclude<Answer, 'ask-more-time'>;
  readonly on: CivilDate;
  readonly by: string;
  readonly isLate: boolean;
  readonly text?: TextRef;
  /** "Tiếp thu, giải trình". */
  readonly response: { readonly taken: 'yes' | 'no'; readonly text: TextRef; readonly on: CivilDate } | null;
};

/** A unit that is asked. Steps of its clock on or before `since` are not its own; `chased` counts those that are over. */
export type Consulted = {
  readonly unit: UnitId;
  readonly dueOn: CivilDate;
  readonly since: CivilDate;
  readonly chased: number;
  readonly hasMoreTime: boolean;
  readonly input: Input | null;
  readonly silence: Silence[string] | null;
  /** The last answer and what stood before it. */
  readonly undo: (Undoable & { readonly before: Pick<Consulted, 'dueOn' | 'chased' | 'hasMoreTime'> }) | null;
};

export type Consultation = {
  readonly no: number;
  readonly openedOn: CivilDate;
  readonly subject: TextRef;
  readonly document?: DocumentRef;
  readonly link?: TextRef;
  readonly file?: FileRef;
  readonly dueOn: CivilDate;
  readonly units: readonly Consulted[];
  /** The lead's table of what came is told once, on a day after this. */
  readonly since: CivilDate;
  readonly isTold: boolean;
  /** The last day on which an answer changed whom it waits for: it never closes on a day before the next. */
  readonly movedOn: CivilDate;
  readonly closed: { readonly on: CivilDate; readonly seq: number } | null;
};

/** A request that waits: first for the host unit's opinion (`since` the request), then for the authority's decision (`since` the opinion). */
export type PendingExtension = Waiting & {
  readonly to: CivilDate;
  readonly reason: TextRef;
  readonly document?: DocumentRef;
  readonly opinion: { readonly support: 'yes' | 'no'; readonly text?: TextRef; readonly on: CivilDate } | null;
};

export const OBSTACLE_STATES = ['raised', 'acknowledged', 'consolidated', 'decided'] as const;
export type ObstacleState = (typeof OBSTACLE_STATES)[number];

/** "Khó khăn, vướng mắc": the host unit acknowledges and consolidates, the authority's office decides. `since` and `chased` are the host unit's clock. */
export type Obstacle = {
  readonly no: number;
  readonly unit: string;
  readonly by: string;
  readonly state: ObstacleState;
  readonly raisedOn: CivilDate;
  readonly since: CivilDate;
  readonly chased: number;
  readonly text: TextRef;
  readonly proposal?: TextRef;
  readonly acknowledgedOn: CivilDate | null;
  readonly consolidatedOn: CivilDate | null;
  readonly decidedOn: CivilDate | null;
  readonly document?: DocumentRef;
};
