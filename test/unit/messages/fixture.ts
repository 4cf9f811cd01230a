import type { MessageInput, NoticeItem } from '../../../messages';
import { type Notice, NOTICE_KINDS, type NoticeFacts, type NoticeKind } from '../../../domain/notice';
import { type PlanHeader, type Position, type TaskSpec, type Unit } from '../../../domain/plan';
import { instantAt } from '../../../domain/time';

const unit = (id: string, name: string, shortName: string, smsName: string, address = 'quý Sở'): Unit => ({
  id, name, shortName, smsName, type: 'department', address, aliases: [],
});
const UNITS = [
  unit('tb-sct', 'Sở Công Thương', 'SCT', 'S.CT'),
  unit('tb-skhdt', 'Sở Kế hoạch và Đầu tư', 'Sở KH&ĐT', 'S.KHDT'),
  unit('tb-skhcn', 'Sở Khoa học và Công nghệ', 'Sở KH&CN', 'S.KHCN'),
  unit('tb-stc', 'Sở Tài chính', 'STC', 'S.TC'),
  unit('tb-vp', 'Văn phòng UBND tỉnh', 'VP UBND', 'VP UBND', 'quý Văn phòng'),
  unit('tb-ubnd-thaithuy', 'UBND huyện Thái Thụy', 'UBND huyện Thái Thụy', 'UBND T.Thuy', 'quý đơn vị'),
];
export const units: Readonly<Record<string, Unit>> = Object.fromEntries(UNITS.map((u) => [u.id, u]));

export const plan: PlanHeader = {
  code: 'CN18', type: 'KẾ HOẠCH', number: null, numberSuffix: '/KH-UBND', issuedOn: '2018-10-22', title: 'Thực hiện Chương trình hành động số 25-CTr/TU',
  issuer: 'Ủy ban nhân dân tỉnh Thái Bình', carriesOut: 'Chương trình hành động số 25-CTr/TU ngày 10/8/2018 của Ban Thường vụ Tỉnh ủy',
  hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB',
};

const EVERYBODY = 'Các sở, ban, ngành, UBND huyện, thành phố và các đơn vị liên quan';
export const task = (more: Partial<NonNullable<NoticeItem['task']>> = {}): NonNullable<NoticeItem['task']> => ({
  id: 'CN18-05', no: '5', title: 'Xây dựng cơ chế, chính sách hỗ trợ các ngành công nghiệp ưu tiên của tỉnh Thái Bình giai đoạn 2019-2025',
  lead: 'tb-skhdt', coLeads: [], leadText: 'Sở Kế hoạch và Đầu tư', coordinating: ['tb-stc', 'tb-ubnd-thaithuy'], coordinatingText: EVERYBODY, timeText: 'Năm 2019',
  timing: 'deadline', rule: 'R1', confirmedBy: null, startsOn: '2019-01-01', dueOn: '2019-12-31', dueOriginalOn: '2019-12-31', kind: 'document', supervisor: 'tb-sct',
  milestones: [], ...more,
});

export type ItemChange = {
  readonly facts?: Partial<NoticeFacts>;
  readonly notice?: Partial<Notice>;
  readonly task?: Partial<TaskSpec> | null;
  readonly texts?: Readonly<Record<string, string>>;
  readonly slot?: string;
};

/** A notice of a kind to the lead's officer on a day, with the facts that the rules give it. */
export const item = (kind: NoticeKind, { facts = {}, notice = {}, task: row = {}, texts = {}, slot = '8KQ2M7XD' }: ItemChange = {}): NoticeItem => {
  const decidedOn = facts.decidedOn ?? '2020-01-08';
  const spec = row === null ? null : task(row);
  const to: Position = notice.to ?? 'tb-skhdt/officer';
  return {
    slot, texts, task: spec,
    notice: {
      key: [spec?.id ?? plan.code, kind, to].join('|'), about: { type: 'task', id: spec?.id ?? plan.code }, task: spec?.id ?? null, kind, to, channels: ['email', 'sms'],
      class: 'act', group: 'g', reason: 'test', decidedAt: instantAt(decidedOn, 420), sendAt: instantAt(decidedOn, 480), ...notice,
      facts: {
        lead: spec?.lead ?? 'tb-skhdt', supervisor: 'tb-sct', dueOn: '2019-12-31', dueOriginalOn: '2019-12-31', effectiveDueOn: '2019-12-31', workingDays: 5, decidedOn,
        state: 'in_progress', timeliness: 'overdue-2', ...facts,
      },
    },
  };
};

