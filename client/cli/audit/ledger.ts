import { lastDay, nextSlot, type WorkingCalendar } from '../../../domain/calendar';
import { addDays, dateAt, dmy, type Instant, instantAt, MINUTE_MS } from '../../../domain/time';
import { readCalendar } from '../../../ledger/calendar';
import type { Ledger } from '../../../ledger/connect';
import { readLostContents } from '../../../ledger/lost';
import { findStranded, readHeld } from '../../../ledger/outbox';
import { readLastPass, readMailboxCheck } from '../../../ledger/settings';
import { readLateNotices, readWatchedTasks, type WatchedTask } from '../../../ledger/watch';
import { listUnsealed } from '../../../ledger/unsealed';
import { earliest, type Finding, listed } from './finding';

/** A pass writes at its end that it came; the first of a large morning takes some minutes. */
const PASS_GRACE_MS = 30 * MINUTE_MS;
/** A wake that is late by more than this does not come by itself. */
const WAKE_GRACE_MS = 30 * MINUTE_MS;
const CALENDAR_AHEAD_DAYS = 90;
/** The mailbox is looked into with each pass: two that failed are no accident. */
const MAILBOX_GRACE_MS = 90 * MINUTE_MS;

const REPAIR: Finding['next'] = ['Chạy "dondoc repair".', 'Run "dondoc repair".'];
const WORKER: Finding['next'] = [
  'Kiểm tra "dondoc worker" và Temporal đang chạy; sau đó chạy "dondoc repair".', 'See that "dondoc worker" and Temporal run, then run "dondoc repair".',
];

const passFinding = async (db: Ledger, calendar: WorkingCalendar, tasks: readonly WatchedTask[], now: Instant): Promise<readonly Finding[]> => {
  const last = await readLastPass(db);
  const from = last ?? earliest(tasks.map((t) => t.openedAt)).since;
  const due = from === undefined ? undefined : nextSlot(calendar, from);
  if (due === undefined || due + PASS_GRACE_MS > now) return [];
  return [{ code: 'pass-missing', since: due, next: WORKER, what: ['Đã qua giờ gửi mà không có lượt gửi nào', 'A slot has passed without a pass of the post'] }];
};

const taskFindings = (tasks: readonly WatchedTask[], now: Instant): readonly Finding[] => {
  const stuck = tasks.filter((t) => t.needsRepair !== null).map((t) => t.id);
  const late = tasks.filter((t) => t.needsRepair === null && t.nextWakeAt !== null && t.nextWakeAt + WAKE_GRACE_MS < now);
  const [stuckIds, lateIds] = [listed(stuck), listed(late.map((t) => t.id))];
  return [
    ...(stuck.length === 0 ? [] : [{
      code: 'task-needs-repair', next: REPAIR,
      what: [`${stuck.length} nhiệm vụ đã dừng, cần khôi phục: ${stuckIds[0]}`, `${stuck.length} tasks stopped and need repair: ${stuckIds[1]}`],
    } as const]),
    ...(late.length === 0 ? [] : [{
      code: 'wake-past', next: WORKER, ...earliest(late.map((t) => t.nextWakeAt)),
      what: [`${late.length} nhiệm vụ đã qua giờ xét tiếp theo: ${lateIds[0]}`, `${late.length} tasks are past their next wake: ${lateIds[1]}`],
    } as const]),
  ];
};

const messageFindings = async (db: Ledger, calendar: WorkingCalendar, now: Instant): Promise<readonly Finding[]> => {
  const [stranded, late] = [await findStranded(db, calendar, now), await readLateNotices(db, calendar, now)];
  const keys = stranded.slice(0, 5).map((m) => m.key).join(', ');
  return [
    ...(stranded.length === 0 ? [] : [{
      code: 'message-stands', ...earliest(stranded.map((m) => m.dueAt)), next: REPAIR,
      what: [`${stranded.length} thư, tin nhắn chưa kết thúc và không có bước tiếp theo: ${keys}`, `${stranded.length} messages are not final and nobody takes their next step: ${keys}`],
    } as const]),
    ...(late === undefined ? [] : [{
      code: 'notice-late', since: late.since, next: ['Xem "dondoc outbox list" và nhật ký của "dondoc worker".', 'See "dondoc outbox list" and the log of "dondoc worker".'],
      what: [`${late.n} thông báo đã đến hạn gửi mà chưa được lập thành thư`, `${late.n} notices are due and in no message yet`],
    } as const]),
  ];
};

