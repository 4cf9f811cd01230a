import { readSettings, SettingsError, type Settings } from '../../config/env';
import { lastDay } from '../../domain/calendar';
import { POST_WORKFLOW_ID, TASK_QUEUE } from '../../contracts/ids';
import { addDays } from '../../domain/time';
import { countMessages } from '../../ledger/board';
import { readDirectory } from '../../ledger/directory';
import { listOpenTasks } from '../../ledger/tasks';
import { readRunFile } from '../run-file';
import { calendarOf, ledgerAddress, shownAddress } from '../services';
import { SEARCH_ATTRIBUTES, temporalTarget } from '../temporal';
import { Unreachable } from '../unreachable';
import type { Check } from './check';
import type { Context } from './context';
import { durabilityCheck } from './durability-check';
import { mailboxChecks } from './mailbox-check';
import { canConnect, hasPoller, isRunning, registeredAttributes } from './probes';
import { smsChecks } from './sms-check';

const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail });
const warning = (name: string, detail: string, remedy: string): Check => ({ name, state: 'warning', detail, remedy });
const failed = (name: string, detail: string, remedy: string): Check => ({ name, state: 'failed', detail, remedy });

/** Days ahead for which the calendar should be there: a plan's reminders reach that far. */
const CALENDAR_AHEAD_DAYS = 400;

