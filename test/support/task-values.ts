import { DEFAULT_LADDER } from '../../domain/ladder';
import type { Notice } from '../../domain/notice';
import type { TaskEvent, TaskProjection, TaskSeed } from '../../domain/task';

/** 08:00 on 22/10/2018 in Viet Nam. */
export const START = Date.UTC(2018, 9, 22, 1);

/** A seed over one calendar year without any holiday; enough for what is not about dates. */
export const seedOf = (id: string): TaskSeed => ({
  schema: 1, id, plan: 'CN18', hostUnit: 'tb-sct', authorityOffice: 'tb-vp', supervisor: 'tb-sct', issuedOn: '2018-10-22', startAt: START, startId: 'start-1',
  spec: {
    title: 'Xây dựng chương trình phát triển công nghiệp', timing: 'deadline', startsOn: '2018-10-22', dueOn: '2018-12-31', milestones: [], lead: 'tb-skhdt', coordinating: [],
    kind: 'document',
  },
  ladder: DEFAULT_LADDER,
  calendar: { version: 'test', years: [2018, 2019].map((year) => ({ year, status: 'decreed', off: [], madeUp: [], tet: `${year}-02-05`, sources: [] })) },
});

export const assignedEvent = (seq = 1): TaskEvent => ({ type: 'assigned', seq, at: START, schema: 1, on: '2018-10-22', isLate: false });
export const acknowledgedEvent = (seq = 2): TaskEvent => ({
  type: 'acted', seq, at: START + 3_600_000, schema: 1, act: 'acknowledge', fields: { deliverable: { id: 'tx-1', hash: 'h', length: 9 } },
  actor: { by: 'tb-skhdt/officer', via: 'link', person: 'p-1', operator: 'p-2' }, effectiveAt: START + 1_800_000, result: { state: 'in_progress' },
});

export const projectionFor = (task: string, seq: number): TaskProjection => ({
  task, plan: 'CN18', seq, state: seq > 1 ? 'in_progress' : 'assigned', lead: 'tb-skhdt', coordinating: [], supervisor: 'tb-sct', startsOn: '2018-10-22', dueOn: '2018-12-31',
  dueOriginalOn: '2018-12-31', effectiveDueOn: '2018-12-31', assignedOn: '2018-10-22', acknowledgedOn: null, submittedOn: null, completedOn: null, workingDaysLate: null,
  everOverdue: false, isRejected: false, isReturned: false, isPrepared: false, preparedOf: null, openLetters: [], consultationNo: null,
  consultationDueOn: null, consultationClosesOn: null, inputsAsked: 0, inputsReceived: 0, inputsLate: 0, pendingInputs: [], extensionAwaits: null, extensionTo: null,
  extensionSince: null, extensionCount: 0, openObstacles: [], closedMilestones: [], holdThrough: null, nextRung: 'T-20',
  nextRungOn: '2018-12-03', nextWakeAt: START + 86_400_000,
});

export const noticeOf = (task: string, more: Partial<Notice> = {}): Notice => ({
  key: `${task}/assigned/tb-skhdt/officer`, about: { type: 'task', id: task }, task, kind: 'assigned', to: 'tb-skhdt/officer', channels: ['email', 'sms'], class: 'act',
  group: 'start-1', reason: 'assigned', decidedAt: START, sendAt: START, facts: { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: '2018-10-22' }, ...more,
});
