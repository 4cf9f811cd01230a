import { z } from 'zod';
import type { CalendarYear } from '../domain/calendar';
import type { PlanProblem } from '../domain/plan';
import { type CivilDate, weekday, yearOf } from '../domain/time';
import { acceptable, civilDate, readYaml, text } from './yaml';

/** `years` is empty where there is any error; then nothing may be loaded. */
export type CalendarReading = { readonly years: readonly CalendarYear[]; readonly errors: readonly PlanProblem[] };

const schema = z.strictObject({
  years: z.array(z.strictObject({
    year: z.number().refine((year) => Number.isInteger(year) && year >= 2000 && year <= 2099, acceptable('không phải năm', 'năm từ 2000 đến 2099')), status: z.enum(['decreed', 'provisional']), off: z.array(civilDate), madeUp: z.array(civilDate).default([]), tet: civilDate, sources: z.array(text).default([]),
  })).refine((years) => years.length > 0, acceptable('không có năm nào', 'ít nhất một năm')),
});

type Rule = readonly [isWrong: (date: CivilDate) => boolean, message: string, accepted: string];
const SATURDAY = 6;

const checkDates = (dates: readonly CivilDate[], place: string, rules: readonly Rule[]): PlanProblem[] =>
  dates.flatMap((date, i) => rules.filter(([isWrong]) => isWrong(date)).map(([, message, accepted]) => ({ where: `${place}[${i + 1}]`, message: `${date} ${message}`, accepted })));

const checkYear = ({ year, off, madeUp, tet }: CalendarYear, place: string): PlanProblem[] => {
  const otherYear: Rule = [(date) => yearOf(date) !== year, `không thuộc năm ${year}`, `ngày trong năm ${year}`];
  const twice = (dates: readonly CivilDate[]): Rule => [(date) => dates.indexOf(date) !== dates.lastIndexOf(date), 'ghi nhiều lần', 'mỗi ngày một lần'];
  return [
    ...checkDates(off, `${place}.off`, [otherYear, twice(off), [(date) => weekday(date) >= SATURDAY, 'là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ', 'ngày trong tuần được nghỉ']]),
    ...checkDates(madeUp, `${place}.madeUp`, [otherYear, twice(madeUp), [(date) => weekday(date) < SATURDAY, 'là ngày làm việc bình thường', 'thứ Bảy hoặc Chủ nhật làm bù']]),
    ...(yearOf(tet) === year ? [] : [{ where: `${place}.tet`, message: `${tet} không thuộc năm ${year}`, accepted: `mùng 1 Tết, trong năm ${year}` }]),
  ];
};

/** Reads a calendar file (YAML, `years:` as in `calendar show`): all problems at once, years sorted. Adding or replacing is the caller's. */
export const readCalendarFile = (source: string, where: string): CalendarReading => {
  const read = readYaml(source, where, schema);
  if (!read.ok) return { years: [], errors: read.problems };
  const { years } = read.value;
  const repeated = years.filter((y, i) => years.findIndex((other) => other.year === y.year) !== i).map((y): PlanProblem => ({ where: `${where}: years`, message: `năm ${y.year} xuất hiện nhiều lần`, accepted: 'mỗi năm một mục' }));
  const errors = [...repeated, ...years.flatMap((y, i) => checkYear(y, `${where}: years[${i + 1}]`))];
  return { years: errors.length === 0 ? [...years].sort((a, b) => a.year - b.year) : [], errors };
};
