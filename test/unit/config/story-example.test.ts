import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTextRefs } from '../../../config/act-fields';
import { readDirectory } from '../../../config/directory';
import { readPlan } from '../../../config/read-plan';
import { readStory } from '../../../config/story';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { rehearse } from '../../../domain/rehearsal';
import { seedOf } from '../../../domain/seed';
import { instantAt } from '../../../domain/time';

const example = (name: string): Buffer => readFileSync(join(__dirname, '../../../examples', name));

let shown: ReturnType<typeof played>;
beforeAll(() => {
  shown = played();
});

const played = () => {
  const { directory } = readDirectory(example('thu-muc-thai-binh.yaml').toString(), 'thu-muc-thai-binh.yaml');
  const { story, errors } = readStory(example('chuyen-cn18.yaml').toString(), 'chuyen-cn18.yaml');
  expect(errors).toEqual([]);
  const { plan } = readPlan({ name: story!.plan, bytes: example(story!.plan) }, { directory: directory!, code: story!.code! });
  const startAt = instantAt(plan!.plan.issuedOn, 8 * 60);
  const seeds = plan!.tasks.map((task) => seedOf({ plan: plan!.plan, task, calendar: SHIPPED_CALENDAR, startAt, startId: 'story' }));
  const acts = story!.acts.map((a) => ({
    at: a.at, task: a.task, command: { ...withTextRefs(a.act, a.fields, (field, text) => ({ id: field, hash: field, length: text.length })), actor: { by: a.by, via: 'link' as const } },
  }));
  return { story: story!, result: rehearse({ seeds, acts, until: instantAt(story!.to, 24 * 60 - 1) }) };
};

test('the shipped story touches all 12 tasks, and the rules take every act but the self-confirmation', () => {
  const { story, result } = shown;
  expect(new Set(story.acts.map((a) => a.task)).size).toBe(12);
  const refused = result.acts.filter((a) => a.refusal !== null).map((a) => `${a.task} ${a.act} ${a.by} ${a.refusal?.code}`);
  expect(refused).toEqual(['CN18-01 confirm tb-sct/leader self-confirmation']);
});

test('the shipped story shows every rung, the monthly line and every way a task can end', () => {
  const { result } = shown;
  const rungs = new Set(result.notices.map((n) => n.rung));
  for (const rung of ['A+4', 'A+5', 'T-60', 'T-20', 'T-10', 'T-5', 'T-3', 'T-1', 'T-0', 'L1', 'L2', 'L3', 'L4', 'LM']) expect(rungs).toContain(rung);
  const states = new Map(result.tasks.map((t) => [t.task, `${t.state} ${t.timeliness}`]));
  expect(Object.fromEntries(states)).toEqual({
    'CN18-01': 'completed completed-on-time', 'CN18-02': 'merged none', 'CN18-03': 'completed completed-on-time', 'CN18-04': 'in_progress overdue-4', 'CN18-05': 'completed completed-on-time',
    'CN18-06': 'completed completed-on-time', 'CN18-07': 'completed completed-late', 'CN18-08': 'completed completed-on-time', 'CN18-09': 'completed completed-late', 'CN18-10': 'completed completed-late',
    'CN18-11': 'carried_over none', 'CN18-12': 'completed completed-on-time',
  });
});
