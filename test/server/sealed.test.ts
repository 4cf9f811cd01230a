import { WorkflowNotFoundError } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { actOnTask } from '../../client/tasks';
import { taskWorkflowId } from '../../contracts/ids';
import { act, type Receipt, type TaskWorkflow, view } from '../../contracts/task';
import type { Act, ActFields, Actor, Command } from '../../domain/acts';
import type { Position } from '../../domain/plan';
import { listUnsealed } from '../../ledger/unsealed';
import { linkKeyOf, sealAct } from '../../links';
import { command, document, text } from '../support/builders';
import { doorTo, LINK_SECRET } from '../support/door';
import { type LiveSite, startLiveSite, until, untilSent } from '../support/live-site';
import { FIRST_MORNING, SHORT_TASKS, startShortPlan } from '../support/short-plan';

const [TASK = '', OTHER = '', THIRD = ''] = SHORT_TASKS;
const KEY = linkKeyOf(LINK_SECRET);

let site: LiveSite;
beforeAll(async () => {
  site = await startLiveSite(FIRST_MORNING);
  await site.startWorker();
  await startShortPlan(site, '2018-12-31');
}, 120_000);
afterAll(() => site.stop());

/** As by somebody who reaches Temporal and nothing else: a decision of a leader, proved by a code to the phone. */
const forged = <A extends Act>(name: A, by: Position, fields: ActFields[A], actor: Partial<Actor> = {}): Command =>
  command(name, by, fields, { person: 'p-1', proof: 'sms', nonce: randomUUID(), ...actor });
const submit = (actor: Partial<Actor> = {}): Command => forged('submit', 'tb-skhdt/leader', { summary: text() }, actor);
const handleOf = (task: string) => site.server.client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task));
/** Straight to the workflow, past every door. */
const send = (task: string, sent: Command): Promise<Receipt> => handleOf(task).executeUpdate(act, { args: [sent], updateId: randomUUID() });

const actsOf = async (task: string): Promise<string[]> => {
  const rows = await site.ledger.selectFrom('event').select('act').where('task', '=', task).where('act', 'is not', null).orderBy('seq').execute();
  return rows.map((r) => r.act ?? '');
};
const undone = async (task: string): Promise<readonly string[]> =>
  (await listUnsealed(site.ledger, 1)).filter((a) => a.task === task).map((a) => `${a.act} ${a.position} ${a.via} ${a.why}`).sort();
/** Workflow and ledger say the same, and nothing waits to be written. */
const settled = async (task: string): Promise<void> => {
  await until(`${task} has written all it decided`, async () => {
    const [{ state, committedSeq }, row] = [
      await handleOf(task).query(view), await site.ledger.selectFrom('task').select(['seq', 'state', 'projection']).where('id', '=', task).executeTakeFirstOrThrow(),
    ];
    return committedSeq === state.seq && row.seq === state.seq && row.state === state.name && row.projection?.state === state.name;
  });
};
const stateOf = async (task: string): Promise<string> => (await handleOf(task).query(view)).state.name;

test('who reaches Temporal and nothing else acts as nobody, by whatever way the act claims to have come', async () => {
  const before = await actsOf(TASK);
  for (const sent of [submit(), submit({ via: 'cli', operator: 'os-1', basis: document }), submit({ via: 'system' }), command('remind', 'admin', {})]) {
    expect(await send(TASK, sent)).toMatchObject({ isRepeat: false });
    await until('the act is undone and told', async () => (await undone(TASK)).some((a) => a.startsWith(`${sent.act} ${sent.actor.by} ${sent.actor.via}`)));
    await settled(TASK);
    expect(await stateOf(TASK)).toBe('in_progress');
  }
  expect(await actsOf(TASK)).toEqual(before);
  expect(await undone(TASK)).toEqual([
    'remind admin link missing', 'submit tb-skhdt/leader cli missing', 'submit tb-skhdt/leader link missing', 'submit tb-skhdt/leader system missing',
  ]);
}, 120_000);

