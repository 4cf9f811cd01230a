import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../contracts/activities';
import { FAILURES } from '../../contracts/failures';
import { clockMoved, renew } from '../../contracts/task';
import type { Command } from '../../domain/acts';
import { command, document, at, seed, text } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import type { Stage } from '../support/stage';

/** What a recorded life goes through beside its acts: what a ledger may answer, and what machines send. */
type Incident = 'ledger-ahead' | 'ledger-behind' | 'no-row' | 'renew' | 'clock-moved';
type Step = readonly [at: string, what: Command | Incident];

const by = (unit: string) => ({ officer: `tb-${unit}/officer`, head: `tb-${unit}/head`, leader: `tb-${unit}/leader` }) as const;
const [lead, host, asked, office] = [by('skhdt'), by('sct'), by('stc'), by('vp')];
/** Due on 31/12/2019, extended to 28/02/2020, paused for six weeks, completed late. */
export const ROW = { ...seed({ milestones: [{ label: 'Quý I', dueOn: '2019-03-29' }, { label: 'Quý III', dueOn: '2019-09-30' }] }), id: 'CN18-05' };
export const BEGIN = ROW.startAt;

const STEPS: readonly Step[] = [
  ['2018-10-30T09:00', command('acknowledge', lead.officer, { deliverable: text() }, { nonce: 'press-1' })],
  ['2018-11-05T09:00', command('open-consultation', lead.officer, { subject: text('subject'), to: ['tb-sct', 'tb-stc'] })],
  ['2018-11-08T09:00', command('give-input', asked.officer, { answer: 'ask-more-time', dueOn: '2018-11-23' })],
  ['2018-11-22T09:00', command('give-input', asked.officer, { answer: 'agree-with-comments', text: text('input') })],
  ['2018-11-23T09:00', command('respond-to-input', lead.officer, { unit: 'tb-stc', taken: 'yes', text: text('response') })],
  ['2018-12-10T09:00', command('raise-obstacle', lead.officer, { text: text('obstacle') })],
  ['2018-12-12T09:00', command('acknowledge-obstacle', host.officer, {})],
  ['2018-12-20T09:00', command('consolidate-obstacle', host.officer, {})],
  ['2018-12-28T09:00', command('decide-obstacle', office.leader, { document, text: text('decision') })],
  ['2019-01-15T09:00', 'ledger-behind'],
  ['2019-01-15T09:00', command('report-progress', lead.officer, { text: text('progress') })],
  ['2019-03-04T09:00', command('suspend', host.head, { document })],
  ['2019-04-16T09:00', command('resume', host.head, { document })],
  ['2019-05-06T09:00', 'clock-moved'],
  ['2019-05-07T09:00', 'ledger-ahead'],
  ['2019-05-07T09:00', command('report-progress', lead.officer, { text: text('progress-2'), milestone: 'Quý I' })],
  ['2019-06-03T09:00', 'no-row'],
  ['2019-06-03T09:00', command('report-progress', lead.head, { percent: 40, text: text('progress-3') })],
  ['2019-06-04T09:00', 'renew'],
  ['2019-11-04T09:00', command('prepare', lead.officer, { of: 'request-extension', to: '2020-02-28', reason: text('reason') })],
  ['2019-11-05T09:00', command('request-extension', lead.leader, {})],
  ['2019-11-12T09:00', command('give-opinion', host.officer, { support: 'yes' })],
  ['2019-11-20T09:00', command('grant-extension', office.leader, { to: '2020-02-28', document })],
  ['2020-05-06T09:00', command('report-progress', lead.officer, { text: text('promise'), commitTo: '2020-05-20' })],
  ['2020-06-01T09:00', command('approve-letter', host.leader, {})],
  ['2020-06-15T09:00', command('reassign', host.leader, { lead: 'tb-stc', document })],
  ['2020-06-18T09:00', command('acknowledge', asked.officer, { deliverable: text() })],
  ['2020-07-01T09:00', command('submit', asked.leader, { summary: text('result') })],
  ['2020-07-08T09:00', command('return', host.officer, { reason: text('lack'), correctBy: '2020-07-15' })],
  ['2020-07-14T09:00', command('submit', asked.leader, { summary: text('result-2') })],
  ['2020-07-22T09:00', command('confirm', host.leader, {})],
];

/** A ledger in memory that can be made to disagree, once each. */
const troubledLedger = () => {
  const ledger = memoryLedger();
  let answer: 'ahead' | 'no-row' | null = null;
  const activities: Activities = {
    ...ledger.activities,
    commit: async (batch) => {
      if (answer === 'no-row') throw ApplicationFailure.nonRetryable('no row', FAILURES.needsRepair);
      if (answer === null) return ledger.activities.commit(batch);
      answer = null;
      return { outcome: 'ahead' };
    },
  };
  const lose = (): void => { ledger.events.set(ROW.id, ledger.events.get(ROW.id)!.slice(0, -2)); };
  return { activities, lose, answers: (what: 'ahead' | 'no-row' | null) => { answer = what; } };
};

/** The life of one task, to be played on a stage that stands at {@link BEGIN}, with the activities that it needs. */
export const recordedLife = () => {
  const ledger = troubledLedger();
  const play = async (stage: Stage): Promise<void> => {
    const handle = await stage.start(ROW);
    const incidents: Record<Incident, () => Promise<void> | void> = {
      'ledger-behind': ledger.lose,
      'ledger-ahead': () => ledger.answers('ahead'),
      'no-row': () => ledger.answers('no-row'),
      renew: async () => { ledger.answers(null); await handle.signal(renew); },
      'clock-moved': () => handle.signal(clockMoved, { ...stage.clock }),
    };
    for (const [when, what] of STEPS) {
      await stage.goTo(at(when));
      if (typeof what === 'string') await incidents[what]();
      else {
        const answer = await stage.act(ROW.id, what);
        if ('ok' in answer) throw new Error(`${when} ${what.act} was refused: ${answer.code}`);
      }
    }
    await handle.result();
  };
  return { activities: ledger.activities, play };
};
