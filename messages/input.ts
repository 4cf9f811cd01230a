import type { Channel, MessageClass, Notice } from '../domain/notice';
import type { PlanHeader, Position, TaskSpec, Unit, UnitId } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import type { TaskRecord } from './record';

/** A notice with what its text needs: the row of the plan as it reads today, and the free texts behind its references. */
export type NoticeItem = {
  readonly notice: Notice;
  /** Null for notices that are not about a task. Title and units as amended. */
  readonly task: (TaskSpec & { readonly dueOriginalOn: CivilDate | null }) | null;
  /** `facts.texts` resolved, by the same names; `fileName`: that of `facts.file`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Token slot of the link to this step, put after `/t/`. */
  readonly slot: string;
  /** The first way failed: said by SMS even where the plan has no SMS for it. */
  readonly isFallback?: boolean;
  /** What has happened to the task, for letters and tables. */
  readonly record?: TaskRecord;
  /** What goes with it as files. */
  readonly files?: readonly Attachment[];
};

/** Everything that one message says, to one address on one channel. */
export type MessageInput = {
  readonly channel: Channel;
  readonly class: MessageClass;
  readonly plan: PlanHeader;
  readonly units: Readonly<Record<UnitId, Unit>>;
  /** Every position the message is for, in order; the first one is addressed. */
  readonly positions: readonly Position[];
  readonly items: readonly NoticeItem[];
  /** The day the message is frozen. */
  readonly on: CivilDate;
  /** `https://nv.example`, no slash at the end. */
  readonly publicUrl: string;
  /** Base of links in SMS; may be shorter. */
  readonly smsPublicUrl: string;
  /** Token slot of the position's own page, for digests. */
  readonly pageSlot: string;
  readonly linksExpireOn: CivilDate;
  /** The plan's file, where the receiving unit gets its first message. */
  readonly planFile?: { readonly name: string; readonly content: Uint8Array };
};

export type Attachment = { readonly filename: string; readonly contentType: string; readonly content: Uint8Array };
export type RenderedMail = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** Thread of a task or of the digests: `CN18-05`, `CN18-digest`. The sender makes References of it. */
  readonly thread: string;
};
/**
 * GSM-7 only, at most 160 characters with the longest values; `hasLink` false where the host is too long. `template`: the id of the approved text that it
 * was made of, `parameters` its values in order, the link's slot among them.
 */
export type RenderedSms = { readonly text: string; readonly hasLink: boolean; readonly template: string; readonly parameters: readonly string[] };
