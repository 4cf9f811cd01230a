import { refuse } from './authority';
import { isPastDue } from './deadline';
import { type Context, done, type Outcome } from './outcome';
import { fact, sayFlag, sayRung } from './rung-steps';
import { mainRungs, type ScheduledRung } from './schedule';
import type { TaskState } from './task';
import type { CivilDate } from './time';

/**
 * The rung that is next: of the overdue ladder once the term is over, before it one of the reminders; the due day keeps
 * its own.
 */
const nextRung = (state: TaskState, today: CivilDate): ScheduledRung | undefined => {
  const isLate = isPastDue(state.seed.calendar, state.dueOn, today);
  return mainRungs(state).find(({ rung }) =>
    isLate ? rung.anchor === 'after' : rung.anchor === 'before' && rung.id !== 'T-0',
  );
};

/** A higher rung that is said by hand stands for those that a silence took back. */
const withoutHeld = ({ hold }: TaskState, { rung }: ScheduledRung) =>
  hold === null || rung.anchor !== 'after' ? {} : { hold: { ...hold, held: [] } };

/**
 * The next rung that is still to come is decided now, by hand: its notices, its letter where it has one and its flag
 * leave as those of its day would, also
 * while a committed date keeps the ladder silent; on its day it does not come again.
 */
export const escalate = ({ state, fields, now, today }: Context<'remind'>): Outcome => {
  if (state.name !== 'assigned' && state.name !== 'in_progress')
    return refuse('wrong-state', 'Chỉ đôn đốc trước ngày khi đơn vị chủ trì đang thực hiện.');
  const next = nextRung(state, today);
  if (next === undefined)
    return isPastDue(state.seed.calendar, state.dueOn, today)
      ? refuse('no-rung-left', 'Các bước đôn đốc của thời hạn này đã thực hiện hết.')
      : refuse('not-overdue', 'Nhiệm vụ chưa quá hạn và không còn bước nhắc trước hạn nào để thực hiện sớm.');
  const texts = fields.text === undefined ? {} : { texts: { text: fields.text } };
  return done(withoutHeld(state, next), [], (after, cause) => ({
    facts: [fact({ ...next, on: today }, 'sent', 'brought-forward')],
    notices: [
      ...sayRung(after, now, next, { reason: 'brought-forward', cause, facts: { act: 'remind', ...texts } }),
      ...sayFlag(after, now, next, { reason: 'brought-forward', cause, facts: { act: 'remind' } }),
    ],
  }));
};
