import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { setImmediate } from 'node:timers/promises';
import type { Activities } from '../../contracts/activities';
import { FAILURES } from '../../contracts/failures';
import { renew, type TaskInput, type TaskWorkflow, view } from '../../contracts/task';
import type { Command } from '../../domain/acts';
import { live } from '../../domain/life';
import { RULES } from '../../domain/task';
import type { Instant } from '../../domain/time';
import { at, command, document, seed, text } from '../support/builders';
import { chainOf, type History } from '../support/chain';
import { memoryLedger } from '../support/fake-activities';
import { onStage, type Stage } from '../support/stage';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

let env: Awaited<ReturnType<typeof startTimeSkipping>>;
beforeAll(async () => { env = await startTimeSkipping(); });
afterAll(async () => { await env.teardown(); });

type Act = { readonly at: Instant; readonly command: Command };
const STORY: readonly Act[] = [
  { at: at('2018-10-30T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) },
  { at: at('2019-03-04T09:00'), command: command('suspend', 'tb-sct/head', { document }) },
  { at: at('2019-04-16T09:00'), command: command('resume', 'tb-sct/head', { document }) },
  { at: at('2020-03-03T09:00'), command: command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2020-03-20' }) },
  { at: at('2020-03-24T10:00'), command: command('approve-letter', 'tb-sct/leader', {}) },
  { at: at('2020-06-02T09:00'), command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
  { at: at('2020-06-03T09:00'), command: command('return', 'tb-sct/officer', { reason: text(), correctBy: '2020-06-10' }) },
  { at: at('2020-06-10T09:00'), command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
  { at: at('2020-06-22T09:00'), command: command('confirm', 'tb-sct/leader', {}) },
];
const expected = live(seed(), STORY, at('2021-01-01'));
const expectedKeys = expected.notices.map((n) => n.key).sort();

/** Terminated, and seen to be: the same id can be started again. Not while an activity runs: this server would hold its time still for ever. */
const end = async (handle: WorkflowHandle<TaskWorkflow>): Promise<void> => {
  await handle.terminate();
  while ((await handle.describe()).status.name === 'RUNNING');
};
/** Until the workflow has taken so many acts, answered or not. */
const accepted = async (handle: WorkflowHandle<TaskWorkflow>, acts: number): Promise<void> => {
  const count = async (): Promise<number> =>
    ((await handle.fetchHistory()).events ?? []).filter((e) => e.workflowExecutionUpdateAcceptedEventAttributes != null).length;
  while ((await count()) < acts) await setImmediate();
};
/** What waits until the test lets it go on. */
const gate = () => {
  let open = (): void => undefined;
  const isOpen = new Promise<void>((resolve) => { open = resolve; });
  return { isOpen, open: () => open() };
};
const play = async (stage: Stage): Promise<void> => {
  for (const { at: when, command: cmd } of STORY) {
    await stage.goTo(when);
    expect(await stage.act('CN18-05', cmd)).not.toHaveProperty('ok', false);
  }
};

describe('the task workflow says what the rehearsal says', () => {
  it.each([['in one run', undefined], ['continued as new every five days', 5]])('%s', async (_, runDays) => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed(), runDays === undefined ? {} : { runDays });
      await play(stage);
      expect(await handle.result()).toEqual({ state: 'completed', seq: expected.state.seq });
    });
    expect([...ledger.notices.keys()].sort()).toEqual(expectedKeys);
    expect(ledger.events.get('CN18-05')!.map((e) => e.type)).toEqual(expected.events.map((e) => e.type));
  });
});

describe('acts', () => {
  it('of two at once one wins and the other is told who decided', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      await stage.act('CN18-05', command('submit', 'tb-skhdt/leader', { summary: text() }));
      const answers = await Promise.all([
        stage.act('CN18-05', command('return', 'tb-sct/officer', { reason: text(), correctBy: '2018-11-12' })),
        stage.act('CN18-05', command('return', 'tb-sct/head', { reason: text(), correctBy: '2018-11-12' })),
      ]);
      const lost = answers.filter((a) => 'code' in a);
      expect(lost).toHaveLength(1);
      expect(lost[0]).toMatchObject({ code: 'already-decided', last: { act: 'return' } });
      await stage.goTo(at('2018-10-30T09:30'));
      await end(handle);
    });
  });

  it('are answered again for the same press of the same button', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      const press = command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }, { nonce: 'press-1' });
      expect(await stage.act('CN18-05', press)).toMatchObject({ isRepeat: false });
      expect(await stage.act('CN18-05', press)).toMatchObject({ isRepeat: true });
      await stage.goTo(at('2018-10-30T09:30'));
      await end(handle);
    });
    expect(ledger.events.get('CN18-05')!.filter((e) => e.type === 'acted')).toHaveLength(1);
  });
});

