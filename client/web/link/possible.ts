import { type Act, type Actor, ACTS, type Command, type RefusalCode } from '../../../domain/acts';
import { decide } from '../../../domain/decide';
import { type Position, roleOf } from '../../../domain/plan';
import type { TaskState } from '../../../domain/task';
import { addDays, dateAt, type Instant } from '../../../domain/time';
import { sealOf } from '../../../links';
import { ACT_FORMS } from './forms';

/** Refusals that say something of what was filled in: with other fields the act may be taken. */
const OF_FIELDS: readonly RefusalCode[] = [
  'field-missing', 'field-invalid', 'document-required', 'commit-too-far', 'commit-used', 'milestone-unknown', 'milestone-closed', 'same-lead',
  'calendar-missing',
  'more-time-used', 'more-time-too-long',
];
/**
 * Where an act means something else by a name. A clerk is asked for the papers of the own unit, a supervisor for any.
 */
const ownFields = (state: TaskState, by: Position, act: Act): object => {
  if (act === 'open-consultation') return { to: undefined };
  return act === 'enter-document' ? { of: roleOf(by) === 'clerk' ? undefined : state.undocumented.at(-1)?.seq } : {};
};
const REF = { id: 'tx', hash: 'x', length: 1 };

/** One set of fields with which the rules are asked; each act takes its own of them. */
const sampleFields = (state: TaskState, now: Instant): object => {
  const [today, later] = [dateAt(now), addDays(state.dueOn !== null && state.dueOn > dateAt(now) ? state.dueOn : dateAt(now), 7)];
  return {
    deliverable: REF, reason: REF, text: REF, summary: REF, subject: REF, proposal: REF, of: 'submit', to: later, dueOn: later, correctBy: later, date: today,
    lead: 'another-unit',
    field: 'title', value: { text: REF }, from: today, until: later, unit: state.consultations.flatMap((c) => c.units).find(
      (u) => u.input !== null && u.input.response === null
    )?.unit ?? '', document: { number: '1', date: today }, answer: 'agree', taken: 'yes', support: 'yes',
  };
};

/** The acts that the rules would take from a position at this moment, in the order of the forms. The real decision is the workflow's. */
export const possibleActs = (
  state: TaskState, { position: by, at: now }: { readonly position: Position; readonly at: Instant }, person?: string
): readonly Act[] => {
  const actor: Actor = { by, via: 'link', ...(person === undefined ? {} : { person }) };
  const fields = sampleFields(state, now);
  return (Object.keys(ACT_FORMS) as Act[]).filter((act) => {
    if (!ACTS.includes(act)) return false;
    const answer = decide(state, { act, fields: { ...fields, ...ownFields(state, by, act) }, actor } as Command, now);
    return answer.ok || OF_FIELDS.includes(answer.code);
  });
};

/**
 * A word for everything about a task that a decision rests on. A page whose word is another one than the task's shows what is over; what others add
 * (a report, a reminder that was sent) does not change it.
 */
export const shownWord = (key: string, s: TaskState): string =>
  sealOf(key, [
    s.seed.id, s.name, s.supervisor, String(s.dueOn), String(s.startsOn), JSON.stringify(s.leads.at(-1)), JSON.stringify(s.coordinators),
    String(s.acknowledgedOn), String(s.submission?.at),
    String(s.rejected?.since), JSON.stringify(s.prepared), String(s.extension?.since), String(s.consultations.at(-1)?.no),
    String(s.consultations.at(-1)?.closed?.on), s.letters.map((l) => l.rung).join(), String(s.suspended?.on),
  ]).slice(0, 16);
