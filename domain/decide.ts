import type { Command, Refusal } from './acts';
import { mayAct } from './authority';
import { compose } from './compose';
import { evolve } from './evolve';
import { closeConsultation, giveInput, respondToInput } from './consultation-acts';
import { openConsultationAct } from './consultation-open';
import { giveOpinion, grantExtension, refuseExtension, requestExtension } from './extension';
import { enterDocument } from './documents';
import { delegate, enterEvent, forward, undo } from './holder-acts';
import { acknowledge, prepare, rejectAssignment, reportProgress, submit } from './lead-acts';
import type { Notice } from './notice';
import { acknowledgeObstacle, consolidateObstacle, decideObstacle, raiseObstacle } from './obstacles';
import type { Outcome } from './outcome';
import { type Position, positionOf } from './plan';
import { fieldsMissing } from './required';
import { resume } from './resume';
import { run } from './step';
import { amend, approveLetter, closing, confirm, reassign, rejectLetter, remind, sendBack, setDueDate } from './supervisor-acts';
import { type ActedEvent, type Decision, decidesBy, STATE_SCHEMA, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant } from './time';
import { endTold, withTold } from './told';

type Base = { readonly state: TaskState; readonly now: Instant; readonly today: CivilDate; readonly by: Position; readonly person?: string };

const outcomeOf = (command: Command, base: Base): Outcome => {
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
    case 'open-consultation': return openConsultationAct({ ...base, fields: command.fields });
    case 'give-input': return giveInput({ ...base, fields: command.fields });
    case 'respond-to-input': return respondToInput({ ...base, fields: command.fields });
    case 'close-consultation': return closeConsultation({ ...base, fields: command.fields });
    case 'request-extension': return requestExtension({ ...base, fields: command.fields });
    case 'give-opinion': return giveOpinion({ ...base, fields: command.fields });
    case 'refuse-extension': return refuseExtension({ ...base, fields: command.fields });
    case 'enter-event': return enterEvent({ ...base, fields: command.fields });
    case 'raise-obstacle': return raiseObstacle({ ...base, fields: command.fields });
    case 'acknowledge-obstacle': return acknowledgeObstacle({ ...base, fields: command.fields });
    case 'consolidate-obstacle': return consolidateObstacle({ ...base, fields: command.fields });
    case 'decide-obstacle': return decideObstacle({ ...base, fields: command.fields });
    case 'delegate': return delegate({ ...base, fields: command.fields });
    case 'forward': return forward({ ...base, fields: command.fields });
    case 'undo': return undo({ ...base, fields: command.fields });
    case 'enter-document': return enterDocument({ ...base, fields: command.fields });
  }
};

/**
 * What an official act does, or why not. Total: never throws, a refusal changes nothing. The caller ticks first, so that rungs due at this
 * very instant go before the act. A nonce that was decided before gives an empty decision.
 */
export const decide = (state: TaskState, command: Command, now: Instant): Decision | Refusal => {
  const { actor } = command;
  if (actor.nonce !== undefined && state.recent.some((r) => r.nonce === actor.nonce)) return { ok: true, events: [], notices: [] };
  const refusal = mayAct(state, command) ?? (decidesBy(state, 3) ? fieldsMissing(command) : undefined);
  if (refusal) return refusal;
  const by = actor.by === 'admin' ? positionOf(state.seed.hostUnit, 'officer') : actor.by;
  const outcome = outcomeOf(command, { state, now, today: dateAt(now), by, ...(actor.person === undefined ? {} : { person: actor.person }) });
  if (!outcome.ok) return outcome;
  const seq = state.seq + 1;
  const event = { ...command, type: 'acted', seq, at: now, effectiveAt: now, schema: STATE_SCHEMA, result: outcome.result } as ActedEvent;
  const after = evolve(state, event);
  const cause = `${state.seed.id}#${seq}`;
  const said = [...outcome.said, ...endTold(state, after, event, outcome.said)];
  const notices: Notice[] = said.flatMap(({ kind, to: receivers, facts, more, isDigest }) =>
    compose(after, now, { kind, discriminator: `#${seq}`, reason: `act:${command.act}`, ...(isDigest ? { isDigest } : {}), ...more,
      facts: { act: command.act, ...(actor.by === 'admin' ? {} : { by: actor.by }), ...facts } }, receivers, cause));
  const { then } = outcome;
  const follows = run(after, now, then === undefined ? [] : [(s) => withTold(s, then(s, cause))]);
  return { ok: true, events: [event, ...follows.events], notices: [...notices, ...follows.notices] };
};

