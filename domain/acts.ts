import type { Answer } from './matters';
import type { FileRef, TextRef } from './refs';
import type { CivilDate, Instant } from './time';
import type { DocumentRef, Position, UnitId } from './plan';

/** What the lead's officer or head puts before the leader: a result, or a request for an extension. */
export type Prepared =
  | { readonly of: 'submit'; readonly summary: TextRef; readonly document?: DocumentRef }
  | { readonly of: 'request-extension'; readonly to: CivilDate; readonly reason: TextRef; readonly document?: DocumentRef };

/** Fields of every act, by name; free texts are references (contract of acts: docs/architecture.md). */
export type ActFields = {
  acknowledge: { deliverable: TextRef; contact?: TextRef };
  'reject-assignment': { reason: TextRef };
  'report-progress': { percent?: number; text: TextRef; commitTo?: CivilDate; milestone?: string };
  prepare: Prepared;
  submit: { summary?: TextRef; document?: DocumentRef };
  confirm: { document?: DocumentRef };
  return: { reason: TextRef; correctBy?: CivilDate };
  'grant-extension': { to: CivilDate; document: DocumentRef };
  'set-due-date': { dueOn: CivilDate; document?: DocumentRef };
  amend: {
    field: 'title' | 'window' | 'coordinating' | 'deliverable';
    value: AmendValue;
    reason: TextRef;
    document?: DocumentRef;
  };
  'approve-letter': { rung?: 'L3' | 'L4'; text?: TextRef; number?: string };
  'reject-letter': { rung?: 'L3' | 'L4'; reason?: TextRef };
  reassign: { lead: UnitId; document: DocumentRef };
  suspend: { document: DocumentRef };
  resume: { document: DocumentRef };
  discontinue: { document: DocumentRef };
  merge: { document: DocumentRef };
  'carry-over': { document: DocumentRef };
  /** `escalate`: the next rung that is still to come is said now, instead of a reminder. */
  remind: { text?: TextRef; escalate?: 'yes' };
  /**
   * `to`: a unit by its id, or with a date of its own. The date of the others: `dueOn`, or `beforeDue` working days
   * before the lead's own, or ten working days from today. `link`: where the draft of `document` is to be
   * read.
   */
  'open-consultation': {
    subject: TextRef;
    to?: readonly (UnitId | UnitDue)[];
    dueOn?: CivilDate;
    beforeDue?: number;
    document?: DocumentRef;
    link?: TextRef;
    file?: FileRef;
  };
  'give-input': { answer: Answer; text?: TextRef; dueOn?: CivilDate };
  'respond-to-input': { unit: UnitId; taken: 'yes' | 'no'; text: TextRef };
  'close-consultation': Record<never, never>;
  /** `to` and `reason` left out: those that were prepared. */
  'request-extension': { to?: CivilDate; reason?: TextRef; document?: DocumentRef };
  'give-opinion': { support: 'yes' | 'no'; text?: TextRef };
  'refuse-extension': { reason: TextRef };
  'enter-event': { date: CivilDate; document: DocumentRef };
  'raise-obstacle': { text: TextRef; proposal?: TextRef };
  /** `obstacle`: its number; left out: the oldest one that waits for this. */
  'acknowledge-obstacle': { obstacle?: number; text?: TextRef };
  'consolidate-obstacle': { obstacle?: number; text?: TextRef };
  'decide-obstacle': { obstacle?: number; document: DocumentRef; text: TextRef };
  /** `to`: an opaque person id of the directory. */
  delegate: { to: string; from: CivilDate; until: CivilDate };
  forward: { to: Position };
  undo: Record<never, never>;
  /**
   * `of`: number of the event that the paper belongs to; left out: the last one of the actor's own unit that has none.
   */
  'enter-document': { of?: number; document: DocumentRef };
};
/** A unit that is asked by a date of its own. */
export type UnitDue = { readonly unit: UnitId; readonly dueOn: CivilDate };
/** A window is two dates, coordinating units are ids, a title or deliverable is a text in the ledger. */
export type AmendValue =
  | { readonly window: { readonly startsOn: CivilDate; readonly dueOn: CivilDate } }
  | { readonly coordinating: readonly UnitId[] }
  | { readonly text: TextRef };

export type Act = keyof ActFields;
export const ACTS = [
  'acknowledge', 'reject-assignment', 'report-progress', 'prepare', 'submit', 'confirm', 'return', 'grant-extension', 'set-due-date', 'amend',
  'approve-letter', 'reject-letter', 'reassign', 'suspend', 'resume', 'discontinue', 'merge', 'carry-over', 'remind',
  'open-consultation', 'give-input', 'respond-to-input', 'close-consultation', 'request-extension', 'give-opinion', 'refuse-extension', 'enter-event',
  'raise-obstacle', 'acknowledge-obstacle', 'consolidate-obstacle', 'decide-obstacle', 'delegate', 'forward', 'undo',
  'enter-document',
] as const satisfies readonly Act[];

/** By which way an act came. Where it is `cli`, acts above acknowledgement need a document. */
export type Via = 'link' | 'cli' | 'system';

/** Who did it: `person` and `operator` are opaque ids. `admin` acts for the host unit and may only `remind`. */
export type Actor = {
  readonly by: Position | 'admin';
  readonly via: Via;
  readonly person?: string;
  readonly operator?: string;
  readonly onBehalfOf?: Position;
  /** The document an act by the counter path rests on, where the act itself has no `document` field. */
  readonly basis?: DocumentRef;
  /** How a decision by link was proved beside the link: a code to the person's phone, or by mail where there is none, which is weaker. */
  readonly proof?: 'sms' | 'email';
  /** One press of one button: the same nonce is answered with the same receipt. */
  readonly nonce?: string;
};

/**
 * Shows that an act came through a door that holds the server's key: `mac` binds task, act, fields and actor, `at` is when it was pressed (our time), `key`
 * names the key (links/act-seal.ts). The rules carry it along and never look at it.
 */
export type Seal = { readonly key: string; readonly at: Instant; readonly mac: string };

export type Command = { [A in Act]: { readonly act: A; readonly fields: ActFields[A]; readonly actor: Actor; readonly seal?: Seal } }[Act];

/** A refusal changes nothing. `message` is a Vietnamese sentence for the person who acted. */
export type Refusal = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly message: string;
  /** Who decided before, and when, where another act won. */
  readonly last?: { readonly act: string; readonly by: string; readonly at: Instant };
};
export const REFUSAL_CODES = [
  'not-allowed', 'wrong-state', 'already-decided', 'field-missing', 'field-invalid', 'document-required', 'commit-too-far', 'commit-used',
  'milestone-unknown', 'milestone-closed', 'no-open-letter', 'self-confirmation', 'not-extendable', 'calendar-missing', 'same-lead', 'not-suspended',
  'consultation-open', 'no-consultation', 'not-consulted', 'no-input', 'more-time-used', 'more-time-too-long', 'no-pending-extension', 'no-open-obstacle',
  'nothing-to-undo', 'undo-too-late', 'not-overdue', 'no-rung-left', 'extensions-used', 'nothing-to-document',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
