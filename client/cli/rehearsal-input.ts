import { dirname, resolve } from 'node:path';
import { withTextRefs } from '../../config/act-fields';
import { readStory, type Story, type StoryAct } from '../../config/story';
import type { WorkingCalendar } from '../../domain/calendar';
import type { TextRef } from '../../domain/refs';
import type { Directory, Plan } from '../../domain/plan';
import type { RehearsalInput } from '../../domain/rehearsal';
import type { TaskSeed } from '../../domain/task';
import type { CivilDate } from '../../domain/time';
import { textRef } from '../../ledger/texts';
import { addressesOf } from '../addresses';
import { seedsOf } from '../start-plan';
import { usage } from './errors';
import type { Io } from './io';
import { loadPlan, planOf, type PlanOptions, readInput } from './load-plan';
import { parseDay } from './parse';
import { endOf, lastDayOf, startOf } from './preview';

export type RehearseOptions = PlanOptions & { readonly story?: string; readonly asOf?: string; readonly from?: string; readonly to?: string; readonly task?: readonly string[]; readonly messages?: boolean };

/** Everything a rehearsal needs, and the window on its output. `texts`: contents of the references that acts carry, by id. */
export type RehearsalSet = {
  readonly plan: Plan;
  readonly directory: Directory;
  readonly input: RehearsalInput;
  readonly texts: ReadonlyMap<string, string>;
  readonly from: CivilDate;
  readonly to: CivilDate;
};

const loadStory = async (io: Io, path: string): Promise<{ readonly story: Story; readonly folder: string }> => {
  const file = await readInput(io, path);
  const { story, errors } = readStory(Buffer.from(file.bytes).toString('utf8'), file.name);
  if (story === null) throw usage('bad-story', `Tệp kịch bản ${file.name} có ${errors.length} lỗi.`, errors);
  return { story, folder: dirname(file.path) };
};

/** Acts with references in memory instead of the ledger, as if they had come by link. */
const commandsOf = (acts: readonly StoryAct[], texts: Map<string, string>): RehearsalInput['acts'] =>
  acts.map(({ at, task, act, by, fields }, i) => {
    const refOf = (field: string, text: string): TextRef => {
      const ref = textRef(`tx-${task}-${i + 1}-${field}`, text);
      texts.set(ref.id, text);
      return ref;
    };
    return { at, task, command: { ...withTextRefs(act, fields, refOf), actor: { by, via: 'link' } } };
  });

const wantedTasks = (plan: Plan, ids: readonly string[] | undefined): Plan['tasks'] => {
  const unknown = (ids ?? []).filter((id) => !plan.tasks.some((t) => t.id === id));
  if (unknown.length > 0) throw usage(
    'unknown-task',
    `Kế hoạch ${plan.plan.code} không có nhiệm vụ ${unknown.join(', ')}. Các nhiệm vụ: ${plan.tasks.map((t) => t.id).join(', ')}.`,
  );
  return plan.tasks.filter((t) => ids === undefined || ids.includes(t.id));
};

const actsKnown = (acts: readonly StoryAct[], tasks: readonly TaskSeed[], plan: Plan): void => {
  const strange = acts.filter((a) => !plan.tasks.some((t) => t.id === a.task)).map((a) => a.task);
  if (strange.length > 0) throw usage('bad-story', `Kịch bản nêu nhiệm vụ không có trong kế hoạch ${plan.plan.code}: ${[...new Set(strange)].join(', ')}.`);
  if (tasks.length === 0) throw usage('bad-plan', `Kế hoạch ${plan.plan.code} không có nhiệm vụ nào.`);
};

/** First and last day of what is shown: as asked for, else as the story says, else the whole life of the tasks. */
const windowOf = (options: RehearseOptions, story: Partial<Pick<Story, 'from' | 'to'>>, life: { readonly from: CivilDate; readonly to: CivilDate }) => {
  const from = options.from === undefined ? (story.from ?? life.from) : parseDay(options.from, '--from');
  const to = options.to === undefined ? (story.to ?? life.to) : parseDay(options.to, '--to');
  if (to < from) throw usage('bad-window', `Khoảng thời gian không hợp lệ: --to ${to} trước --from ${from}.`);
  return { from, to };
};

/** Reads story, plan and directory; options of the command line win over the story, the story over the plan. */
export const rehearsalSet = async (io: Io, file: string | undefined, options: RehearseOptions, calendar: WorkingCalendar): Promise<RehearsalSet> => {
  const told = options.story === undefined ? undefined : await loadStory(io, options.story);
  const path = file ?? (told && resolve(told.folder, told.story.plan));
  if (path === undefined) throw usage('missing-file', 'Thiếu tệp kế hoạch: nêu FILE hoặc --story.');
  const code = options.code ?? told?.story.code;
  const { code: _, ...rest } = options;
  const loaded = await loadPlan(io, path, code === undefined ? rest : { ...rest, code });
  const plan = planOf(loaded);
  const asOf = options.asOf === undefined ? (told?.story.asOf ?? plan.plan.issuedOn) : parseDay(options.asOf, '--as-of');
  const tasks = wantedTasks(plan, options.task ?? told?.story.tasks);
  const seeds = seedsOf(plan, tasks, { calendar, startAt: startOf(asOf), startId: 'rehearsal' });
  const texts = new Map<string, string>();
  const acts = told?.story.acts ?? [];
  actsKnown(acts, seeds, plan);
  const { from, to } = windowOf(options, told?.story ?? {}, { from: asOf, to: lastDayOf(tasks, asOf) });
  const input = { seeds, acts: commandsOf(acts, texts), until: endOf(to), addressOf: addressesOf(loaded.directory.seats) };
  return { plan, directory: loaded.directory, input, texts, from, to };
};
