import { temporal } from '@temporalio/proto';
import { taskWorkflowId } from '../../../contracts/ids';
import type { Command } from '../../../domain/acts';
import { at, command, seed, text } from '../../support/builders';
import { chainOf, type History } from '../../support/chain';
import { memoryLedger } from '../../support/fake-activities';
import { onStage } from '../../support/stage';
import { startTimeSkipping, workflowBundle } from '../../support/temporal';
import { atMost, type Part, plain, sum } from '../figure';

type Event = temporal.api.history.v1.IHistoryEvent;
const TASK = 'CN18-05';
const START = '2019-01-02T08:00';

/** Twelve wakes: assignment, A+4, seven rungs before the due date, three after it; and three acts. */
const ACTS: readonly { readonly at: string; readonly command: Command }[] = [
  { at: '2019-01-08T09:00', command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) },
  { at: '2019-12-25T10:00', command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
  { at: '2019-12-26T10:00', command: command('confirm', 'tb-sct/leader', {}) },
];

/** What Temporal Cloud bills as an action (its documentation, "Actions"): each of these once, an activity once per attempt. */
const BILLED: Readonly<Record<string, (e: Event) => number>> = {
  starts: (e) => (e.workflowExecutionStartedEventAttributes ? 1 : 0),
  timers: (e) => (e.timerStartedEventAttributes ? 1 : 0),
  activities: (e) => (e.activityTaskStartedEventAttributes ? Math.max(1, e.activityTaskStartedEventAttributes.attempt ?? 1) : 0),
  updates: (e) => (e.workflowExecutionUpdateAcceptedEventAttributes ? 1 : 0),
  signals: (e) => (e.workflowExecutionSignaledEventAttributes ? 1 : 0),
  markers: (e) => (e.markerRecordedEventAttributes ? 1 : 0),
  'search attributes': (e) => (e.upsertWorkflowSearchAttributesEventAttributes ? 1 : 0),
};

const bytesOf = (history: History): number => temporal.api.history.v1.History.encode(history).finish().length;

/** Lives the year on a server whose time skips; the ledger is in memory, because only the history is looked at. */
const liveAYear = async (): Promise<{ readonly chain: readonly History[]; readonly wakes: number }> => {
  const env = await startTimeSkipping();
  const ledger = memoryLedger();
  let chain: readonly History[] = [];
  try {
    await onStage(env, workflowBundle, ledger.activities, at(START), async (stage) => {
      const handle = await stage.start(seed({ startsOn: '2019-01-02', dueOn: '2019-12-10' }, START), { isFresh: true });
      for (const act of ACTS) {
        await stage.goTo(at(act.at));
        const answer = await stage.act(TASK, act.command);
        if ('ok' in answer) throw new Error(`${act.command.act} was refused: ${answer.code}`);
      }
      await handle.result();
      chain = await chainOf(env.client, taskWorkflowId(TASK));
    });
  } finally {
    await env.teardown();
  }
  const wakes = new Set((ledger.events.get(TASK) ?? []).filter((e) => e.type !== 'acted').map((e) => e.at)).size;
  return { chain, wakes };
};

export const actions: Part = {
  name: 'actions', title: 'What a task costs in a year',
  about: 'One task of the plan from its assignment on 02/01/2019 to the confirmation on 26/12/2019, on a server whose time skips; counted from '
    + 'the histories of all its runs. The post\'s share is apart: a quiet slot costs a timer and an activity for the whole ledger, '
    + 'whatever the number of tasks.',
  run: async () => {
    const { chain, wakes } = await liveAYear();
    const events = chain.flatMap((h) => h.events ?? []);
    const billed = Object.entries(BILLED).map(([name, count]) => [name, sum(events.map(count))] as const).filter(([, n]) => n > 0);
    const list = billed.map(([name, n]) => `${n} ${name}`).join(', ');
    const bytes = chain.map(bytesOf);
    const kib = (n: number): string => (n / 1024).toFixed(0);
    const total = sum(billed.map(([, n]) => n));
    return [
      atMost('billable actions', total, 40, String(total),
        `${wakes} instants at which time brought something and ${ACTS.length} acts (acknowledge, submit, confirm), in ${chain.length} runs: ${list}.`),
      plain('events of history', String(events.length), `${kib(sum(bytes))} KiB in all, the largest run ${kib(Math.max(...bytes))} KiB.`),
    ];
  },
};
