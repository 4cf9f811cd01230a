import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { CalendarYear } from '../domain/calendar';
import type { ReceiptStatus } from '../domain/delivery';
import type { Channel, MessageClass, NoticeFacts, NoticeKind } from '../domain/notice';
import type { PlanHeader, Position, TaskSpec, Unit, UnitGroup } from '../domain/plan';
import type { TaskEvent, TaskProjection, TaskSeed } from '../domain/task';
import type { CivilDate, Instant } from '../domain/time';
import type { OddReason } from './odd-mails';

/** `timestamptz`: comes back as {@link Instant} (ms since 1970 UTC), is written and compared as `new Date(ms)`. */
export type At = ColumnType<Instant, Date, Date>;
export type AtOrNull = ColumnType<Instant | null, Date | null | undefined, Date | null>;
/** `date`: a civil date as text both ways; no time zone ever touches it. */
export type DayOrNull = ColumnType<CivilDate | null, CivilDate | null | undefined, CivilDate | null>;
/** `jsonb`: comes back parsed, is written as `JSON.stringify(value)` (an array would otherwise become a PostgreSQL array). */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
type TextOrNull = ColumnType<string | null, string | null | undefined, string | null>;

/** One named value each; see `ledger/settings.ts` for the names. */
export type SettingTable = { name: string; value: Json<unknown> };
export type PlanTable = {
  code: string; hash: string; header: Json<PlanHeader>; spec: Json<readonly TaskSpec[]>; file_name: string; file: Buffer;
  started_at: At; withdrawn_at: AtOrNull; withdrawn_reason: TextOrNull;
};
/** `held_at` without `released_at`: its notices wait until a person lets them go. `messages`: how many its first day was reckoned to cause. */
export type StartTable = {
  id: string; plan: string; tasks: string[]; started_at: At; held_at: AtOrNull; released_at: AtOrNull; messages: ColumnType<number | null, number | null | undefined, number | null>;
};
export type UnitTable = { id: string; data: Json<Unit> };
export type UnitGroupTable = { id: string; data: Json<UnitGroup> };
/** `to_on` is the last day on the seat, included; empty while it lasts. */
export type SeatTable = {
  id: GeneratedAlways<number>; position: Position; person: string; name: string; email: TextOrNull; phone: TextOrNull;
  from_on: CivilDate; to_on: DayOrNull; deputy_of: ColumnType<Position | null, Position | null | undefined, Position | null>;
  without: ColumnType<Channel[] | null, Channel[] | null | undefined, Channel[] | null>;
};
export type TaskTable = {
  id: string; plan: string; seed: Json<TaskSeed>; seq: Generated<number>; projection: JsonOrNull<TaskProjection>;
  state: TextOrNull; lead: TextOrNull;
  supervisor: TextOrNull; due_on: DayOrNull; next_rung: TextOrNull; next_rung_on: DayOrNull; next_wake_at: AtOrNull; needs_repair: TextOrNull; opened_at: At;
};
export type EventTable = {
  task: string; seq: number; type: string; act: TextOrNull; position: TextOrNull; person: TextOrNull; operator: TextOrNull; via: string;
  on_behalf_of: TextOrNull; effective_at: At; decided_at: At; recorded_at: ColumnType<Instant, Date | undefined, never>; schema: number;
  hash_before: TextOrNull; body: Json<TaskEvent>;
};
/** `content` is emptied when it is erased; id, hash and length stay. */
export type TextTable = { id: string; subject: string; field: string; hash: string; length: number; content: string | null; created_at: At };
export type NoticeTable = {
  key: string; about_type: string; about_id: string; task: string | null; plan: string | null; kind: NoticeKind; rung: string | null; milestone: string | null;
  passed: string[] | null; to_position: Position; channels: Channel[]; class: MessageClass; grp: string; reason: string; decided_at: At; send_at: At;
  facts: Json<NoticeFacts>;
};
/** `held`: waits for a person (`outbox release`), or until it can be put into words (`held_for`). */
export type DeliveryState = 'planned' | 'held' | 'claimed' | 'sent' | 'dropped' | 'failed';
/**
 * Why this release, with what the ledger has now, cannot say a notice: a kind or facts that it does not know, a plan that is not there, a text that cannot be
 * made, or one that the ledger cannot keep.
 */
