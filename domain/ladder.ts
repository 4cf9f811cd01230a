import type { NoticeKind, RungId, Channel } from './notice';
import type { Role } from './plan';

/** Who gets a notice, relative to the task: the lead, the supervisor, or the authority's office. */
export type Recipient = { readonly unit: 'lead' | 'supervisor' | 'authority'; readonly role: Role; readonly channels: readonly Channel[] };

/** One step: `workingDays` before the last working day ≤ the due date (`before`), after the first one ≥ it (`after`), or after the assignment. */
export type Rung = {
  readonly id: RungId;
  readonly anchor: 'before' | 'after' | 'assignment';
  readonly workingDays: number;
  readonly kind: NoticeKind;
  readonly to: readonly Recipient[];
  /** Flags outside the ladder: as of right, even while a committed date makes the ladder silent. */
  readonly flags: readonly Recipient[];
  /** Not on the first or second working day after Tết; on the third instead. */
  readonly avoidsTet: boolean;
  /** Where the letter of this rung goes when it is approved; the host unit as lead gets it itself. */
  readonly letterTo: readonly Recipient[];
};

/** A versioned value (docs/domain.md, "The ladder"): an edit never alters a running task by itself. */
export type Ladder = {
  readonly version: string;
  readonly acknowledgement: readonly Rung[];
  readonly main: readonly Rung[];
  readonly occurrence: readonly Rung[];
};

const MAIL: readonly Channel[] = ['email'];
const BOTH: readonly Channel[] = ['email', 'sms'];
const lead = (channels: readonly Channel[], ...roles: Role[]): Recipient[] => roles.map((role) => ({ unit: 'lead', role, channels }));
const supervisor = (channels: readonly Channel[], role: Role): Recipient => ({ unit: 'supervisor', role, channels });

type When = readonly [anchor: Rung['anchor'], workingDays: number];
const rung = (id: RungId, [anchor, workingDays]: When, kind: NoticeKind, to: readonly Recipient[], more: Partial<Rung> = {}): Rung => ({
  id, anchor, workingDays, kind, to, flags: [], avoidsTet: false, letterTo: [], ...more,
});
const FLAG = [supervisor(MAIL, 'officer')];

/** The ladder of docs/domain.md: 60/20/10/5/3/1/0 working days before, 1/5/10/20 after. */
export const DEFAULT_LADDER: Ladder = {
  version: '2018-1',
  acknowledgement: [
    rung('A+4', ['assignment', 4], 'acknowledgement-missing', lead(BOTH, 'officer')),
    rung('A+5', ['assignment', 5], 'acknowledgement-missing', lead(BOTH, 'leader')),
  ],
  main: [
    rung('T-60', ['before', 60], 'due-soon', lead(MAIL, 'officer')),
    rung('T-20', ['before', 20], 'due-soon', lead(MAIL, 'officer', 'head')),
    rung('T-10', ['before', 10], 'due-soon', lead(MAIL, 'officer', 'head')),
    rung('T-5', ['before', 5], 'due-soon', lead(BOTH, 'officer', 'head', 'leader')),
    rung('T-3', ['before', 3], 'due-soon', lead(BOTH, 'officer', 'head')),
    rung('T-1', ['before', 1], 'due-soon', lead(BOTH, 'officer', 'head')),
    rung('T-0', ['before', 0], 'due-today', lead(BOTH, 'officer', 'head', 'leader')),
    rung('L1', ['after', 1], 'overdue', lead(BOTH, 'officer', 'head'), { flags: FLAG }),
    rung('L2', ['after', 5], 'overdue', [...lead(BOTH, 'officer', 'head', 'leader'), supervisor(MAIL, 'head')], { flags: FLAG }),
    rung('L3', ['after', 10], 'letter-draft', [supervisor(BOTH, 'leader')], { flags: FLAG, avoidsTet: true, letterTo: lead(MAIL, 'officer', 'leader') }),
    rung('L4', ['after', 20], 'letter-draft', [supervisor(BOTH, 'leader')], {
      flags: FLAG, avoidsTet: true, letterTo: [{ unit: 'authority', role: 'officer', channels: MAIL }],
    }),
  ],
  occurrence: [
    rung('T-10', ['before', 10], 'milestone-due-soon', lead(MAIL, 'officer', 'head')),
    rung('T-0', ['before', 0], 'milestone-due-today', lead(MAIL, 'officer', 'head', 'leader')),
    rung('L1', ['after', 1], 'milestone-overdue', lead(MAIL, 'officer', 'head')),
    rung('L2', ['after', 5], 'milestone-overdue', lead(MAIL, 'officer', 'head', 'leader')),
  ],
};
