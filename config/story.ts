import { z } from 'zod';
import type { Act, Actor } from '../domain/acts';
import { isPosition, type PlanProblem } from '../domain/plan';
import { type CivilDate, type Instant, parseInstant } from '../domain/time';
import { isAct, parseActFields, parseIncomplete, type PlainActFields } from './act-fields';
import { acceptable, civilDate, readYaml, text } from './yaml';

/**
 * One act of a story, its fields checked and plain (texts as strings). One that lacks a field is told as it is: the
 * rules refuse it (`field-missing`).
 */
export type StoryAct = { [A in Act]: { readonly at: Instant; readonly task: string; readonly act: A; readonly by: Actor['by']; readonly fields: PlainActFields[A] } }[Act];

/** A plan lived through. `plan` is relative to the story file; `from`..`to` are a window on the output. Acts are ordered by time. */
export type Story = {
  readonly plan: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly code?: string;
  readonly asOf?: CivilDate;
  readonly tasks?: readonly string[];
  readonly acts: readonly StoryAct[];
};
export type StoryReading = { readonly story: Story | null; readonly errors: readonly PlanProblem[] };

const schema = z.strictObject({
  plan: text, from: civilDate, to: civilDate, code: text.optional(), asOf: civilDate.optional(), tasks: z.array(text).optional(),
  acts: z.array(z.looseObject({
    at: z.string().transform((value) => parseInstant(value)).refine((at) => at !== undefined, acceptable('không phải thời điểm', 'ngàyTgiờ, ví dụ 2018-10-30T09:00')).transform((at) => at ?? 0),
    task: text, act: text,
    by: z.string().refine((value) => value === 'admin' || isPosition(value), acceptable('không phải chức danh', 'mã đơn vị/officer, head, leader hoặc clerk; hoặc admin')),
  })).default([]),
});
type RawAct = z.output<typeof schema>['acts'][number];
type ActReading = { readonly act: StoryAct | null; readonly errors: readonly PlanProblem[] };

const actorOf = (by: string): Actor['by'] => (by === 'admin' || !isPosition(by) ? 'admin' : by);

const readAct = (raw: RawAct, place: string): ActReading => {
  const { at, task, act, by, ...rest } = raw;
  if (!isAct(act)) {
    return { act: null, errors: [{ where: `${place}.act`, message: `không có việc nào tên ${act}`, accepted: 'một việc trong danh sách đã hỗ trợ, ví dụ acknowledge, submit, confirm' }] };
  }
  const read = parseActFields(act, rest);
  const incomplete = read.ok ? undefined : parseIncomplete(act, rest, read.problems);
  if (incomplete !== undefined)
    return { act: { at, task, act, by: actorOf(by), fields: incomplete } as StoryAct, errors: [] };
  if (!read.ok) return { act: null, errors: read.problems.map(({ field, message, accepted }) => ({ where: `${place}.${field}`, message, accepted })) };
  return { act: { at, task, act, by: actorOf(by), fields: read.fields } as StoryAct, errors: [] };
};

const inWindow = (from: CivilDate, to: CivilDate, where: string): PlanProblem[] =>
  from <= to ? [] : [{ where: `${where}: to`, message: `ngày kết thúc ${to} trước ngày bắt đầu ${from}`, accepted: `ngày từ ${from} trở đi` }];

/** An act on a task that the story leaves out would never happen: a slip of the story. */
const leftOut = (acts: readonly StoryAct[], tasks: readonly string[] | undefined, where: string): PlanProblem[] =>
  tasks === undefined ? [] : acts.filter((a) => !tasks.includes(a.task)).map((a) => ({ where: `${where}: acts`, message: `việc ${a.act} của ${a.task} không thuộc mục tasks`, accepted: tasks.join(', ') }));

/** Reads a story file (YAML): all problems at once. Times without an offset are Vietnamese; acts at one instant keep the order of the file. */
export const readStory = (source: string, where: string): StoryReading => {
  const read = readYaml(source, where, schema);
  if (!read.ok) return { story: null, errors: read.problems };
  const { plan, from, to, code, asOf, tasks } = read.value;
  const readings = read.value.acts.map((raw, i) => readAct(raw, `${where}: acts[${i + 1}]`));
  const acts = readings.flatMap((r) => (r.act === null ? [] : [r.act])).sort((a, b) => a.at - b.at);
  const errors = [...inWindow(from, to, where), ...readings.flatMap((r) => r.errors), ...leftOut(acts, tasks, where)];
  const story: Story = { plan, from, to, ...(code === undefined ? {} : { code }), ...(asOf === undefined ? {} : { asOf }), ...(tasks === undefined ? {} : { tasks }), acts };
  return { story: errors.length === 0 ? story : null, errors };
};
