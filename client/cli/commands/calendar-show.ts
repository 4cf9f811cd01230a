import { isWorkingDay } from '../../../domain/calendar';
import { addDays, dmy, weekday } from '../../../domain/time';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused } from '../errors';
import { parseInteger } from '../parse';
import { facts, wrap } from '../table';

/** A day beyond the years on record is refused by name, never guessed. */
export const calendarMissing = (what: string) => refused(
  'calendar-missing',
  `Lịch làm việc chưa có dữ liệu cho ${what}. Nạp thêm bằng "dondoc calendar load TỆP".`,
);

const WEEKDAYS = ['thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy', 'chủ nhật'] as const;
const dayList = (days: readonly string[]): string => (
  days.length === 0 ? '–' : wrap(days.map((d) => `${dmy(d)} (${WEEKDAYS[weekday(d) - 1]})`).join(', '), 54).join('\n')
);

const show = async ({ out, calendar }: Context, text: string): Promise<void> => {
  const year = parseInteger(text, 'YEAR');
  const cal = await calendar();
  const data = cal.years.find((y) => y.year === year);
  if (!data) throw calendarMissing(`năm ${year}`);
  let workingDays = 0;
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) if (isWorkingDay(cal, day)) workingDays += 1;
  out.print({ year, workingDays, off: data.off, madeUp: data.madeUp, status: data.status, sources: data.sources }, () =>
    facts([
      [out.say('Năm', 'Year'), `${year} (${data.status === 'decreed' ? out.say('theo văn bản', 'decreed') : out.say('dự kiến', 'provisional')})`],
      [out.say('Số ngày làm việc', 'Working days'), String(workingDays)],
      [out.say('Ngày nghỉ', 'Days off'), dayList(data.off)],
      [out.say('Ngày làm bù', 'Made-up days'), dayList(data.madeUp)],
      [out.say('Căn cứ', 'Sources'), data.sources.length === 0 ? '–' : data.sources.join('\n')],
    ]),
  );
};

export const calendarShow: Register = (calendar, run, say) => {
  calendar.command('show').description(say('Ngày nghỉ, ngày làm bù của một năm', 'Days off and made-up days of a year')).argument('<YEAR>').action(run(show));
};