/** Steps that Temporal bills for a question about versions. */
const markersOf = (chain: readonly History[]): number => chain.flatMap((h) => h.events ?? []).filter((e) => e.markerRecordedEventAttributes != null).length;
const inputsOf = (chain: readonly History[]): readonly TaskInput[] => chain.map(({ events }) =>
  JSON.parse(Buffer.from(events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data ?? []).toString('utf8')) as TaskInput);

describe('the version of the rules', () => {
  it('stands in the input of every run, which asks its history for none', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed(), { runDays: 5, isFresh: true });
      await stage.goTo(at('2018-10-30T09:00'));
      await stage.act('CN18-05', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
      await stage.goTo(at('2018-11-08T09:00'));
      const chain = await chainOf(env.client, handle.workflowId);
      expect(chain.length).toBeGreaterThan(2);
      expect(markersOf(chain)).toBe(0);
      expect(inputsOf(chain).map((input) => input.rules)).toEqual(chain.map(() => RULES));
      await end(handle);
    });
    expect(ledger.events.get('CN18-05')!.map((e) => e.seq)).toEqual([1, 2, 3, 4]);
  });

  it('of a run that an earlier release started is raised to the newest by `renew`', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed(), { rules: undefined });
      await stage.goTo(at('2018-10-25T09:00'));
      expect((await handle.query(view)).state.rules).toBe(2);
      await handle.signal(renew);
      await stage.goTo(at('2018-10-25T09:30'));
      const chain = await chainOf(env.client, handle.workflowId);
      expect(inputsOf(chain).map((input) => input.rules)).toEqual([undefined, RULES]);
      expect((await handle.query(view)).state.rules).toBe(RULES);
      await end(handle);
    });
  });
});