export const settingsChecks = (context: Context): { readonly settings: Settings | undefined; readonly checks: readonly Check[] } => {
  try {
    const settings = readSettings(context.io.env, context.io.cwd);
    return { settings, checks: [ok('settings', `DONDOC_HOME=${settings.home}, PUBLIC_URL=${settings.publicUrl}`)] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { settings: undefined, checks: error.problems.map((p) => failed('settings', `${p.variable}: ${p.message}`, `Đặt ${p.variable}: ${p.accepted}.`)) };
  }
};

export const ledgerChecks = async (context: Context, settings: Settings): Promise<readonly Check[]> => {
  const address = await ledgerAddress(settings);
  if (!address) return [
    failed('ledger', `chưa có DATABASE_URL và không có gì chạy trong ${settings.home}`, 'Chạy "npm start" (một máy), hoặc đặt DATABASE_URL tới PostgreSQL.')
  ];
  try {
    await context.ledger();
    return [
      ok('ledger', shownAddress(address)),
      // The embedded one is not kept from a power failure, and the README says so.
      ...('socketDir' in address ? [] : await durabilityCheck(await context.ledger())),
      ...(await Promise.all([directoryCheck(context), calendarCheck(context), tasksCheck(context), outboxCheck(context)])),
    ];
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [
      failed('ledger', `không kết nối được tại ${error.tried}`, 'Kiểm tra PostgreSQL đang chạy, DATABASE_URL đúng tên máy, cổng, tài khoản và mật khẩu.')
    ];
  }
};

const directoryCheck = async (context: Context): Promise<Check> => {
  const directory = await readDirectory(await context.ledger());
  if (!directory) return failed('directory', 'chưa có danh bạ', 'Chạy "dondoc directory import TỆP".');
  return ok('directory', `${directory.units.length} đơn vị, ${directory.seats.length} người`);
};

const calendarCheck = async (context: Context): Promise<Check> => {
  const [calendar, today] = [await calendarOf(await context.ledger()), await context.today()];
  const end = lastDay(calendar);
  const detail = `phiên bản ${calendar.version}, đến ${end}`;
  return end < addDays(today, CALENDAR_AHEAD_DAYS) ? warning('calendar', detail, 'Nạp năm tiếp theo: "dondoc calendar load TỆP".') : ok('calendar', detail);
};

const tasksCheck = async (context: Context): Promise<Check> => {
  const open = await listOpenTasks(await context.ledger());
  const stuck = open.filter((t) => t.needsRepair !== null).map((t) => t.task);
  return stuck.length > 0 ? warning(
    'tasks',
    `${open.length} đang mở, cần khôi phục: ${stuck.join(', ')}`,
    'Chạy "dondoc repair".',
  ) : ok('tasks', `${open.length} đang mở`);
};

const outboxCheck = async (context: Context): Promise<Check> => {
  const counts = await countMessages(await context.ledger());
  const bad = ['failed', 'rejected', 'bounced', 'ambiguous'].map((state) => [state, counts[state] ?? 0] as const).filter(([, n]) => n > 0);
  const detail = `${counts['frozen'] ?? 0} chờ gửi, ${(counts['accepted'] ?? 0) + (counts['delivered'] ?? 0)} đã gửi`;
  return bad.length > 0 ? warning(
    'outbox',
    `${detail}; ${bad.map(([state, n]) => `${state}: ${n}`).join(', ')}`,
    'Xem "dondoc outbox list --state failed", gửi lại bằng "dondoc outbox retry MÃ".',
  ) : ok('outbox', detail);
};

export const temporalChecks = async (context: Context, settings: Settings): Promise<readonly Check[]> => {
  const { address, namespace } = await temporalTarget(context.io.env, settings.home);
  if (address === undefined) return [
    failed(
      'temporal',
      `chưa có TEMPORAL_ADDRESS và không có gì chạy trong ${settings.home}`,
      'Chạy "npm start" (một máy), hoặc đặt TEMPORAL_ADDRESS tới máy chủ Temporal.',
    )
  ];
  try {
    const client = await context.temporal();
    const missing = await registeredAttributes(client).then((names) => names && Object.values(SEARCH_ATTRIBUTES).filter((key) => !names.includes(key.name)).map((key) => key.name));
    return [
      ok('temporal', `${address}, namespace ${namespace}`),
      (await hasPoller(client, TASK_QUEUE)) ? ok('worker', `đang nhận việc ở hàng đợi ${TASK_QUEUE}`) : failed(
        'worker',
        `không có tiến trình nào nhận việc ở hàng đợi ${TASK_QUEUE}`,
        'Chạy "dondoc worker" (hoặc "npm start").',
      ),
      (await isRunning(client, POST_WORKFLOW_ID)) ? ok('post', 'đang chạy') : warning(
        'post',
        'chưa chạy',
        'Khởi động lại "dondoc worker", hoặc chạy "dondoc repair".',
      ),
      ...(
        missing === undefined || missing.length === 0 ? [] : [
          warning(
            'search-attributes',
            `thiếu ${missing.join(', ')}`,
            `Chạy "temporal operator search-attribute create --type Keyword ${missing.map((m) => `--name ${m}`).join(' ')}".`,
          )
        ]
      ),
    ];
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [
      failed(
        'temporal',
        `không kết nối được tại ${error.tried}`,
        'Kiểm tra máy chủ Temporal đang chạy; TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS và khóa API đúng.',
      )
    ];
  }
};

export const deliveryChecks = async (context: Context, settings: Settings): Promise<readonly Check[]> => [
  await mailCheck(settings),
  ...(await mailboxChecks(context, settings)),
  settings.linkSecret === null && settings.databaseUrl !== null
    ? failed('links', 'chưa có DONDOC_LINK_SECRET', 'Đặt DONDOC_LINK_SECRET: chuỗi ngẫu nhiên ít nhất 32 ký tự, giữ nguyên về sau.')
    : ok('links', settings.publicUrl),
  ...(await smsChecks(context, settings)),
];

const mailCheck = async (settings: Settings): Promise<Check> => {
  if (settings.smtpUrl === null) {
    const isEmbedded = settings.databaseUrl === null && (await readRunFile(settings.home)) !== undefined;
    return isEmbedded ? ok('mail', 'hộp thư trình diễn') : warning(
      'mail',
      'chưa có SMTP_URL',
      'Đặt SMTP_URL, ví dụ smtps://người-dùng:mật-khẩu@mail.example:465.',
    );
  }
  const url = new URL(settings.smtpUrl);
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  return (await canConnect(url.hostname, port)) ? ok('mail', `${url.hostname}:${port}`) : failed(
    'mail',
    `không kết nối được ${url.hostname}:${port}`,
    'Kiểm tra SMTP_URL và tường lửa.',
  );
};
