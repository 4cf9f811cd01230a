import { readCalendarFile } from '../../../config/calendar-file';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import type { WorkingCalendar } from '../../../domain/calendar';
import { CalendarGap, loadCalendarYears, readCalendar } from '../../../ledger/calendar';
import type { Ledger } from '../../../ledger/connect';
import { clockOf } from '../../services';
import { pokePost } from '../../tasks';
import { Unreachable } from '../../unreachable';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import { readInput } from '../load-plan';

/** The post takes the calendar at its next pass: at once, where Temporal can be reached. */
const tellPost = async ({ io, temporal }: Context, db: Ledger, calendar: WorkingCalendar): Promise<void> => {
  try {
    await pokePost(await temporal(), { clock: await clockOf(db, io.now()), calendar });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
};

const load = async (context: Context, path: string): Promise<void> => {
  const { io, out, ledger } = context;
  const file = await readInput(io, path);
  const { years, errors } = readCalendarFile(Buffer.from(file.bytes).toString('utf8'), file.name);
  if (errors.length > 0) throw usage(
    'bad-calendar',
    out.say(`Tệp lịch ${file.name} có ${errors.length} lỗi; chưa nạp gì.`, `Calendar file ${file.name} has ${errors.length} errors; nothing was loaded.`),
    errors,
  );
  const db = await ledger();
  const named = new Set(years.map((y) => y.year));
  const base = (await readCalendar(db)) === undefined ? SHIPPED_CALENDAR.years.filter((y) => !named.has(y.year)) : [];
  try {
    const calendar = await loadCalendarYears(db, [...base, ...years]);
    await tellPost(context, db, calendar);
    out.print({ loaded: [...named], version: calendar.version, from: calendar.years[0]?.year, to: calendar.years.at(-1)?.year }, () =>
      out.say(
        `Đã nạp lịch làm việc năm ${[...named].join(', ')}. Giờ gửi theo lịch mới từ nay; nhiệm vụ đang chạy giữ lịch cũ; kế hoạch khởi động sau dùng lịch mới.`,
        `Loaded the calendar of ${[...named].join(', ')}. Messages leave by it from now on; running tasks keep theirs; plans started from now on use the new one.`,
      ));
  } catch (error) {
    if (error instanceof CalendarGap) throw usage(
      'calendar-gap',
      out.say(`Lịch phải liền các năm: còn thiếu năm ${error.missing}.`, `The years must be contiguous: ${error.missing} is missing.`),
    );
    throw error;
  }
};

export const calendarLoad: Register = (calendar, run, say) => {
  calendar.command('load').description(
    say('Thêm hoặc thay các năm của lịch làm việc', 'Adds or replaces years of the working calendar')
  ).argument('<FILE>').action(run(load));
};