describe('a ledger that disagrees', () => {
  it('and is behind gets the events of the run again', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      const all = ledger.events.get('CN18-05')!;
      ledger.events.set('CN18-05', all.slice(0, 1));
      await stage.act('CN18-05', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
      await stage.goTo(at('2018-10-31T09:00'));
      expect(ledger.events.get('CN18-05')!.map((e) => e.seq)).toEqual([1, 2, 3, 4]);
      await end(handle);
    });
    expect(ledger.troubles).toEqual([]);
  });

  it('and is behind is found out when a person asks, with the notices that it may not have sent', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-26T09:00'));
      const all = ledger.events.get('CN18-05')!;
      const late = [...ledger.notices.keys()].filter((key) => key.includes('A+4'));
      ledger.events.set('CN18-05', all.slice(0, 1));
      late.forEach((key) => ledger.notices.delete(key));
      await handle.signal(renew);
      await stage.goTo(at('2018-10-26T09:30'));
      expect(ledger.events.get('CN18-05')).toEqual(all);
      expect(ledger.restored).toEqual(late);
      expect(late).not.toEqual([]);
      await end(handle);
    });
  });

  it('and is behind by more than the run keeps stops the task until a newer backup is there', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const first = await stage.start(seed());
      await stage.goTo(at('2018-10-26T09:00'));
      await end(first);
      const second = await stage.start(seed());
      await stage.goTo(at('2018-10-26T10:00'));
      const all = ledger.events.get('CN18-05')!;
      ledger.events.set('CN18-05', all.slice(0, 1));
      await second.signal(renew);
      await stage.goTo(at('2018-10-26T10:30'));
      expect(ledger.troubles).toEqual(['ledger-behind']);
      ledger.events.set('CN18-05', all);
      await second.signal(renew);
      await stage.goTo(at('2018-10-29T09:00'));
      expect(ledger.troubles).toHaveLength(1);
      expect(ledger.events.get('CN18-05')!.length).toBeGreaterThan(all.length);
      await end(second);
    });
  });

  it('and is ahead wins: a terminated workflow is rebuilt from it and goes on', async () => {
    const ledger = memoryLedger();
    await onStage(env, workflowBundle, ledger.activities, seed().startAt, async (stage) => {
      const first = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      await stage.act('CN18-05', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
      await stage.goTo(at('2018-11-01T09:00'));
      await end(first);
      const second = await stage.start(seed());
      await stage.goTo(at('2019-10-09T09:00'));
      await end(second);
    });
    const notices = [...ledger.notices.values()];
    expect(notices.filter((n) => n.kind === 'assigned')).toHaveLength(2);
    expect(notices.filter((n) => n.rung === 'T-60')).toHaveLength(1);
  });

  it('and is ahead loses no act that is answered while the task reads it', async () => {
    const ledger = memoryLedger();
    let isAhead = false;
    const reopens = gate();
    const mayRead = gate();
    const activities: Activities = {
      ...ledger.activities,
      commit: async (batch) => {
        if (!isAhead) return ledger.activities.commit(batch);
        isAhead = false;
        return { outcome: 'ahead' };
      },
      open: async (input) => {
        if (ledger.events.has('CN18-05')) {
          reopens.open();
          await mayRead.isOpen;
        }
        return ledger.activities.open(input);
      },
    };
    await onStage(env, workflowBundle, activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      isAhead = true;
      await stage.act('CN18-05', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
      await reopens.isOpen;
      const second = stage.act('CN18-05', command('report-progress', 'tb-skhdt/officer', { text: text('text-2') }));
      await accepted(handle, 2);
      mayRead.open();
      expect(await second).toMatchObject({ seq: 5 });
      await stage.goTo(at('2018-10-30T09:30'));
      expect(await handle.query(view)).toMatchObject({ state: { seq: 5 }, committedSeq: 5 });
      await end(handle);
    });
    expect(ledger.events.get('CN18-05')!.flatMap((e) => (e.type === 'acted' ? [e.act] : []))).toEqual(['acknowledge', 'report-progress']);
    expect(ledger.troubles).toEqual([]);
  });

  it('and has no row for the task gets everything when the row is there again; no answered act is lost', async () => {
    const ledger = memoryLedger();
    let hasRow = true;
    const activities: Activities = {
      ...ledger.activities,
      commit: async (batch) => {
        if (!hasRow) throw ApplicationFailure.nonRetryable('no row', FAILURES.needsRepair);
        return ledger.activities.commit(batch);
      },
    };
    await onStage(env, workflowBundle, activities, seed().startAt, async (stage) => {
      const handle = await stage.start(seed());
      await stage.goTo(at('2018-10-30T09:00'));
      hasRow = false;
      ledger.events.clear();
      await stage.act('CN18-05', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
      await stage.goTo(at('2018-10-31T09:00'));
      hasRow = true;
      await handle.signal(renew);
      await stage.goTo(at('2018-10-31T10:00'));
      await end(handle);
    });
    expect(ledger.events.get('CN18-05')!.map((e) => e.seq)).toEqual([1, 2, 3, 4]);
    expect(ledger.events.get('CN18-05')!.at(-1)).toMatchObject({ act: 'acknowledge' });
  });
});
