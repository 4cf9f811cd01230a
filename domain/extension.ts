import type { Refusal } from './acts';
import { lastOf, refuse } from './authority';
import { covers } from './calendar';
import { to } from './compose';
import { beyond, type Context, done, newDue, type Outcome, toLead, toLeaders } from './outcome';
import type { PendingExtension } from './matters';
import type { NoticeFacts } from './notice';
import { type ActedEvent, decidesBy, leadOf, MAX_EXTENSIONS, type TaskState } from './task';
import { type CivilDate, dateAt, isCivilDate } from './time';

/** Whose turn it is: where the host unit leads, it has no opinion on itself. */
export const awaitsOf = (state: TaskState, pending: Pick<PendingExtension, 'opinion'>): 'opinion' | 'decision' =>
  pending.opinion !== null || leadOf(state) === state.seed.hostUnit ? 'decision' : 'opinion';
export const decidingUnit = (state: TaskState, awaits: 'opinion' | 'decision'): string =>
  (awaits === 'opinion' ? state.seed.hostUnit : state.seed.authorityOffice);

const none = (state: TaskState): Refusal => refuse('no-pending-extension', 'Không có đề nghị gia hạn nào đang chờ xử lý.',
  lastOf(state, 'grant-extension', 'refuse-extension'));
const checkDate = (state: TaskState, on: CivilDate): Refusal | undefined => {
  if (state.dueOn === null) return refuse('not-extendable', 'Nhiệm vụ chưa có thời hạn; đề nghị xác định thời hạn trước khi gia hạn.');
  if (!isCivilDate(on) || on <= state.dueOn) return refuse('field-invalid', 'Ngày gia hạn phải sau thời hạn hiện tại.');
  return covers(state.seed.calendar, on) ? undefined : beyond();
};

const requestFacts = (state: TaskState, asked: Pick<PendingExtension, 'to' | 'reason' | 'document' | 'opinion'>): Partial<NoticeFacts> => {
  const text = asked.opinion?.text;
  return {
    waiting: 'extension', requestedOn: asked.to, extensionNo: state.extensionCount + 1, awaits: awaitsOf(state, asked),
    ...(asked.document ? { document: asked.document } : {}),
    ...(asked.opinion ? { support: asked.opinion.support } : {}), texts: { reason: asked.reason, ...(text ? { opinion: text } : {}) },
  };
};

/**
 * Grants are counted; the one after the last that may be asked for needs the authority's office (docs/domain.md,
 * "Extension").
 */
export const checkCount = (state: TaskState): Refusal | undefined => {
  const most = state.seed.maxExtensions ?? MAX_EXTENSIONS;
  return !decidesBy(state, 3) || state.extensionCount < most
    ? undefined
    : refuse(
        'extensions-used',
        `Nhiệm vụ đã được gia hạn ${state.extensionCount} lần; Kế hoạch cho phép đề nghị gia hạn tối đa ${most} lần. Việc gia hạn tiếp theo do UBND tỉnh quyết định.`,
      );
};

export const requestExtension = ({ state, fields }: Context<'request-extension'>): Outcome => {
  if (state.extension !== null) return refuse('already-decided', 'Đã có đề nghị gia hạn đang chờ xử lý.', lastOf(state, 'request-extension'));
  const prepared = state.prepared?.of === 'request-extension' ? state.prepared : undefined;
  const [on, reason, document] = [fields.to ?? prepared?.to, fields.reason ?? prepared?.reason, fields.document ?? prepared?.document];
  if (on === undefined || reason === undefined) return refuse('field-missing',
    'Thiếu ngày đề nghị (to) hoặc lý do (reason): chưa có đề nghị gia hạn được chuẩn bị trước.');
  const refusal = checkCount(state) ?? checkDate(state, on);
  if (refusal) return refusal;
  const extension = { to: on, reason, ...(document ? { document } : {}) };
  const facts = requestFacts(state, { ...extension, opinion: null });
  return done({ extension }, [{ kind: 'extension-request', to: [to(decidingUnit(state, facts.awaits ?? 'decision'), 'officer', 'extension-request')], facts }]);
};

export const giveOpinion = ({ state, fields, today }: Context<'give-opinion'>): Outcome => {
  const { extension } = state;
  if (extension === null) return none(state);
  if (extension.opinion !== null) return refuse('already-decided', 'Đã có ý kiến về đề nghị gia hạn này.', lastOf(state, 'give-opinion'));
  if (leadOf(state) === state.seed.hostUnit) return refuse('wrong-state', 'Đơn vị chủ trì không cho ý kiến về đề nghị của chính mình.');
  const facts = requestFacts(state, { ...extension, opinion: { ...fields, on: today } });
  return done({}, [{ kind: 'extension-request', to: [to(state.seed.authorityOffice, 'officer', 'extension-request')], facts }]);
};

export const grantExtension = ({ state, fields, now }: Context<'grant-extension'>): Outcome => {
  const refusal = checkDate(state, fields.to);
  if (refusal || state.dueOn === null) return refusal ?? beyond();
  const facts = { previousDueOn: state.dueOn, document: fields.document, dueOn: fields.to, extensionNo: state.extensionCount + 1 };
  return done(newDue(state, fields.to, now), [{ kind: 'extension-granted', to: toLead(state, 'extension-granted'), facts }]);
};

export const refuseExtension = ({ state, fields }: Context<'refuse-extension'>): Outcome => {
  if (state.extension === null) return none(state);
  const facts = { requestedOn: state.extension.to, extensionNo: state.extensionCount + 1, texts: { reason: fields.reason } };
  return done({}, [{ kind: 'extension-refused', to: toLeaders(state, 'extension-refused'), facts }]);
};

export const onExtensionRequested = (state: TaskState, { at, actor, result }: Extract<ActedEvent, { act: 'request-extension' }>): TaskState => ({
  ...state, prepared: state.prepared?.of === 'request-extension' ? null : state.prepared,
  extension: result.extension ? { ...result.extension, since: dateAt(at), chased: 0, by: actor.by as `${string}/leader`, opinion: null } : state.extension,
});

export const onOpinion = (state: TaskState, { at, fields }: Extract<ActedEvent, { act: 'give-opinion' }>): TaskState =>
  ({ ...state, extension: state.extension && { ...state.extension, since: dateAt(at), chased: 0, opinion: { ...fields, on: dateAt(at) } } });
