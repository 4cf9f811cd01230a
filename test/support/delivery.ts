import { createFreeze } from '../../activities/freeze';
import type { LinkKeys, Log, Mailer, SmsGateway } from '../../activities/ports';
import { createAttend } from '../../activities/attend';
import { createSend } from '../../activities/send';
import type { SendDeps } from '../../activities/send/batch';
import { createPace } from '../../activities/send/pace';
import { createSmtpMailer } from '../../activities/adapters/smtp';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import type { Notice } from '../../domain/notice';
import { type Position, ROLES, type Seat, type Unit } from '../../domain/plan';
import type { TaskProjection } from '../../domain/task';
import type { Instant } from '../../domain/time';
import { loadCalendarYears } from '../../ledger/calendar';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { insertPlan } from '../../ledger/plans';
import { insertTask } from '../../ledger/tasks';
import { renderMail, renderSms } from '../../messages';
import { reportIdOf } from '../../links';
import { header, spec } from './builders';
import { assignedEvent, noticeOf, projectionFor, seedOf, START } from './task-values';

export const UNITS = ['tb-sct', 'tb-skhdt', 'tb-stc', 'tb-vp'] as const;
export const TASKS = Array.from({ length: 12 }, (_, i) => `CN18-${String(i + 1).padStart(2, '0')}`);

const unit = (id: string): Unit => ({ id, name: `Sở ${id}`, shortName: id, smsName: id.slice(3).toUpperCase(), type: 'department', address: 'quý Sở', aliases: [] });
export const emailOf = (position: Position): string => `${position.replace('/', '.')}@thaibinh.example`;
const phoneOf = (index: number): string => `+84000${String(index).padStart(6, '0')}`;
const seats = (): Seat[] => UNITS.flatMap((id, u) => ROLES.map((role, r) => {
  const position: Position = `${id}/${role}`;
  return { position, person: `p-${u}-${r}`, name: 'Nguyễn Văn Thử', email: emailOf(position), phone: phoneOf(u * 10 + r), from: '2018-01-01' };
}));

/** Calendar, directory, one plan of twelve tasks. `change` edits the seats first. */
export const furnish = async (ledger: Ledger, change: (seats: Seat[]) => Seat[] = (s) => s): Promise<void> => {
  await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
  const directory = { hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB', units: UNITS.map(unit), groups: [], seats: change(seats()) };
  await importDirectory(ledger, directory, { replace: true, today: '2018-10-22' });
  const tasks = TASKS.map((id, i) => spec({ id, no: String(i + 1), lead: 'tb-skhdt', coordinating: ['tb-stc'] }));
  const content = Buffer.from('KẾ HOẠCH: phân công nhiệm vụ', 'utf8');
  await insertPlan(ledger, { header, tasks, file: { name: 'ke-hoach.txt', content, hash: 'hash-of-the-plan' }, startedAt: START });
};

/** Writes a task's first event with notices; `more` changes what the board shows of it. */
export const plan = async (ledger: Ledger, task: string, notices: readonly Notice[], more: Partial<TaskProjection> = {}): Promise<void> => {
  await insertTask(ledger, seedOf(task), START);
  await commitBatch(ledger, { task, events: [assignedEvent()], notices, projection: { ...projectionFor(task, 1), ...more }, now: START });
};
/** Changes what the board shows of a task, as a later act would. */
export const nowShows = async (ledger: Ledger, task: string, more: Partial<TaskProjection>): Promise<void> => {
  await ledger.updateTable('task').set({ projection: JSON.stringify({ ...projectionFor(task, 2), ...more }) }).where('id', '=', task).execute();
};

export const notice = (task: string, more: Partial<Notice> = {}): Notice => {
  const base = noticeOf(task, { channels: ['email'], ...more });
  return { ...base, key: [task, base.kind, base.rung ?? base.group, base.to].join('|'), facts: { ...base.facts, dueOn: '2018-12-31', ...more.facts } };
};
/** One line of the day's digest. */
export const digestNotice = (task: string, to: Position, at: Instant = START, more: Partial<Notice> = {}): Notice =>
  notice(task, { kind: 'due-soon', rung: 'T-20', to, class: 'digest', group: '2018-10-22', sendAt: at, decidedAt: at, facts: { ...noticeOf(task).facts, dueOn: '2018-12-31', workingDays: 20 }, ...more });

export const LINK_KEY = 'a secret of the tests, at least 32 characters long';
export const linkKeys: LinkKeys = { currentId: 'k1', byId: { k1: LINK_KEY } };
export const reportId = (key: string): string => reportIdOf(LINK_KEY, key);
const log: Log = { info: () => undefined, warn: () => undefined };
const settings = { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: 'Đôn đốc <don-doc@thaibinh.example>', linkKeys, dailyLimit: 1_000_000, keepBodiesDays: 1_095 };

export type Sms = { readonly to: string; readonly text: string; readonly key: string };
export type Desk = {
  readonly freeze: ReturnType<typeof createFreeze>;
  readonly send: ReturnType<typeof createSend>;
  readonly attend: ReturnType<typeof createAttend>;
  /** Keys whose `message` workflow was started, in order. */
  readonly started: string[];
  /** How often the post was woken. */
  readonly pokes: () => number;
  readonly phones: Sms[];
  readonly mailer: Mailer;
};
/** The post's hands over a ledger and an SMTP server. */
export const desk = (ledger: Ledger, smtpUrl: string, more: { readonly mailer?: Mailer; readonly silenceMs?: number; readonly sms?: SmsGateway; readonly hasSms?: boolean; readonly log?: Log; readonly pace?: SendDeps['pace']; readonly renderMail?: typeof renderMail } = {}): Desk => {
  const started: string[] = [];
  const phones: Sms[] = [];
  const mailer = more.mailer ?? createSmtpMailer({ url: smtpUrl, from: 'don-doc@thaibinh.example', reportId, silenceMs: more.silenceMs ?? 2000 });
  let pokes = 0;
  const sms: SmsGateway = more.sms ?? { name: 'phones', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send: async (one) => { phones.push(one); return { outcome: 'accepted', detail: 'ok' }; } };
  const deps = {
    ledger, mailer, sms, linkKeys, log: more.log ?? log, settings, renderMail: more.renderMail ?? renderMail, renderSms, startMessage: async (key: string) => { started.push(key); }, pokePost: async () => { pokes += 1; },
    hasSms: more.hasSms ?? true, pace: more.pace ?? { email: createPace(null), sms: createPace(null) },
  };
  return { freeze: createFreeze(deps), send: createSend(deps), attend: createAttend(deps), started, pokes: () => pokes, phones, mailer };
};

