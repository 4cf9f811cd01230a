/** Workflow ids are functions with their inverse, and live here alone. */
export const TASK_QUEUE = 'dondoc';

export const taskWorkflowId = (task: string): string => `task/${task}`;
export const taskOfWorkflowId = (id: string): string | undefined => (id.startsWith('task/') ? id.slice(5) : undefined);
export const POST_WORKFLOW_ID = 'post';
export const messageWorkflowId = (key: string): string => `message/${key}`;
export const messageOfWorkflowId = (id: string): string | undefined => (id.startsWith('message/') ? id.slice(8) : undefined);
