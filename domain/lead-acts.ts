import { lastDecision, refuse } from './authority';
import type { Refusal } from './acts';
import { addWorkingDays, nextSendingTime, workingDaysBetween } from './calendar';
import { to } from './compose';
import { isPastDue } from './deadline';
import { checkCount } from './extension';
import { badDate, beyond, type Context, done, type Outcome, type Said } from './outcome';
import type { RungId } from './notice';
import { mainKey } from './schedule';
import { decidesBy, leadOf, type TaskState } from './task';
import { addDays, type CivilDate, type Instant, isCivilDate } from './time';

/** Limits of docs/domain.md: a commitment buys silence once; a rejected assignment holds the letters for five working days. */
const MAX_COMMIT_WORKING_DAYS = 20;
const REJECTION_HOLD_WORKING_DAYS = 5;
const CONFIRM_WITHIN_WORKING_DAYS = 5;
const PREPARED_WITHIN_WORKING_DAYS = 3;

export const acknowledge = ({ state }: Context<'acknowledge'>): Outcome => (state.acknowledgedOn !== null ? refuse('already-decided', 'Nhiệm vụ đã được xác nhận tiếp nhận.', lastDecision(state)) : done({ state: 'in_progress' }));

export const rejectAssignment = ({ state, fields, today }: Context<'reject-assignment'>): Outcome => {
  if (state.rejected !== null) return refuse('already-decided', 'Đề nghị điều chỉnh phân công đã được gửi trước đó.', lastDecision(state));
  const until = addWorkingDays(state.seed.calendar, today, REJECTION_HOLD_WORKING_DAYS);
  if (until === undefined) return beyond();
  return done({ holdThrough: addDays(until, -1) }, [
    { kind: 'assignment-rejected', to: [to(state.supervisor, 'officer', 'assignment-rejected')], facts: { texts: { reason: fields.reason }, answerBy: until } },
  ]);
};

const checkCommit = (state: TaskState, commitTo: CivilDate, today: CivilDate): Refusal | undefined => {
  if (!isCivilDate(commitTo) || commitTo < today) return badDate('ngày cam kết');
  if (state.commitUsed) return refuse('commit-used', 'Mỗi nhiệm vụ chỉ được cam kết ngày hoàn thành một lần.');
  const days = workingDaysBetween(state.seed.calendar, today, commitTo);
  if (days === undefined) return beyond();
  return days > MAX_COMMIT_WORKING_DAYS ? refuse('commit-too-far', `Ngày cam kết không quá ${MAX_COMMIT_WORKING_DAYS} ngày làm việc kể từ hôm nay.`) : undefined;
};

/** A rung that was decided this morning, or over a weekend, and leaves with the next opening: the commitment comes before it. */
const notYetLeft = ({ said, dueOn, seed }: TaskState, now: Instant): readonly RungId[] =>
  said !== undefined && dueOn !== null && said.key === mainKey(dueOn, said.rung) && (nextSendingTime(seed.calendar, said.at) ?? said.at) > now ? [said.rung] : [];

/**
 * The supervisor's officer learns of the date by which the lead means to be ready, and for how long the ladder is
 * silent.
 */
const committed = (state: TaskState, { commitTo, text, percent }: Context<'report-progress'>['fields']): Said => ({
  kind: 'date-committed', to: [to(state.supervisor, 'officer', 'date-committed')],
  facts: { ...(commitTo ? { commitTo } : {}), ...(percent === undefined ? {} : { percent }), texts: { text } },
});

export const reportProgress = ({ state, fields, now, today }: Context<'report-progress'>): Outcome => {
  const { percent, commitTo, milestone } = fields;
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) return refuse('field-invalid', 'Tỷ lệ hoàn thành là số từ 0 đến 100.');
  const occurrence = state.occurrences.find((o) => o.label === milestone);
  if (milestone !== undefined && occurrence === undefined) {
    return refuse('milestone-unknown', `Nhiệm vụ không có mốc "${milestone}"; các mốc: ${state.occurrences.map((o) => o.label).join(', ') || 'không có'}.`);
  }
  if (occurrence?.closedOn !== undefined) return refuse('milestone-closed', `Mốc ${occurrence.label} đã được báo cáo hoàn thành.`);
  if (commitTo === undefined) return done();
  const held = decidesBy(state, 2) ? notYetLeft(state, now) : [];
  return (
    checkCommit(state, commitTo, today) ??
    done(held.length > 0 ? { held } : {}, decidesBy(state, 3) ? [committed(state, fields)] : [])
  );
};

export const prepare = ({ state, fields, today }: Context<'prepare'>): Outcome => {
  const answerBy = addWorkingDays(state.seed.calendar, today, PREPARED_WITHIN_WORKING_DAYS);
  const isUsedUp = fields.of === 'request-extension' ? checkCount(state) : undefined;
  if (isUsedUp) return isUsedUp;
  if (fields.of === 'request-extension' && (state.dueOn === null || !isCivilDate(fields.to) || fields.to <= state.dueOn)) {
    return state.dueOn === null ? refuse('not-extendable', 'Nhiệm vụ chưa có thời hạn để gia hạn.')
      : refuse('field-invalid', 'Ngày gia hạn phải sau thời hạn hiện tại.');
  }
  const asked = fields.of === 'submit' ? { of: fields.of, texts: { summary: fields.summary } }
    : { of: fields.of, requestedOn: fields.to, extensionNo: state.extensionCount + 1, texts: { reason: fields.reason } };
  return done({}, [{
    kind: 'approval-request', to: [to(leadOf(state), 'leader', 'approval-request')],
    facts: { waiting: 'prepared', ...asked, ...(answerBy ? { answerBy } : {}), ...(fields.document ? { document: fields.document } : {}) },
  }]);
};

export const submit = ({ state, fields, today }: Context<'submit'>): Outcome => {
  const prepared = state.prepared?.of === 'submit' ? state.prepared : undefined;
  const summary = fields.summary ?? prepared?.summary;
  if (summary === undefined) return refuse('field-missing', 'Thiếu tóm tắt kết quả (summary): chưa có dự thảo trình được chuẩn bị trước.');
  const document = fields.document ?? prepared?.document;
  const answerBy = addWorkingDays(state.seed.calendar, today, CONFIRM_WITHIN_WORKING_DAYS);
  const facts = { waiting: 'submission' as const, submittedOn: today, texts: { summary }, ...(document ? { document } : {}), ...(answerBy ? { answerBy } : {}) };
  return done({ state: 'submitted', everOverdue: isPastDue(state.seed.calendar, state.dueOn, today) }, [
    { kind: 'approval-request', to: [to(state.supervisor, 'officer', 'approval-request')], facts },
  ]);
};
