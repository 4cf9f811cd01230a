import type { Act, ActFields, Command, Refusal } from './acts';
import { mayAct, lastDecision, refuse } from './authority';
import { addWorkingDays, covers, workingDaysBetween } from './calendar';
import { type Addressee, addressees, compose, type Draft, everyone, to } from './compose';
import { isPastDue, workingDaysLate } from './deadline';
import { evolve } from './evolve';
import type { Notice, NoticeFacts, NoticeKind } from './notice';
import { decidesAt, mainKey, mainRungs } from './schedule';
import { type ActedEvent, type ActResult, type Decision, leadOf, STATE_SCHEMA, type TaskState } from './task';
import { addDays, type CivilDate, dateAt, type Instant, isCivilDate } from './time';

/** Limits of docs/domain.md: a commitment buys silence once; a rejected assignment holds the letters for five working days. */
const MAX_COMMIT_WORKING_DAYS = 20;
const REJECTION_HOLD_WORKING_DAYS = 5;
const CONFIRM_WITHIN_WORKING_DAYS = 5;
const PREPARED_WITHIN_WORKING_DAYS = 3;

type Said = { readonly kind: NoticeKind; readonly to: readonly Addressee[]; readonly facts?: Partial<NoticeFacts>; readonly more?: Partial<Draft> };
type Outcome = { readonly ok: true; readonly result: ActResult; readonly said: readonly Said[] } | Refusal;
type Context<A extends Act> = { readonly state: TaskState; readonly fields: ActFields[A]; readonly now: Instant; readonly today: CivilDate };

const done = (result: ActResult = {}, said: readonly Said[] = []): Outcome => ({ ok: true, result, said });
const badDate = (name: string): Refusal => refuse('field-invalid', `Ngày ở mục ${name} không hợp lệ; đề nghị nhập theo dạng năm-tháng-ngày.`);
const beyond = (): Refusal => refuse('calendar-missing', 'Ngày này nằm ngoài lịch làm việc đã nạp; đề nghị nạp lịch của năm đó trước.');

/** Rungs of a new due date whose moment is over: recorded with the act, never sent. */
const overForDue = (state: TaskState, dueOn: CivilDate, now: Instant): string[] =>
  mainRungs({ ...state, passed: [] }, dueOn).filter((r) => decidesAt(state.seed.id, r.on) <= now).map((r) => mainKey(dueOn, r.rung.id));

const newDue = (state: TaskState, dueOn: CivilDate, now: Instant): ActResult => ({
  dueOn, passed: overForDue(state, dueOn, now), everOverdue: isPastDue(state.seed.calendar, state.dueOn, dateAt(now)) && state.name !== 'suspended' && state.name !== 'submitted',
});

const toLead = (state: TaskState, kind: NoticeKind): Addressee[] => [to(leadOf(state), 'officer', kind)];
const statusChanged = (state: TaskState, act: Act, facts: Partial<NoticeFacts> = {}): Said => ({ kind: 'status-changed', to: everyone(state), facts: { act, ...facts } });

const acknowledge = ({ state }: Context<'acknowledge'>): Outcome => (state.acknowledgedOn !== null ? refuse('already-decided', 'Nhiệm vụ đã được xác nhận tiếp nhận.', lastDecision(state)) : done({ state: 'in_progress' }));

const rejectAssignment = ({ state, fields, today }: Context<'reject-assignment'>): Outcome => {
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

const reportProgress = ({ state, fields, today }: Context<'report-progress'>): Outcome => {
  const { percent, commitTo, milestone } = fields;
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) return refuse('field-invalid', 'Tỷ lệ hoàn thành là số từ 0 đến 100.');
  const occurrence = state.occurrences.find((o) => o.label === milestone);
  if (milestone !== undefined && occurrence === undefined) {
    return refuse('milestone-unknown', `Nhiệm vụ không có mốc "${milestone}"; các mốc: ${state.occurrences.map((o) => o.label).join(', ') || 'không có'}.`);
  }
  if (occurrence?.closedOn !== undefined) return refuse('milestone-closed', `Mốc ${occurrence.label} đã được báo cáo hoàn thành.`);
  return (commitTo === undefined ? undefined : checkCommit(state, commitTo, today)) ?? done();
};

