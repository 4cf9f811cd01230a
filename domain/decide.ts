import type { Command, Refusal } from './acts';
import { mayAct } from './authority';
import { compose } from './compose';
import { evolve } from './evolve';
import { acknowledge, prepare, rejectAssignment, reportProgress, submit } from './lead-acts';
import type { Notice } from './notice';
import type { Outcome } from './outcome';
import { amend, approveLetter, closing, confirm, grantExtension, reassign, rejectLetter, remind, resume, sendBack, setDueDate } from './supervisor-acts';
import { type ActedEvent, type Decision, STATE_SCHEMA, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant } from './time';

const outcomeOf = (command: Command, base: { state: TaskState; now: Instant; today: CivilDate }): Outcome => {
  switch (command.act) {
    case 'acknowledge': return acknowledge({ ...base, fields: command.fields });
    case 'reject-assignment': return rejectAssignment({ ...base, fields: command.fields });
    case 'report-progress': return reportProgress({ ...base, fields: command.fields });
    case 'prepare': return prepare({ ...base, fields: command.fields });
    case 'submit': return submit({ ...base, fields: command.fields });
    case 'confirm': return confirm({ ...base, fields: command.fields });
    case 'return': return sendBack({ ...base, fields: command.fields });
    case 'grant-extension': return grantExtension({ ...base, fields: command.fields });
    case 'set-due-date': return setDueDate({ ...base, fields: command.fields });
    case 'amend': return amend({ ...base, fields: command.fields });
    case 'approve-letter': return approveLetter({ ...base, fields: command.fields });
    case 'reject-letter': return rejectLetter({ ...base, fields: command.fields });
    case 'reassign': return reassign({ ...base, fields: command.fields });
    case 'suspend': return closing('suspend', 'suspended')({ ...base, fields: command.fields });
    case 'resume': return resume({ ...base, fields: command.fields });
    case 'discontinue': return closing('discontinue', 'discontinued')({ ...base, fields: command.fields });
    case 'merge': return closing('merge', 'merged')({ ...base, fields: command.fields });
    case 'carry-over': return closing('carry-over', 'carried_over')({ ...base, fields: command.fields });
    case 'remind': return remind({ ...base, fields: command.fields });
  }
};

/**
 * What an official act does, or why not. Total: never throws, a refusal changes nothing. The caller ticks first, so that rungs due at this
 * very instant go before the act. A nonce that was decided before gives an empty decision.
 */
export const decide = (state: TaskState, command: Command, now: Instant): Decision | Refusal => {
  const { actor } = command;
  if (actor.nonce !== undefined && state.recent.some((r) => r.nonce === actor.nonce)) return { ok: true, events: [], notices: [] };
  const refusal = mayAct(state, command);
  if (refusal) return refusal;
  const outcome = outcomeOf(command, { state, now, today: dateAt(now) });
  if (!outcome.ok) return outcome;
  const seq = state.seq + 1;
  const event = { ...command, type: 'acted', seq, at: now, effectiveAt: now, schema: STATE_SCHEMA, result: outcome.result } as ActedEvent;
  const after = evolve(state, event);
  const cause = `${state.seed.id}#${seq}`;
  const notices: Notice[] = outcome.said.flatMap(({ kind, to: receivers, facts, more }) =>
    compose(after, now, { kind, discriminator: `#${seq}`, reason: `act:${command.act}`, ...more, facts: { act: command.act, ...(actor.by === 'admin' ? {} : { by: actor.by }), ...facts } }, receivers, cause));
  return { ok: true, events: [event], notices };
};

