import type { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, type InjectedSinks, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { join } from 'node:path';
import type { ScheduledSinks } from './scheduled';

type History = temporal.api.history.v1.IHistory;
/** One call of an activity: its name and its arguments, as they look in JSON. */
export type Call = { readonly activity: string; readonly args: readonly unknown[] };

type Fields = Readonly<Record<string, unknown>>;
type Batch = Fields & { readonly events: readonly Fields[]; readonly projection: Fields };

const plain = (args: readonly unknown[]): readonly unknown[] => JSON.parse(JSON.stringify(args)) as unknown[];
const decoded = (data: Uint8Array | null | undefined): unknown => JSON.parse(Buffer.from(data ?? []).toString('utf8')) as unknown;

/** The calls that a history holds, in their order. */
export const recordedCalls = ({ events }: History): readonly Call[] => (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: a }) =>
  (a ? [{ activity: a.activityType?.name ?? '', args: (a.input?.payloads ?? []).map((p) => decoded(p.data)) }] : []));

/**
 * Workflows that tell their calls. `instead`: modules that stand in for what the workflows import (as written there), by their path.
 */
export const tellingBundle = (instead: Readonly<Record<string, string>> = {}): Promise<WorkflowBundleOption> => bundleWorkflowCode({
  workflowsPath: join(__dirname, '..', '..', 'workflows', 'index.ts'), workflowInterceptorModules: [join(__dirname, 'scheduled.ts')],
  logger: new DefaultLogger('WARN'),
  webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...instead } } }),
});

/**
 * Replays a history and answers with the calls that this code decides on the way. A replay alone compares the order of commands, never what is in
 * them.
 * @throws DeterminismViolationError where the order differs.
 */
export const decidedCalls = async (workflowBundle: WorkflowBundleOption, history: History, workflowId: string): Promise<readonly Call[]> => {
  const calls: Call[] = [];
  const sinks: InjectedSinks<ScheduledSinks> = {
    scheduled: { call: { fn: (_, activity, args) => { calls.push({ activity, args: plain(args) }); }, callDuringReplay: true } },
  };
  await Worker.runReplayHistory({ workflowBundle, sinks }, history, workflowId);
  return calls;
};

const known = (fields: Fields, to: Fields | undefined): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => to === undefined || name in to));
/** The number of a schema says how an event is written, not what was decided. */
const withoutSchema = ({ schema: _, ...event }: Fields): Fields => event;
const batchOf = (batch: Batch, like: Batch | undefined): Fields => ({
  ...batch, events: batch.events.map(withoutSchema), projection: known(batch.projection, like?.projection),
});

/**
 * Calls as they are compared with those of `like`: events and notices whole; of a projection, and of what other activities are asked, the fields that
 * stand in `like`, because later releases show more.
 */
export const comparable = (calls: readonly Call[], like: readonly Call[]): readonly Call[] => calls.map(({ activity, args: [input] }, i) => {
  const other = like[i]?.activity === activity ? like[i].args[0] : undefined;
  const compared = activity === 'commit' ? batchOf(input as Batch, other as Batch | undefined) : known(input as Fields, other as Fields | undefined);
  return { activity, args: [compared] };
});