const prepare = ({ state, fields, today }: Context<'prepare'>): Outcome => {
  const answerBy = addWorkingDays(state.seed.calendar, today, PREPARED_WITHIN_WORKING_DAYS);
  return done({}, [{
    kind: 'approval-request', to: [to(leadOf(state), 'leader', 'approval-request')],
    facts: { waiting: 'prepared', texts: { summary: fields.summary }, ...(answerBy ? { answerBy } : {}), ...(fields.document ? { document: fields.document } : {}) },
  }]);
};

const submit = ({ state, fields, today }: Context<'submit'>): Outcome => {
  const summary = fields.summary ?? state.prepared?.summary;
  if (summary === undefined) return refuse('field-missing', 'Thiếu tóm tắt kết quả (summary): chưa có dự thảo trình được chuẩn bị trước.');
  const document = fields.document ?? state.prepared?.document;
  const answerBy = addWorkingDays(state.seed.calendar, today, CONFIRM_WITHIN_WORKING_DAYS);
  const facts = { waiting: 'submission' as const, submittedOn: today, texts: { summary }, ...(document ? { document } : {}), ...(answerBy ? { answerBy } : {}) };
  return done({ state: 'submitted', everOverdue: isPastDue(state.seed.calendar, state.dueOn, today) }, [
    { kind: 'approval-request', to: [to(state.supervisor, 'officer', 'approval-request')], facts },
  ]);
};

/** Completed on the date of the submission now accepted, or of its document if that is earlier. */
const confirm = ({ state, fields }: Context<'confirm'>): Outcome => {
  const { submission, seed } = state;
  if (submission === null) return refuse('already-decided', 'Việc này đã được xử lý trước đó.', lastDecision(state));
  const dates = [submission.on, submission.document?.date, fields.document?.date].filter((d) => d !== undefined);
  const completedOn = dates.reduce((a, b) => (a < b ? a : b));
  const late = state.dueOn === null ? 0 : workingDaysLate(seed.calendar, state.dueOn, completedOn);
  return done({ state: 'completed', completedOn, workingDaysLate: late }, [
    { kind: 'confirmed', to: everyone(state), facts: { completedOn, workingDaysLate: late, ...(fields.document ? { document: fields.document } : {}) } },
  ]);
};

const sendBack = ({ state, fields }: Context<'return'>): Outcome => {
  if (state.submission === null && state.rejected === null) return refuse('wrong-state', 'Không có kết quả hoặc đề nghị nào đang chờ xử lý.', lastDecision(state));
  if (state.submission !== null && fields.correctBy === undefined) return refuse('field-missing', 'Thiếu ngày hoàn thiện, trình lại (correctBy).');
  const facts = { texts: { reason: fields.reason }, ...(fields.correctBy ? { correctBy: fields.correctBy } : {}) };
  const said: Said = { kind: 'returned', to: toLead(state, 'returned'), facts };
  return done(state.submission === null ? {} : { state: 'in_progress' }, [said]);
};

const grantExtension = ({ state, fields, now }: Context<'grant-extension'>): Outcome => {
  if (state.dueOn === null) return refuse('not-extendable', 'Nhiệm vụ chưa có thời hạn; đề nghị xác định thời hạn trước khi gia hạn.');
  if (!isCivilDate(fields.to) || fields.to <= state.dueOn) return refuse('field-invalid', 'Ngày gia hạn phải sau thời hạn hiện tại.');
  if (!covers(state.seed.calendar, fields.to)) return beyond();
  return done(newDue(state, fields.to, now), [
    { kind: 'extension-granted', to: toLead(state, 'extension-granted'), facts: { previousDueOn: state.dueOn, document: fields.document, dueOn: fields.to } },
  ]);
};

const setDueDate = ({ state, fields, now }: Context<'set-due-date'>): Outcome => {
  if (state.dueOn !== null) return refuse('wrong-state', 'Nhiệm vụ đã có thời hạn; thay đổi thời hạn do UBND tỉnh quyết định (gia hạn).');
  if (!isCivilDate(fields.dueOn)) return badDate('thời hạn');
  if (!covers(state.seed.calendar, fields.dueOn)) return beyond();
  return done(newDue(state, fields.dueOn, now), [statusChanged(state, 'set-due-date', { dueOn: fields.dueOn, ...(fields.document ? { document: fields.document } : {}) })]);
};

