import { isWeighty, lastOf, refuse } from './authority';
import type { Undocumented } from './matters';
import { badDate, type Context, done, type Outcome } from './outcome';
import { type DocumentRef, type Position, roleOf, unitOf } from './plan';
import { type ActedEvent, decidesBy, type TaskEvent, type TaskState } from './task';
import { dateAt, isCivilDate } from './time';

/** How many acts without a paper a task remembers. */
const REMEMBERED = 100;

const wasPrepared = ({ prepared }: TaskState, event: ActedEvent): boolean =>
  prepared?.document !== undefined &&
  (event.act === 'submit' || event.act === 'request-extension') &&
  prepared.of === event.act;

/** A decision above acknowledgement rests on a paper in an office, whether its number was at hand or not. */
const lacksPaper = (before: TaskState, event: ActedEvent): boolean => {
  if (!isWeighty(event.act) || event.act === 'enter-document') return false;
  const { fields, actor } = event;
  const hasDocument = 'document' in fields && fields.document !== undefined;
  const hasNumber = event.act === 'approve-letter' && event.fields.number !== undefined;
  return !hasDocument && !hasNumber && actor.basis === undefined && !wasPrepared(before, event);
};

const entryOf = (state: TaskState, { seq, act, actor, effectiveAt, result }: ActedEvent): Undocumented => ({
  seq,
  act,
  unit: actor.by === 'admin' ? state.seed.hostUnit : unitOf(actor.by),
  on: dateAt(effectiveAt),
  ...(act === 'open-consultation' && result.consultation !== undefined ? { consultation: result.consultation } : {}),
});

/** An answer that was taken back needs no number any more. */
const takenBack = ({ undocumented }: TaskState, event: ActedEvent): readonly Undocumented[] => {
  if (event.act !== 'undo' || event.result.undone !== 'give-input') return undocumented;
  const last = undocumented
    .filter((u) => u.act === 'give-input' && u.unit === unitOf(event.actor.by as Position))
    .at(-1);
  return undocumented.filter((u) => u !== last);
};

/** The list of acts without a paper after an act. */
export const afterPaper = (before: TaskState, after: TaskState, event: ActedEvent): TaskState => {
  if (!decidesBy(before, 3)) return after;
  const left = takenBack(after, event).filter((u) => u.seq !== event.result.documented?.seq);
  const undocumented = lacksPaper(before, event) ? [...left, entryOf(before, event)].slice(-REMEMBERED) : left;
  return { ...after, undocumented };
};

const isPendingRequest = ({ extension, recent }: TaskState, { seq, act }: Undocumented): boolean =>
  extension !== null &&
  act === 'request-extension' &&
  recent.filter((r) => r.act === 'request-extension').at(-1)?.seq === seq;

/** What still waits carries the paper from now on; what has been confirmed waits no more and keeps its dates. */
export const onDocument = (
  state: TaskState,
  { documented }: ActedEvent['result'],
  document: DocumentRef,
): TaskState => {
  if (documented === undefined) return state;
  const { submission, extension } = state;
  return {
    ...state,
    submission: submission?.seq === documented.seq ? { ...submission, document } : submission,
    extension: extension !== null && isPendingRequest(state, documented) ? { ...extension, document } : extension,
    consultations: state.consultations.map((c) => (c.no === documented.consultation ? { ...c, document } : c)),
  };
};

/** Papers that were entered afterwards, by the number of the event that they belong to. */
export const papersOf = (events: readonly TaskEvent[]): ReadonlyMap<number, DocumentRef> =>
  new Map(
    events.flatMap((e) =>
      e.type === 'acted' && e.act === 'enter-document' && e.result.documented
        ? [[e.result.documented.seq, e.fields.document] as const]
        : [],
    ),
  );

/** The events as they read with these papers: an act rests on its paper, whenever its number was entered. */
export const withPapers = (events: readonly TaskEvent[]): readonly TaskEvent[] => {
  const papers = papersOf(events);
  if (papers.size === 0) return events;
  return events.map((event) => {
    const basis = papers.get(event.seq);
    return basis === undefined || event.type !== 'acted' ? event : { ...event, actor: { ...event.actor, basis } };
  });
};

/**
 * Number and date of a paper are added to what happened: by the clerk of the unit that acted, or by the supervisor. The
 * paper of a result that waits may bear
 * an earlier date, which counts when it is confirmed.
 */
export const enterDocument = ({ state, fields, today, by }: Context<'enter-document'>): Outcome => {
  const isClerk = roleOf(by) === 'clerk';
  if (!isClerk && unitOf(by) !== state.supervisor)
    return refuse('not-allowed', 'Số, ngày văn bản do văn thư của đơn vị đã thực hiện hoặc cơ quan giám sát bổ sung.');
  if (!decidesBy(state, 3))
    return refuse('wrong-state', 'Nhiệm vụ đang được cập nhật phiên bản; đề nghị thực hiện lại sau ít phút.');
  const { of, document } = fields;
  const target = state.undocumented.filter((u) => (of === undefined ? u.unit === unitOf(by) : u.seq === of)).at(-1);
  if (target === undefined)
    return refuse(
      'nothing-to-document',
      of === undefined
        ? 'Đơn vị không có việc nào còn thiếu số, ngày văn bản.'
        : `Sự kiện số ${of} không thuộc loại còn thiếu số, ngày văn bản.`,
      lastOf(state, 'enter-document'),
    );
  if (isClerk && target.unit !== unitOf(by))
    return refuse('not-allowed', 'Văn thư chỉ bổ sung số, ngày văn bản cho việc của đơn vị mình.');
  if (!isCivilDate(document.date) || document.date > today) return badDate('văn bản');
  return done({ documented: target });
};