export const input = (items: readonly NoticeItem[], more: Partial<MessageInput> = {}): MessageInput => ({
  channel: 'email', class: 'act', plan, units, positions: [...new Set(items.map((i) => i.notice.to))], items, on: items[0]?.notice.facts.decidedOn ?? '2020-01-08',
  publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', pageSlot: 'PAGE2M7XDABC', linksExpireOn: '2020-04-07', ...more,
});

const supervisor = (role: 'officer' | 'head' | 'leader'): Position => `tb-sct/${role}`;

/** Every kind, and every rung or case that has words of its own, as the rules decide them. */
export const CASES: readonly (readonly [name: string, item: NoticeItem])[] = [
  ['assigned', item('assigned', { facts: { decidedOn: '2018-10-22', assignedOn: '2018-10-22', answerBy: '2018-10-25', state: 'assigned', timeliness: 'in-time', workingDays: 301, next: { rung: 'T-60', on: '2019-10-08' } } })],
  ['assigned after a reassignment', item('assigned', { facts: { previousLead: 'tb-stc', document: { number: '15/UBND-CTXDGT', date: '2019-03-01' }, assignedOn: '2019-03-04', answerBy: '2019-03-07' } })],
  ['assigned-coordinator', item('assigned-coordinator', { notice: { to: 'tb-ubnd-thaithuy/officer' }, facts: { state: 'assigned', timeliness: 'in-time' } })],
  ...(['A+4', 'A+5'] as const).map((rung) => [`acknowledgement-missing ${rung}`, item('acknowledgement-missing', { notice: { rung }, facts: { assignedOn: '2018-10-22', decidedOn: '2018-10-26' } })] as const),
  ...(['T-60', 'T-20', 'T-10', 'T-5', 'T-3', 'T-1'] as const).map((rung) => [`due-soon ${rung}`, item('due-soon', {
    notice: { rung }, facts: { decidedOn: '2019-12-03', workingDays: Number(rung.slice(2)), timeliness: 'in-time', next: { rung: 'T-0', on: '2019-12-31' } },
  })] as const),
  ['due-today', item('due-today', { notice: { rung: 'T-0' }, facts: { decidedOn: '2019-12-31', workingDays: 0, timeliness: 'due-today', next: { rung: 'L1', on: '2020-01-02' } } })],
  ['overdue L1', item('overdue', { notice: { rung: 'L1' }, facts: { workingDays: 1, timeliness: 'overdue-1', next: { rung: 'L2', on: '2020-01-08' }, decidedOn: '2020-01-02' } })],
  ['overdue L2', item('overdue', { notice: { rung: 'L2' }, facts: { next: { rung: 'L3', on: '2020-01-15' } } })],
  ['overdue L2 to the supervisor', item('overdue', { notice: { rung: 'L2', to: supervisor('head') }, facts: { next: { rung: 'L3', on: '2020-01-15' } } })],
  ['overdue L3', item('overdue', { notice: { rung: 'L3' }, facts: { value: '12/SCT-KHTH', workingDays: 10 } })],
  ['overdue L4', item('overdue', { notice: { rung: 'L4', to: 'tb-vp/officer' }, facts: { workingDays: 20 } })],
  ['overdue L4 to the lead', item('overdue', { notice: { rung: 'L4' }, facts: { workingDays: 20, supervisor: 'tb-vp' } })],
  ...(['L1', 'L2', 'L3', 'L4'] as const).map((rung) => [`overdue-flag ${rung}`, item('overdue-flag', { notice: { rung, to: supervisor('officer') } })] as const),
  ['overdue-monthly', item('overdue-monthly', { notice: { rung: 'LM', to: supervisor('officer') } })],
  ...(['milestone-due-soon', 'milestone-due-today', 'milestone-overdue'] as const).map((kind) => [kind, item(kind, {
    notice: { milestone: '2019', rung: kind === 'milestone-overdue' ? 'L2' : 'T-10' }, facts: { milestoneDueOn: '2019-12-31', dueOn: '2025-12-31', dueOriginalOn: '2025-12-31', timeliness: 'in-time' },
  })] as const),
  ['approval-request prepared', item('approval-request', { notice: { to: 'tb-skhdt/leader' }, facts: { waiting: 'prepared', answerBy: '2019-12-10' }, texts: { summary: 'Đã hoàn thiện dự thảo' } })],
  ['approval-request', item('approval-request', { notice: { to: supervisor('officer') }, facts: { waiting: 'submission', submittedOn: '2019-12-20', answerBy: '2019-12-27', document: { number: '9/TTr-SKHĐT', date: '2019-12-19' } }, texts: { summary: 'Quyết định đã ban hành' } })],
  ['approval-late prepared', item('approval-late', { notice: { to: 'tb-skhdt/leader' }, facts: { waiting: 'prepared', waitingSince: '2019-12-10' } })],
  ['approval-late', item('approval-late', { notice: { to: supervisor('leader') }, facts: { waiting: 'submission', waitingSince: '2019-12-20' } })],
  ['decision-late letter', item('decision-late', { notice: { to: supervisor('leader'), rung: 'L3' }, facts: { waiting: 'letter', waitingSince: '2020-01-15' } })],
  ['decision-late assignment', item('decision-late', { notice: { to: supervisor('officer') }, facts: { waiting: 'assignment', waitingSince: '2018-10-24' } })],
  ['returned', item('returned', { facts: { correctBy: '2020-01-20' }, texts: { reason: 'Thiếu ý kiến của Sở Tài chính' } })],
  ['returned assignment', item('returned', { facts: { state: 'assigned' }, texts: { reason: 'Nhiệm vụ thuộc chức năng của Sở' } })],
  ['confirmed', item('confirmed', { facts: { completedOn: '2020-01-08', workingDaysLate: 5, state: 'completed', document: { number: '1/QĐ-UBND', date: '2020-01-08' } } })],
  ['confirmed to a coordinator', item('confirmed', { notice: { to: 'tb-stc/officer' }, facts: { completedOn: '2019-12-20', workingDaysLate: 0, state: 'completed' } })],
  ['extension-granted', item('extension-granted', { facts: { dueOn: '2020-06-30', previousDueOn: '2019-12-31', document: { number: '88/UBND-CTXDGT', date: '2019-12-20' }, timeliness: 'in-time', workingDays: 120 } })],
  ...(['L3', 'L4'] as const).map((rung) => [`letter-draft ${rung}`, item('letter-draft', { notice: { rung, to: supervisor('leader') }, facts: { decidedOn: '2020-02-05', workingDays: 20, timeliness: 'overdue-4' } })] as const),
  ['handover to the old lead', item('handover', { notice: { to: 'tb-stc/officer' }, facts: { previousLead: 'tb-stc', document: { number: '15/UBND', date: '2019-03-01' }, assignedOn: '2019-03-04' } })],
  ['reminder', item('reminder', { texts: { text: 'Đề nghị gửi đề cương' }, facts: { timeliness: 'in-time', workingDays: 90 } })],
  ['due-date-missing', item('due-date-missing', { notice: { to: supervisor('officer') }, task: { timeText: 'Sau khi có Nghị quyết', dueOn: null }, facts: { dueOn: null, dueOriginalOn: null, effectiveDueOn: null, timeliness: 'none' } })],
  ['progress-request', item('progress-request', { task: { timing: 'continuous' } })],
  ['assignment-rejected', item('assignment-rejected', { notice: { to: supervisor('officer') }, facts: { answerBy: '2018-10-31', decidedOn: '2018-10-24' }, texts: { reason: 'Không thuộc chức năng' } })],
  ...['suspend', 'resume', 'discontinue', 'merge', 'carry-over', 'set-due-date'].map((act) => [`status-changed ${act}`, item('status-changed', { facts: { act, document: { number: '7/UBND', date: '2019-05-06' }, previousDueOn: '2019-12-31', dueOn: '2020-03-31' } })] as const),
  ...(['title', 'window', 'coordinating', 'deliverable'] as const).map((field) => [`status-changed amend ${field}`, item('status-changed', {
    facts: { act: 'amend', field, ...(field === 'window' ? { value: '2019-01-01..2020-06-30' } : {}) }, texts: { reason: 'Sai sót khi đánh máy', ...(field === 'title' ? { value: 'Tên mới' } : {}) },
  })] as const),
  ...(['yes', 'no'] as const).map((support) => [`extension-request with an opinion ${support}`, item('extension-request', {
    notice: { to: 'tb-vp/officer' }, facts: { waiting: 'extension', awaits: 'decision', requestedOn: '2020-06-30', extensionNo: 2, support, document: { number: '9/TTr-SKHĐT', date: '2019-12-01' } },
    texts: { reason: 'Chờ quy hoạch tỉnh', opinion: 'Tiến độ phụ thuộc quy hoạch' },
  })] as const),
  ['extension-request', item('extension-request', { notice: { to: supervisor('officer') }, facts: { waiting: 'extension', awaits: 'opinion', requestedOn: '2020-06-30', extensionNo: 1 }, texts: { reason: 'Chờ quy hoạch tỉnh' } })],
  ...(['L3', 'L4'] as const).flatMap((rung) => (['tb-skhdt/officer', supervisor('officer')] as const).map((to) => [`letter-rejected ${rung} to ${to}`, item('letter-rejected', {
    notice: { rung, to }, texts: { reason: 'Đơn vị đã trình kết quả bằng văn bản' },
  })] as const)),
  ['date-committed', item('date-committed', { notice: { to: supervisor('officer') }, facts: { commitTo: '2020-01-20', percent: 80 }, texts: { text: 'Chờ ý kiến Sở Tài chính' } })],
  ...(['confirmed', 'status-changed', 'extension-granted', 'extension-refused', 'returned', 'handover', 'obstacle-answered'] as const).map((kind) => [`${kind} as the end of a matter`, item(kind, {
    notice: { to: supervisor('leader'), class: 'digest' },
    facts: { isEnd: true, act: 'discontinue', requestedOn: '2020-06-30', obstacle: 1, previousLead: 'tb-stc', completedOn: '2020-01-08', document: { number: '7/UBND', date: '2020-01-08' } },
  })] as const),
  ['extension-refused', item('extension-refused', { facts: { requestedOn: '2020-06-30', extensionNo: 1 }, texts: { reason: 'Chưa có lý do khách quan' } })],
  ['extension-granted again', item('extension-granted', { facts: { extensionNo: 2, previousDueOn: '2019-12-31', dueOn: '2020-06-30', document: { number: '88/UBND-CTXDGT', date: '2019-12-20' } } })],
  ['approval-request of an extension', item('approval-request', { notice: { to: 'tb-skhdt/leader' }, facts: { waiting: 'prepared', of: 'request-extension', requestedOn: '2020-06-30', answerBy: '2019-12-10' }, texts: { reason: 'Chờ quy hoạch tỉnh' } })],
  ['approval-late of an extension', item('approval-late', { notice: { to: 'tb-skhdt/leader' }, facts: { waiting: 'prepared', of: 'request-extension', waitingSince: '2019-12-10' } })],
  ['decision-late extension', item('decision-late', { notice: { to: supervisor('officer') }, facts: { waiting: 'extension', waitingSince: '2019-12-10', requestedOn: '2020-06-30' } })],
  ...(['raised', 'acknowledged'] as const).map((obstacleState) => [`decision-late obstacle ${obstacleState}`, item('decision-late', {
    notice: { to: supervisor('officer') }, facts: { waiting: 'obstacle', waitingSince: '2019-12-10', obstacle: 1, obstacleState, obstacleOn: '2019-12-10', unit: 'tb-stc' },
  })] as const),
  ['obstacle-raised', item('obstacle-raised', { notice: { to: supervisor('officer') }, facts: { obstacle: 1, obstacleState: 'raised', obstacleOn: '2019-12-10', unit: 'tb-stc' }, texts: { text: 'Chưa bố trí được vốn', proposal: 'Bổ sung dự toán' } })],
  ['obstacle-raised consolidated', item('obstacle-raised', { notice: { to: 'tb-vp/officer' }, facts: { obstacle: 1, obstacleState: 'consolidated', obstacleOn: '2019-12-10', unit: 'tb-stc' }, texts: { text: 'Chưa bố trí được vốn', opinion: 'Đề nghị bổ sung' } })],
  ...(['acknowledged', 'consolidated', 'decided'] as const).map((obstacleState) => [`obstacle-answered ${obstacleState}`, item('obstacle-answered', {
    notice: { to: 'tb-stc/officer' }, facts: { obstacle: 1, obstacleState, obstacleOn: '2019-12-10', unit: 'tb-stc', ...(obstacleState === 'decided' ? { document: { number: '7/UBND', date: '2019-12-20' } } : {}) },
    texts: { text: 'Đã bố trí trong dự toán bổ sung' },
  })] as const),
  ...(['consultation-request', 'consultation-due-soon', 'consultation-missed'] as const).map((kind) => [kind, item(kind, {
    notice: { to: 'tb-stc/officer' }, texts: { subject: 'Dự thảo cơ chế hỗ trợ', link: 'https://skhdt.example/du-thao' },
    facts: { consultation: 1, inputDueOn: '2019-05-08', closesOn: '2019-05-15', workingDays: 3, decidedOn: '2019-05-03', unit: 'tb-stc', document: { number: '45/SKHĐT-TH', date: '2019-04-24' } },
  })] as const),
  ['consultation-request with a file', item('consultation-request', {
    notice: { to: 'tb-stc/officer' }, texts: { subject: 'Dự thảo cơ chế hỗ trợ' },
    facts: { consultation: 1, inputDueOn: '2019-05-08', decidedOn: '2019-04-24', unit: 'tb-stc', file: { id: 'f', hash: 'h', length: 9, type: 'application/pdf' } },
  })],
  ['input-received', item('input-received', { notice: { to: 'tb-stc/officer' }, facts: { unit: 'tb-stc', answer: 'agree-with-comments', isLateInput: false, inputDueOn: '2019-05-08' }, texts: { subject: 'Dự thảo', text: 'Bổ sung nguồn vốn' } })],
  ['input-received late, to the lead', item('input-received', { facts: { unit: 'tb-stc', answer: 'disagree', isLateInput: true }, texts: { text: 'Chưa rõ nguồn vốn' } })],
  ['input-received for more time', item('input-received', { facts: { unit: 'tb-stc', answer: 'ask-more-time', inputDueOn: '2019-05-15' } })],
  ...([false, true] as const).map((isConsultationClosed) => [`inputs-status ${isConsultationClosed ? 'closed' : 'open'}`, item('inputs-status', {
    facts: { consultation: 1, inputDueOn: '2019-05-08', closesOn: '2019-05-15', isConsultationClosed, received: ['tb-stc', 'tb-sct'], late: ['tb-sct'], missing: ['tb-ubnd-thaithuy'] }, texts: { subject: 'Dự thảo' },
  })] as const),
  ['handover within a unit', item('handover', { notice: { to: 'tb-skhdt/head' }, facts: { act: 'forward', by: 'tb-skhdt/officer' } })],
  ['status-changed enter-event', item('status-changed', { facts: { act: 'enter-event', document: { number: '7/UBND', date: '2019-05-06' }, dueOn: '2020-03-31' } })],
  ['calendar-missing', item('calendar-missing', { notice: { to: supervisor('officer') }, facts: { year: 2035 } })],
  ['delivery-failed', item('delivery-failed', { notice: { to: supervisor('officer'), about: { type: 'position', id: 'tb-stc/officer' }, task: null }, task: null, facts: { dueOn: null } })],
  ['plan-withdrawn', item('plan-withdrawn', { notice: { about: { type: 'plan', id: 'CN18' }, task: null }, task: null, facts: { document: { number: '9/QĐ-UBND', date: '2020-01-06' } } })],
  ['new-link', item('new-link', { notice: { about: { type: 'position', id: 'tb-skhdt/officer' }, task: null }, task: null, facts: { dueOn: null } })],
];

/** A code is said as nothing else is: it has tests of its own. */
export const missingKinds = (): NoticeKind[] => NOTICE_KINDS.filter((kind) => kind !== 'one-time-code' && !CASES.some(([, { notice }]) => notice.kind === kind));