export type Unsayable = 'unknown-kind' | 'unreadable' | 'no-plan' | 'no-words' | 'not-storable';
export type DeliveryTable = {
  notice: string; channel: Channel; state: ColumnType<DeliveryState, DeliveryState | undefined, DeliveryState>; message: TextOrNull; reason: TextOrNull;
  position: TextOrNull; send_at: At; held_for: ColumnType<Unsayable | null, Unsayable | null | undefined, Unsayable | null>;
};
export const MESSAGE_STATES = ['frozen', 'body_started', 'accepted', 'rejected', 'ambiguous', 'delivered', 'bounced', 'superseded', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
/**
 * What the next step of a message in trouble is: an attempt by its own workflow, or by the post (`post`), a receipt, a
 * person's decision, or nothing more: the next channel.
 */
export type Awaited = 'attempt' | 'post' | 'receipt' | 'person' | 'channel';
export type MessageTable = {
  key: string; plan: TextOrNull; channel: Channel; address: string; class: MessageClass; grp: string; positions: string[]; subject: TextOrNull;
  state: ColumnType<MessageState, MessageState | undefined, MessageState>; reason: TextOrNull; attempt: Generated<number>; frozen_at: At;
  first_started_at: AtOrNull; settled_at: AtOrNull; in_trouble: Generated<boolean>; next_try_at: AtOrNull;
  awaits: ColumnType<Awaited | null, Awaited | null | undefined, Awaited | null>; failed_over_at: AtOrNull;
  under_way_since: AtOrNull;
};
export type AttemptTable = {
  message: string; number: number; started_at: At; body_started_at: AtOrNull; ended_at: AtOrNull; outcome: TextOrNull; detail: TextOrNull;
  provider_id: TextOrNull;
};
export type BodyTable = {
  frozen_at: ColumnType<Instant, Date | undefined, never>;
  message: string; content: Buffer; hash: string; content_type: string; preview: Json<unknown>; template: TextOrNull;
  parameters: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
};
export type ReceiptTable = {
  id: GeneratedAlways<number>; source: string; provider_id: Generated<string>; message: Generated<string>; status: ReceiptStatus; bad_address: Generated<boolean>; detail: TextOrNull;
  received_at: At; applied_at: AtOrNull;
};
export type BadAddressTable = { channel: Channel; address: string; reason: string; message: TextOrNull; marked_at: At };
export type ReplyTable = { id: string; message: string; task: TextOrNull; position: TextOrNull; text: string; received_at: At };
export type LinkTable = {
  id: string; hash: string; key_id: string; kind: string; slot: string; message: TextOrNull; notice: TextOrNull; position: string; person: TextOrNull;
  task: TextOrNull; step: TextOrNull; version: ColumnType<number | null, number | null | undefined, number | null>; created_at: At; expires_on: CivilDate;
  revoked_at: AtOrNull; revoked_reason: TextOrNull;
};
export type PlanReceiptTable = { plan: string; unit: string; message: string };
export type CalendarYearTable = { year: number; data: Json<CalendarYear> };

export type PressTable = {
  id: string; link: string; task: string; act: string; person: TextOrNull; pressed_at: At; seq: ColumnType<number | null, number | null | undefined, number | null>;
  state: TextOrNull; decided_at: AtOrNull; refused: TextOrNull;
};
export type OneTimeCodeTable = {
  id: string; link: string; person: string; channel: Channel; hash: string; subject: string; made_at: At; expires_at: At; tries: Generated<number>;
};
export type WebSessionTable = { hash: string; link: string; position: Position; person: TextOrNull; opened_at: At; expires_at: At; ended_at: AtOrNull };
export type TaskFileTable = { id: string; task: string; position: string; name: string; content_type: string; size: number; hash: string; content: Buffer; added_at: At };
export type LetterTable = {
  id: string; task: string; rung: 'L3' | 'L4'; number: TextOrNull; name: string; content_type: string; hash: string; content: Buffer; approved_at: At;
};
/** Named until `noted_at`, or until the text or file is there again. */
export type LostTable = {
  id: string; kind: 'text' | 'file'; task: string; seq: number; act: string; field: string; position: string;
  happened_at: At; noted_at: AtOrNull;
};
export type OddMailTable = {
  uid_validity: string; uid: number; why: OddReason; arrived_at: AtOrNull; size: ColumnType<number | null, number | null | undefined, number | null>; found_at: At;
};
export type TallyTable = { kind: string; subject: string; since: At; count: number };
/** `why`: missing, unknown-key, wrong or used. `seen_at` is real time. */
export type UnsealedActTable = {
  id: string; task: string; act: string; position: string; via: string; why: string; decided_at: At; seen_at: At;
};

export type Schema = {
  setting: SettingTable; plan: PlanTable; start: StartTable; unit: UnitTable; unit_group: UnitGroupTable; seat: SeatTable; task: TaskTable; event: EventTable;
  text: TextTable; notice: NoticeTable; delivery: DeliveryTable; message: MessageTable; attempt: AttemptTable; body: BodyTable; link: LinkTable;
  plan_receipt: PlanReceiptTable; calendar_year: CalendarYearTable; receipt: ReceiptTable; bad_address: BadAddressTable; reply: ReplyTable;
  press: PressTable; one_time_code: OneTimeCodeTable; web_session: WebSessionTable; task_file: TaskFileTable; tally: TallyTable; letter: LetterTable;
  odd_mail: OddMailTable;
  unsealed_act: UnsealedActTable;
  lost: LostTable;
};
