import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { connect } from 'node:net';
import { isTemporalAway } from '../temporal';

const CONNECT_MS = 3_000;
/** `temporal.api.enums.v1.TaskQueueType`. */
const WORKFLOW_QUEUE = 1;

/** True where something accepts a TCP connection within three seconds. */
export const canConnect = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS });
    const end = (isOpen: boolean) => (): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });

/** True where an HTTP server answers with success within three seconds. */
export const answersHttp = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(CONNECT_MS) }).then((response) => response.ok, () => false);

/** True where a worker polled the queue in the last minutes. */
export const hasPoller = async (client: Client, taskQueue: string): Promise<boolean> => {
  const { pollers } = await client.workflowService.describeTaskQueue(
    { namespace: client.options.namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_QUEUE }
  );
  return (pollers ?? []).length > 0;
};

export const isRunning = async (client: Client, workflowId: string): Promise<boolean> => {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
};

/** Names of the namespace's custom search attributes; undefined where the account may not ask. */
export const registeredAttributes = async (client: Client): Promise<readonly string[] | undefined> => {
  try {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: client.options.namespace });
    return Object.keys(customAttributes ?? {});
  } catch (error) {
    if (isGrpcServiceError(error) && !isTemporalAway(error)) return undefined;
    throw error;
  }
};
