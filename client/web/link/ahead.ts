import { addWorkingDays } from '../../../domain/calendar';
import { openConsultation } from '../../../domain/consultation';
import { closesOn, nextInputStep } from '../../../domain/consultation-clock';
import { acknowledgementRungs, holdEndsOn, mainRungs, nextMonthly, occurrenceRungs } from '../../../domain/schedule';
import type { WaitingFor } from '../../../domain/matters';
import { isClosed, type TaskState } from '../../../domain/task';
import type { CivilDate } from '../../../domain/time';
import { type Chaser, dueChasers } from '../../../domain/waiting';
import { positionWord } from '../../history-text';
import { rungWord, type Word } from '../../words';

type Names = ReadonlyMap<string, string>;
/** What comes of itself where nothing is done. */
export type Ahead = { readonly what: Word; readonly on: CivilDate };

const earliest = (all: readonly Ahead[]): Ahead | undefined => [...all].sort((a, b) => (a.on < b.on ? -1 : 1))[0];

/** The next rung of the ladder, of a milestone or of the acknowledgement; held ones come when the hold ends. */
export const rungAhead = (s: TaskState): Ahead | undefined => {
  if (s.name !== 'assigned' && s.name !== 'in_progress') return undefined;
  const free = holdEndsOn(s);
  const rungs = [...acknowledgementRungs(s), ...mainRungs(s), ...occurrenceRungs(s)].map(({ rung, on, milestone }): Ahead => {
    const [vi, en] = rungWord(rung.id);
    const what: Word = milestone === undefined ? [vi, en] : [`${vi}, mốc ${milestone}`, `${en}, milestone ${milestone}`];
    return { what, on: free !== undefined && on < free ? free : on };
  });
  const monthly = nextMonthly(s);
  return earliest([...rungs, ...(monthly === undefined ? [] : [{ what: rungWord('LM'), on: monthly }])]);
};

const chased = ({ to, on }: Chaser, names: Names): Ahead[] => {
  const people = to.map(({ to: position }) => positionWord(position, names));
  const said: Word = [`nhắc ${people.map(([vi]) => vi).join('; ')}`, `a reminder to ${people.map(([, en]) => en).join('; ')}`];
  return on === undefined ? [] : [{ what: said, on }];
};

/** The next reminder of a decision that somebody owes. */
export const chaserAhead = (s: TaskState, what: WaitingFor, names: Names, obstacle?: number): Ahead | undefined =>
  earliest(dueChasers(s).filter((c) => c.what === what && c.obstacle === obstacle).flatMap((c) => chased(c, names)));

const SILENCE: Word = ['kết thúc lấy ý kiến, ghi nhận "Không trả lời (coi như thống nhất)"', 'the consultation closes and records no answer'];
const LATE: Word = ['nhắc quá hạn góp ý', 'a reminder that the input is late'];
const SOON: Word = ['nhắc sắp hết hạn góp ý', 'a reminder that the input is due'];

/** What comes for a unit whose input is owed: its next reminder, else the day on which its silence is recorded. */
export const inputAhead = (s: TaskState, unit: string): Ahead | undefined => {
  const step = nextInputStep(s, unit);
  return step === undefined ? closingAhead(s) : { what: step.isLate ? LATE : SOON, on: step.on };
};
/** The day on which an open consultation ends by itself. */
export const closingAhead = (s: TaskState): Ahead | undefined => {
  const c = openConsultation(s);
  const on = c && closesOn(s, c);
  return on === undefined ? undefined : { what: SILENCE, on };
};

/** Whatever comes first on a task, for who looks at all of it. */
export const firstAhead = (s: TaskState, names: Names): Ahead | undefined => {
  if (isClosed(s.name) || s.name === 'suspended') return undefined;
  const [rung, closing] = [rungAhead(s), closingAhead(s)];
  return earliest([...(rung === undefined ? [] : [rung]), ...(closing === undefined ? [] : [closing]), ...dueChasers(s).flatMap((c) => chased(c, names))]);
};

/** So many working days after a day; undefined beyond the calendar. */
export const within = ({ seed: { calendar } }: TaskState, since: CivilDate, workingDays: number): CivilDate | undefined => addWorkingDays(calendar, since, workingDays);