const amend = ({ state, fields, now }: Context<'amend'>): Outcome => {
  const { value, field } = fields;
  const facts = { field, texts: { reason: fields.reason, ...('text' in value ? { value: value.text } : {}) }, ...(fields.document ? { document: fields.document } : {}) };
  const matches = field === 'window' ? 'window' in value : field === 'coordinating' ? 'coordinating' in value : 'text' in value;
  if (!matches) return refuse('field-invalid', `Giá trị điều chỉnh không đúng loại của mục ${field}.`);
  if (!('window' in value)) return done({}, [statusChanged(state, 'amend', facts)]);
  const { startsOn, dueOn } = value.window;
  if (fields.document === undefined) return refuse('document-required', 'Điều chỉnh thời gian phải có văn bản của UBND tỉnh.');
  if (!isCivilDate(startsOn) || !isCivilDate(dueOn) || dueOn < startsOn) return badDate('thời gian thực hiện');
  if (!covers(state.seed.calendar, dueOn)) return beyond();
  return done({ ...newDue(state, dueOn, now), startsOn }, [statusChanged(state, 'amend', { ...facts, dueOn, value: `${startsOn}..${dueOn}` })]);
};

const openLetter = (state: TaskState, rung: 'L3' | 'L4' | undefined) => state.letters.find((l) => rung === undefined || l.rung === rung);
const noLetter = (state: TaskState): Refusal => refuse('no-open-letter', 'Không có dự thảo văn bản nào đang chờ duyệt.', lastDecision(state));

const approveLetter = ({ state, fields }: Context<'approve-letter'>): Outcome => {
  const letter = openLetter(state, fields.rung);
  const rung = state.seed.ladder.main.find((r) => r.id === letter?.rung);
  if (letter === undefined || rung === undefined) return noLetter(state);
  const isHostLead = leadOf(state) === state.seed.hostUnit;
  const receivers = isHostLead ? [to(leadOf(state), 'officer', 'overdue'), to(leadOf(state), 'leader', 'overdue')] : addressees(state, rung.letterTo);
  const facts = { ...(fields.text ? { texts: { text: fields.text } } : {}), ...(fields.number ? { value: fields.number } : {}) };
  return done({ letter: letter.rung }, [{ kind: 'overdue', to: receivers, facts, more: { rung: letter.rung, reason: 'letter-approved' } }]);
};

const rejectLetter = ({ state, fields }: Context<'reject-letter'>): Outcome => {
  const letter = openLetter(state, fields.rung);
  return letter === undefined ? noLetter(state) : done({ letter: letter.rung });
};

const reassign = ({ state, fields, today }: Context<'reassign'>): Outcome => {
  const old = leadOf(state);
  if (fields.lead === old) return refuse('same-lead', 'Đơn vị này đang chủ trì nhiệm vụ.');
  const answerBy = addWorkingDays(state.seed.calendar, today, 3);
  const facts = { lead: fields.lead, previousLead: old, document: fields.document, assignedOn: today, ...(answerBy ? { answerBy } : {}) };
  return done({ state: 'assigned' }, [
    { kind: 'assigned', to: [to(fields.lead, 'officer', 'assigned'), to(fields.lead, 'leader', 'assigned')], facts },
    { kind: 'handover', to: [to(old, 'officer', 'handover'), to(fields.lead, 'officer', 'handover')], facts },
  ]);
};

const resume = ({ state, fields, now, today }: Context<'resume'>): Outcome => {
  const { suspended, dueOn } = state;
  if (suspended === null) return refuse('not-suspended', 'Nhiệm vụ không ở trạng thái tạm dừng.');
  const days = workingDaysBetween(state.seed.calendar, suspended.on, today);
  const moved = dueOn === null ? undefined : days === undefined ? undefined : addWorkingDays(state.seed.calendar, dueOn, days);
  if (dueOn !== null && moved === undefined) return beyond();
  const result = moved === undefined || moved === dueOn ? {} : newDue(state, moved, now);
  const facts = { document: fields.document, ...(moved && dueOn ? { dueOn: moved, previousDueOn: dueOn } : {}) };
  return done({ ...result, state: suspended.from }, [statusChanged(state, 'resume', facts)]);
};

const closing = (act: Act, name: 'suspended' | 'discontinued' | 'merged' | 'carried_over') => ({ state, fields }: Context<'suspend'>): Outcome =>
  done({ state: name }, state.assignedOn === null ? [] : [statusChanged(state, act, { document: fields.document })]);

const remind = ({ state, fields }: Context<'remind'>): Outcome =>
  done({}, [{ kind: 'reminder', to: toLead(state, 'reminder'), ...(fields.text ? { facts: { texts: { text: fields.text } } } : {}) }]);

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