test('a seal holds for its own task, act, fields, person, proof, press and key alone', async () => {
  const before = await actsOf(OTHER);
  const good = submit();
  const { act: name, fields, actor } = good;
  const sealOf = (more: object) => sealAct(KEY, { task: OTHER, act: name, fields, actor, ...more }, site.storyNow());
  const seals = [
    sealOf({ task: TASK }), sealOf({ act: 'acknowledge' }), sealOf({ fields: { summary: text('another') } }), sealOf({ actor: { ...actor, person: 'p-2' } }),
    sealOf({ actor: { ...actor, nonce: 'another' } }), sealOf({ actor: { ...actor, by: 'tb-sct/leader' } }), sealOf({ actor: { ...actor, proof: 'email' } }),
    { ...sealOf({}), at: 0 }, { ...sealOf({}), key: 'constructor' },
    sealAct(linkKeyOf('a secret that somebody made up by themselves'), { task: OTHER, act: name, fields, actor }, site.storyNow()),
  ];
  for (const [i, seal] of seals.entries()) {
    await send(OTHER, { ...good, seal });
    await until(`seal ${i} is refused`, async () => (await undone(OTHER)).length === i + 1);
    await settled(OTHER);
    expect(await stateOf(OTHER)).toBe('in_progress');
  }
  expect(await actsOf(OTHER)).toEqual(before);
  expect(new Set((await undone(OTHER)).map((a) => a.split(' ').at(-1)))).toEqual(new Set(['wrong', 'unknown-key']));
  await send(OTHER, { ...good, seal: sealOf({}) });
  await until('the one that is right counts', async () => (await actsOf(OTHER)).at(-1) === 'submit');
}, 120_000);

test('each press is taken once: sent again it changes nothing, whatever happened meanwhile', async () => {
  const door = doorTo(site.server.client);
  const pressed = submit();
  const seal = sealAct(KEY, { task: TASK, ...pressed }, site.storyNow());
  await send(TASK, { ...pressed, seal });
  expect(await send(TASK, { ...pressed, seal })).toMatchObject({ isRepeat: true });
  await until('the submission is on record', async () => (await actsOf(TASK)).at(-1) === 'submit');
  expect(await actOnTask(door, TASK, command('return', 'tb-sct/officer', { reason: text(), correctBy: '2018-11-12' }), site.storyNow())).toMatchObject({ ok: true });
  expect(await send(TASK, { ...pressed, seal })).toMatchObject({ isRepeat: true });
  await settled(TASK);
  expect((await actsOf(TASK)).slice(-2)).toEqual(['submit', 'return']);
}, 120_000);

test('a real act decided beside a forged one stays, and real acts go on to the end', async () => {
  const door = doorTo(site.server.client);
  const asked = forged('request-extension', 'tb-stc/leader', { to: '2019-01-31', reason: text() });
  const [, report] = await Promise.all([
    send(THIRD, asked), actOnTask(door, THIRD, command('report-progress', 'tb-stc/officer', { text: text() }), site.storyNow()),
  ]);
  expect(report).toMatchObject({ ok: true });
  await until('the forged one is undone', async () => (await undone(THIRD)).length === 1);
  await until('the real one is on record', async () => (await actsOf(THIRD)).at(-1) === 'report-progress');
  for (const next of [command('submit', 'tb-stc/leader', { summary: text() }), command('confirm', 'tb-sct/officer', {})]) {
    expect(await actOnTask(door, THIRD, next, site.storyNow())).toMatchObject({ ok: true });
  }
  await expect(handleOf(THIRD).result()).resolves.toMatchObject({ state: 'completed' });
  expect(await actsOf(THIRD)).toEqual(['acknowledge', 'report-progress', 'submit', 'confirm']);
  await expect(send(THIRD, submit())).rejects.toThrow(WorkflowNotFoundError);
  await untilSent(site);
}, 120_000);
