import type { Plan, TaskSpec } from './plan';

/**
 * Of a confidential row: code, printed number, dates and the units that must be written to, none of its words. The
 * words stay in the document that the records office sends. Any other row as it is.
 */
export const withoutWords = (task: TaskSpec): TaskSpec => {
  if (task.confidential !== true) return task;
  const { group: _group, displayTitle: _displayTitle, ...rest } = task;
  return { ...rest, title: task.id, leadText: '', coordinatingText: '' };
};

/** False for a confidential row that still has its words. */
export const isDiscreet = (task: TaskSpec): boolean => task.confidential !== true || task.title === task.id;

const NOT_HERE = '(nhiệm vụ mật: xem văn bản gửi qua đường văn thư)';

/**
 * A plan as it may go to every unit: of a confidential row number and time phrase alone. Warnings quote rows and are
 * left out.
 */
export const publicPlan = (plan: Plan): Plan => ({
  ...plan,
  warnings: [],
  tasks: plan.tasks.map((task) =>
    task.confidential === true ? { ...withoutWords(task), title: NOT_HERE, leadText: '–' } : task,
  ),
});