/** In the last day: nothing of it stands in a task, and somebody reaches Temporal who should not, or seals with another key. */
const unsealedFindings = async (db: Ledger): Promise<readonly Finding[]> => {
  const acts = await listUnsealed(db, 1);
  const [ids, idsEn] = listed([...new Set(acts.map((a) => a.task))]);
  return acts.length === 0 ? [] : [{
    code: 'act-unsealed', ...earliest(acts.map((a) => a.seenAt)),
    what: [`${acts.length} việc không qua đường dẫn hoặc lệnh của hệ thống đã bị hủy: ${ids}`, `${acts.length} acts that came by no door of ours were undone: ${idsEn}`],
    next: [
      'Kiểm tra ai truy cập được máy chủ Temporal, và DONDOC_LINK_SECRET của web, worker và dòng lệnh có cùng giá trị.',
      'See who reaches Temporal, and that web, worker and command line have the same DONDOC_LINK_SECRET.',
    ],
  }];
};

const lostFinding = async (db: Ledger): Promise<readonly Finding[]> => {
  const lost = await readLostContents(db);
  const named = [...new Set(lost.map((l) => l.task))];
  const ids = listed(named);
  if (lost.length === 0) return [];
  return [{
    code: 'text-lost', ...earliest(lost.map((l) => l.happenedAt)),
    what: [
      `${lost.length} nội dung, tệp đã nhập sau bản sao lưu không còn trong sổ cái: ${ids[0]}`,
      `${lost.length} texts and files from after the backup are lost: ${ids[1]}`,
    ],
    next: [
      'Xem từng mục bằng "dondoc repair --dry-run", đề nghị đơn vị gửi lại, rồi chạy "dondoc repair --loss-noted".',
      'See each by "dondoc repair --dry-run", ask for them once more, then run "dondoc repair --loss-noted".',
    ],
  }];
};

const heldFindings = async (db: Ledger): Promise<readonly Finding[]> => {
  const { starts, restored, unsaid } = await readHeld(db);
  const notices = [...starts, ...unsaid].reduce((sum, s) => sum + s.notices, 0) + restored;
  if (starts.length === 0 && notices === 0) return [];
  return [{
    code: 'held', ...earliest(starts.map((s) => s.heldAt)),
    what: [`${notices} thông báo đang giữ, chờ người quyết định`, `${notices} notices are held until a person decides`],
    next: ['Xem "dondoc outbox list"; cho gửi bằng "dondoc outbox release".', 'See "dondoc outbox list"; let them go by "dondoc outbox release".'],
  }];
};

const calendarFinding = (calendar: WorkingCalendar | undefined, now: Instant): readonly Finding[] => {
  const end = calendar && lastDay(calendar);
  if (end !== undefined && end >= addDays(dateAt(now), CALENDAR_AHEAD_DAYS)) return [];
  return [{
    code: 'calendar-ends', ...(end === undefined ? {} : { since: instantAt(addDays(end, -CALENDAR_AHEAD_DAYS), 0) }),
    what: end === undefined ? ['Chưa có lịch làm việc', 'There is no working calendar'] : [`Lịch làm việc chỉ đến ngày ${dmy(end)}`, `The working calendar ends on ${end}`],
    next: ['Nạp năm tiếp theo: "dondoc calendar load TỆP".', 'Load the next year: "dondoc calendar load FILE".'],
  }];
};

/** What the worker says of its last look, where it is to look at all. */
const mailboxFinding = async (db: Ledger, hasMailbox: boolean, calendar: WorkingCalendar, now: Instant): Promise<readonly Finding[]> => {
  const last = hasMailbox ? await readMailboxCheck(db) : undefined;
  if (last === undefined) return [];
  const due = nextSlot(calendar, last.at);
  const isOld = due !== undefined && due + MAILBOX_GRACE_MS <= now;
  if (!isOld && last.problem === null) return [];
  return [{
    code: 'mailbox-unread', ...(isOld ? { since: due } : {}), next: ['Kiểm tra IMAP_URL (tên máy, tài khoản, mật khẩu) và "dondoc worker".', 'See IMAP_URL (host, account, password) and "dondoc worker".'],
    what: ['Hộp thư nhận báo lỗi và thư trả lời không được đọc', 'The mailbox of bounces and answers is not read'],
  }];
};

/** Everything that the ledger alone shows; neither Temporal nor a worker is asked. `now` is our time. */
export const ledgerFindings = async (db: Ledger, hasMailbox: boolean, now: Instant): Promise<readonly Finding[]> => {
  const [calendar, tasks] = [await readCalendar(db), await readWatchedTasks(db)];
  if (calendar === undefined) return [...calendarFinding(undefined, now), ...taskFindings(tasks, now)];
  return [
    ...(await passFinding(db, calendar, tasks, now)), ...taskFindings(tasks, now), ...(await unsealedFindings(db)), ...(await messageFindings(db, calendar, now)), ...(await heldFindings(db)),
    ...(await lostFinding(db)), ...calendarFinding(calendar, now),
    ...(await mailboxFinding(db, hasMailbox, calendar, now)),
  ];
};
