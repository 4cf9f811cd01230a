import type { Notice } from '../../domain/notice';
import type { Directory, Plan } from '../../domain/plan';
import type { RehearsedAct, RehearsedMessage, RehearsedTask } from '../../domain/rehearsal';
import { addDays, dateAt, type Instant, isoInstant } from '../../domain/time';
import { renderMail } from '../../messages';

/** Days that a link of a message is good for. */
const LINK_DAYS = 90;
/** Stands where a secret would: 26 characters, opens nothing. */
const SLOT = '0'.repeat(26);
const PUBLIC_URL = 'https://nv.example';

/** One line of `rehearse --json`, and the instant it is ordered by. */
export type Line = { readonly at: Instant; readonly json: Readonly<Record<string, unknown>> };

export const noticeLine = (n: Notice): Line => ({
  at: n.decidedAt,
  json: {
    type: 'notice', key: n.key, about: n.about, task: n.task, kind: n.kind, ...(n.rung === undefined ? {} : { rung: n.rung }), ...(
      n.milestone === undefined ? {} : { milestone: n.milestone }
    ),
    ...(
      n.passed === undefined ? {} : { passed: n.passed }
    ), to: n.to, channels: n.channels, class: n.class, reason: n.reason, decidedAt: isoInstant(n.decidedAt), sendAt: isoInstant(n.sendAt),
  },
});

export const actLine = (a: RehearsedAct): Line => ({
  at: a.at,
  json: {
    type: 'act', at: isoInstant(a.at), task: a.task, act: a.act, by: a.by, accepted: a.refusal === null,
    ...(a.refusal === null ? {} : { refusal: { code: a.refusal.code, message: a.refusal.message } }),
  },
});

export const taskLine = ({ completedOn, workingDaysLate, ...t }: RehearsedTask): Readonly<Record<string, unknown>> => ({
  ...t, ...(completedOn === null ? {} : { completedOn }), ...(workingDaysLate === null ? {} : { workingDaysLate }),
});

/** The subject that the mail would carry; null for an SMS, which has none. */
const subjectOf = (m: RehearsedMessage, plan: Plan, directory: Directory, texts: ReadonlyMap<string, string>): string | null => {
  if (m.channel === 'sms') return null;
  const items = m.notices.map((notice) => {
    const spec = plan.tasks.find((t) => t.id === notice.task);
    const now = spec && {
      ...spec, lead: notice.facts.lead, supervisor: notice.facts.supervisor, dueOn: notice.facts.dueOn === undefined ? spec.dueOn : notice.facts.dueOn,
      dueOriginalOn: notice.facts.dueOriginalOn === undefined ? spec.dueOn : notice.facts.dueOriginalOn,
    };
    const known = Object.entries(notice.facts.texts ?? {}).map(([name, ref]) => [name, texts.get(ref.id) ?? '']);
    return { notice, task: now ?? null, texts: Object.fromEntries(known), slot: SLOT };
  });
  const on = dateAt(m.at);
  return renderMail({
    channel: m.channel, class: m.class, plan: plan.plan, units: Object.fromEntries(directory.units.map((u) => [u.id, u])), positions: m.to, items, on, publicUrl: PUBLIC_URL,
    smsPublicUrl: PUBLIC_URL, pageSlot: SLOT, linksExpireOn: addDays(on, LINK_DAYS),
  }).subject;
};

export const messageLine = (m: RehearsedMessage, plan: Plan, directory: Directory, texts: ReadonlyMap<string, string>): Line => ({
  at: m.at,
  json: {
    type: 'message', at: isoInstant(m.at), to: m.to, channel: m.channel, class: m.class, subject: subjectOf(m, plan, directory, texts),
    notices: m.notices.map((n) => n.key),
  },
});
