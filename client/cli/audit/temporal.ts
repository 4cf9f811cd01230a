import type { Client } from '@temporalio/client';
import { POST_WORKFLOW_ID, TASK_QUEUE } from '../../../contracts/ids';
import { taskWorkflowType } from '../../../contracts/task';
import { type Instant, MINUTE_MS } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { readWatchedTasks, unknownTasks, type WatchedTask } from '../../../ledger/watch';
import { workflowStates } from '../../tasks';
import { isTemporalAway } from '../../temporal';
import { Unreachable } from '../../unreachable';
import { hasPoller, isRunning } from '../probes';
import { earliest, type Finding, listed } from './finding';

/** A start writes the rows first, and then starts the workflows. */
const STARTING_MS = 10 * MINUTE_MS;
/** However large the installation, the auditor ends. */
const DEADLINE_MS = 5 * MINUTE_MS;
const PREFIX = 'task/';

/** Ids of tasks with a running workflow, as Temporal's list has them: seconds behind the truth, so that each difference is asked for by itself. */
const runningTasks = async (client: Client): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  const query = `WorkflowType = '${taskWorkflowType}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 })) if (workflowId.startsWith(PREFIX)) found.add(workflowId.slice(PREFIX.length));
  return found;
};

const missingFindings = async (client: Client, tasks: readonly WatchedTask[], running: ReadonlySet<string>, now: Instant): Promise<readonly Finding[]> => {
  const suspects = tasks.filter((t) => !running.has(t.id) && t.openedAt + STARTING_MS < now);
  const states = await workflowStates(client, suspects.map((t) => t.id));
  const bySuspect = new Map(suspects.map((t) => [t.id, t]));
  const behind = states.filter((s) => s.status === 'ended' && s.seq > (bySuspect.get(s.task)?.seq ?? 0)).map((s) => s.task);
  const missing = states.filter((s) => s.status !== 'running' && !behind.includes(s.task)).map((s) => s.task);
  const [missingIds, behindIds] = [listed(missing), listed(behind)];
  const openedAt = (ids: readonly string[]) => earliest(ids.map((id) => bySuspect.get(id)?.nextWakeAt ?? null).filter((at) => at !== null && at < now));
  return [
    ...(missing.length === 0 ? [] : [{
      code: 'task-without-workflow', ...openedAt(missing), next: ['Chạy "dondoc repair".', 'Run "dondoc repair".'],
      what: [`${missing.length} nhiệm vụ đang mở không có tiến trình: ${missingIds[0]}`, `${missing.length} open tasks have no workflow: ${missingIds[1]}`],
    } as const]),
    ...(behind.length === 0 ? [] : [{
      code: 'ledger-behind',
      what: [
        `${behind.length} nhiệm vụ đã kết thúc trong Temporal mà sổ cái thiếu việc sau cùng: ${behindIds[0]}`,
        `${behind.length} tasks ended in Temporal, and the ledger lacks their last events: ${behindIds[1]}`,
      ],
      next: ['Khôi phục bản sao lưu mới hơn, hoặc chấp nhận mất: "dondoc repair --accept-loss MÃ".', 'Restore a newer backup, or accept the loss: "dondoc repair --accept-loss ID".'],
    } as const]),
  ];
};

const unknownFinding = async (db: Ledger, running: ReadonlySet<string>): Promise<readonly Finding[]> => {
  const unknown = await unknownTasks(db, [...running]);
  if (unknown.length === 0) return [];
  const ids = listed(unknown);
  return [{
    code: 'task-unknown', what: [`${unknown.length} tiến trình của nhiệm vụ mà sổ cái không có: ${ids[0]}`, `${unknown.length} workflows of tasks that the ledger does not know: ${ids[1]}`],
    next: [
      'Sổ cái được khôi phục từ trước khi bắt đầu kế hoạch: chạy lại "dondoc plan start" với tệp kế hoạch cũ.',
      'The ledger was restored from before the start of the plan: run "dondoc plan start" again with the same file.',
    ],
  }];
};

const look = async (client: Client, db: Ledger, now: Instant): Promise<readonly Finding[]> => {
  const tasks = await readWatchedTasks(db);
  const running = await runningTasks(client);
  return [
    ...((await hasPoller(client, TASK_QUEUE)) ? [] : [{
      code: 'worker-missing', what: ['Không có tiến trình xử lý nào nhận việc', 'No worker polls'], next: ['Khởi động "dondoc worker".', 'Start "dondoc worker".'],
    } as const]),
    ...((await isRunning(client, POST_WORKFLOW_ID)) ? [] : [{
      code: 'post-missing', what: ['Tiến trình gửi thư (post) không chạy', 'The post does not run'],
      next: ['Khởi động lại "dondoc worker", hoặc chạy "dondoc repair".', 'Start "dondoc worker" again, or run "dondoc repair".'],
    } as const]),
    ...(await missingFindings(client, tasks, running, now)), ...(await unknownFinding(db, running)),
  ];
};

/** Compares what Temporal runs with what the ledger says should run. A Temporal that does not answer is itself what was found. */
export const temporalFindings = async (temporal: () => Promise<Client>, db: Ledger, now: Instant): Promise<readonly Finding[]> => {
  try {
    const client = await temporal();
    return await client.withDeadline(Date.now() + DEADLINE_MS, () => look(client, db, now));
  } catch (error) {
    if (!(error instanceof Unreachable) && !isTemporalAway(error)) throw error;
    return [{
      code: 'temporal-away', what: ['Không kết nối được máy chủ Temporal', 'Temporal cannot be reached'],
      next: ['Kiểm tra máy chủ Temporal, TEMPORAL_ADDRESS, TLS và khóa API.', 'See the Temporal server, TEMPORAL_ADDRESS, TLS and API key.'],
    }];
  }
};
