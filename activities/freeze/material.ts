import { asOfDay } from '../../domain/as-of';
import type { WorkingCalendar } from '../../domain/calendar';
import type { PlanHeader, TaskSpec } from '../../domain/plan';
import type { TaskProjection } from '../../domain/task';
import type { CivilDate } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { fileNames } from '../../ledger/files';
import { type PlannedDelivery, readAmendedTitles, readReceipts } from '../../ledger/outbox';
import type { KeptDirectory } from '../../ledger/kept';
import { readPlan, readPlanFile } from '../../ledger/plans';
import { readTexts } from '../../ledger/texts';
import type { MessageInput, NoticeItem } from '../../messages/input';
import { withFiles } from './files';
import { failureText } from './report';

type PlanFile = { readonly name: string; readonly content: Uint8Array };
/** Everything that the texts of one pass need, read at once. */
export type Material = {
  readonly units: KeptDirectory['units'];
  readonly header: (plan: string) => PlanHeader | undefined;
  readonly item: (delivery: PlannedDelivery, slot: string) => NoticeItem;
  /** `plan unit` of every unit that has the file. */
  readonly receipts: Set<string>;
  readonly planFile: (plan: string) => Promise<PlanFile | undefined>;
  /** A mail's items with what goes with them as files. */
  readonly withFiles: (input: MessageInput) => Promise<MessageInput>;
};

/** The row as it reads today: lead, dates and units from the projection, the title as amended. */
const asOfToday = (spec: TaskSpec, now: TaskProjection | undefined, title: string | undefined): NonNullable<NoticeItem['task']> => {
  const { displayTitle, ...rest } = spec;
  const named = title === undefined ? { ...rest, ...(displayTitle === undefined ? {} : { displayTitle }) } : { ...rest, title };
  if (now === undefined) return { ...named, dueOriginalOn: spec.dueOn };
  return {
    ...named, lead: now.lead, coordinating: now.coordinating, supervisor: now.supervisor, startsOn: now.startsOn, dueOn: now.dueOn, dueOriginalOn: now.dueOriginalOn,
  };
};

const ERASED = '(nội dung đã được xóa)';

type Needed = {
  readonly planned: readonly PlannedDelivery[]; readonly projections: ReadonlyMap<string, TaskProjection>; readonly calendar: WorkingCalendar; readonly today: CivilDate;
  readonly units: KeptDirectory['units'];
};

export const readMaterial = async (ledger: Ledger, { planned, projections, calendar, today, units }: Needed): Promise<Material> => {
  const codes = [...new Set(planned.flatMap((p) => (p.plan === null ? [] : [p.plan])))];
  const refs = planned.flatMap((p) => Object.values(p.notice.facts.texts ?? {}).map((t) => t.id));
  const [titles, texts, files, receipts, plans] = await Promise.all([
    readAmendedTitles(ledger, planned.flatMap((p) => p.notice.task ?? [])), readTexts(ledger, refs),
    fileNames(ledger, planned.flatMap((p) => p.notice.facts.file?.id ?? [])), readReceipts(ledger),
    Promise.all(codes.map((code) => readPlan(ledger, code))),
  ]);
  const headers = new Map(plans.flatMap((p) => (p === undefined ? [] : [[p.header.code, p.header] as const])));
  const specs = new Map(plans.flatMap((p) => p?.tasks.map((t) => [t.id, t] as const) ?? []));
  const planFiles = new Map<string, Promise<PlanFile | undefined>>();
  const taskOf = (id: string | null): NoticeItem['task'] => {
    const spec = id === null ? undefined : specs.get(id);
    return spec === undefined ? null : asOfToday(spec, projections.get(spec.id), titles.get(spec.id));
  };
  const textsOf = ({ notice }: PlannedDelivery): Record<string, string> => {
    const failure = failureText(notice);
    const own = Object.entries(notice.facts.texts ?? {}).map(([name, ref]) => [name, texts.get(ref.id) ?? ERASED] as const);
    const fileName = files.get(notice.facts.file?.id ?? '');
    return { ...Object.fromEntries(own), ...(fileName === undefined ? {} : { fileName }), ...(failure === undefined ? {} : { reason: failure }) };
  };
  return {
    units, receipts, withFiles: (input) => withFiles(ledger, input), header: (plan) => headers.get(plan),
    item: (delivery, slot) => ({ notice: asOfDay(delivery.notice, calendar, today), task: taskOf(delivery.notice.task), texts: textsOf(delivery), slot, ...(delivery.isFallback ? { isFallback: true } : {}) }),
    planFile: (plan) => {
      const there = planFiles.get(plan) ?? readPlanFile(ledger, plan);
      planFiles.set(plan, there);
      // What could not be read is read again by the next who asks.
      there.catch(() => planFiles.delete(plan));
      return there;
    },
  };
};
