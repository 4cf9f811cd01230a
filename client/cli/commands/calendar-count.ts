import { addWorkingDays, workingDaysBetween } from '../../../domain/calendar';
import type { Register } from '../command';
import type { Context } from '../context';
import { dayText } from '../../task-line';
import { parseDay, parseInteger } from '../parse';
import { calendarMissing } from './calendar-show';

const add = async ({ out, calendar }: Context, from: string, count: string): Promise<void> => {
  const [day, n, cal] = [parseDay(from, 'DATE'), parseInteger(count, 'N'), await calendar()];
  const date = addWorkingDays(cal, day, n);
  if (date === undefined) throw calendarMissing(`phép tính ${day} ${n < 0 ? '' : '+'}${n}`);
  out.print({ date }, () => dayText(cal, date, out.say('dự kiến', 'provisional')));
};

const between = async ({ out, calendar }: Context, from: string, to: string): Promise<void> => {
  const [a, b, cal] = [parseDay(from, 'D1'), parseDay(to, 'D2'), await calendar()];
  const workingDays = workingDaysBetween(cal, a, b);
  if (workingDays === undefined) throw calendarMissing(`khoảng ${a} – ${b}`);
  out.print({ workingDays }, () => out.say(`${workingDays} ngày làm việc`, `${workingDays} working days`));
};

export const calendarCount: Register = (calendar, run, say) => {
  calendar.command('add').description(
    say('Cộng, trừ ngày làm việc (N có thể âm)', 'Adds working days (N may be negative)')
  ).argument('<DATE>').argument('<N>').allowUnknownOption(true).action(run(add));
  calendar.command('between').description(
    say('Số ngày làm việc sau D1 đến hết D2', 'Working days after D1 up to D2')
  ).argument('<D1>').argument('<D2>').action(run(between));
};
