import type { Selectable } from 'kysely';
import type { Notice, RungId } from '../../domain/notice';
import { asTime, type RowOf } from '../rows';
import type { NoticeTable } from '../schema';

/** Columns that make a notice again. */
export const NOTICE_COLUMNS = [
  'notice.key', 'notice.about_type', 'notice.about_id', 'notice.task', 'notice.plan', 'notice.kind', 'notice.rung', 'notice.milestone', 'notice.passed',
  'notice.to_position', 'notice.channels', 'notice.class', 'notice.grp', 'notice.reason', 'notice.decided_at', 'notice.facts',
] as const;
export type NoticeRow = Omit<Selectable<NoticeTable>, 'send_at'> & { readonly send_at: number };

/** The notice as it was planned; `sendAt` is that of the delivery where it was postponed. */
export const noticeOf = (r: NoticeRow): Notice => ({
  key: r.key, about: { type: r.about_type as Notice['about']['type'], id: r.about_id }, task: r.task, kind: r.kind,
  ...(r.rung === null ? {} : { rung: r.rung as RungId }), ...(r.milestone === null ? {} : { milestone: r.milestone }), ...(r.passed === null ? {} : { passed: r.passed }),
  to: r.to_position, channels: r.channels, class: r.class, group: r.grp, reason: r.reason, decidedAt: r.decided_at, sendAt: r.send_at, facts: r.facts,
});

/** The row of a notice, every column of it. `plan` is the code. */
export const noticeRow = (n: Notice, plan: string | null): Required<RowOf<'notice'>> => ({
  key: n.key, about_type: n.about.type, about_id: n.about.id, task: n.task, plan, kind: n.kind, rung: n.rung, milestone: n.milestone, passed: n.passed,
  to_position: n.to, channels: n.channels, class: n.class, grp: n.group, reason: n.reason, decided_at: asTime(n.decidedAt), send_at: asTime(n.sendAt), facts: n.facts,
});
