import type { CalendarYear, WorkingCalendar } from './calendar';

const days = (year: number, text: string): readonly string[] => text.split(' ').filter(Boolean).map((day) => `${year}-${day}`);

const entry = (status: CalendarYear['status']) =>
  (year: number, tet: string, off: string, madeUp: string, ...sources: readonly string[]): CalendarYear => ({
    year, status, off: days(year, off), madeUp: days(year, madeUp), tet: `${year}-${tet}`, sources,
  });
const decreed = entry('decreed');
const provisional = entry('provisional');

const CODE_2012 = 'Bộ luật Lao động 2012, Điều 115 và quy định nghỉ bù';
const CODE_2019 = 'Bộ luật Lao động 2019, Điều 112; nghỉ bù theo Điều 111 khoản 3';
const NOTICE = 'Thông báo hằng năm của cơ quan lao động về lịch nghỉ Tết, nghỉ lễ của cán bộ, công chức, viên chức (chưa rõ số)';
const CULTURE_DAY = 'Nghị quyết 28/2026/QH16: ngày 24/11 (Ngày Văn hóa Việt Nam) là ngày nghỉ, từ 01/7/2026';
const COMPUTED = [CODE_2019, CULTURE_DAY, 'Tết Nguyên đán và Giỗ Tổ Hùng Vương tính theo âm lịch, múi giờ UTC+7; dự kiến đến khi có thông báo'] as const;

/**
 * The working calendar of civil servants that is shipped, by year: mùng 1 Tết, weekdays off, Saturdays made up (all `MM-DD`), documents
 * (docs/domain.md, "The working calendar"). A year is changed by loading a file, never by editing a running task.
 * Provisional years follow one rule: the law's days; Tết from the last day of the old year to mùng 4; for 2 September the neighbour that joins
 * it to a weekend (Wednesdays take the day before, as in 2026); every holiday on a Saturday or Sunday moves to the next working day; no swaps.
 */
export const SHIPPED_CALENDAR: WorkingCalendar = {
  version: '2026-1',
  years: [
    decreed(2018, '02-16', '01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31', '', CODE_2012, NOTICE,
      'Hoán đổi thứ Hai 31/12/2018 với thứ Bảy 05/01/2019, theo thông báo lịch nghỉ năm 2019'),
    decreed(2019, '02-05', '01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02', '01-05 05-04', CODE_2012, NOTICE,
      'Làm bù thứ Bảy 05/01 cho ngày 31/12/2018', 'Hoán đổi thứ Hai 29/4 với thứ Bảy 04/5'),
    decreed(2020, '01-25', '01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02', '', CODE_2012, NOTICE),
    decreed(2021, '02-12', '01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03', '', CODE_2019, NOTICE),
    decreed(2022, '02-01', '01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02', '', CODE_2019, NOTICE),
    decreed(2023, '01-22', '01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04', '', CODE_2019, NOTICE),
    decreed(2024, '02-10', '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03', '05-04', CODE_2019, NOTICE,
      'Hoán đổi thứ Hai 29/4 với thứ Bảy 04/5'),
    decreed(2025, '01-29', '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02', '04-26', CODE_2019, NOTICE,
      'Hoán đổi thứ Sáu 02/5 với thứ Bảy 26/4'),
    decreed(2026, '02-17', '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24', '01-10 08-22', CODE_2019, NOTICE,
      'Hoán đổi thứ Sáu 02/01 với thứ Bảy 10/01: công văn 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ',
      'Hoán đổi thứ Hai 31/8 với thứ Bảy 22/8', CULTURE_DAY),
    provisional(2027, '02-06', '01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24', '', ...COMPUTED),
    provisional(2028, '01-26', '01-03 01-25 01-26 01-27 01-28 01-31 04-04 05-01 05-02 09-01 09-04 11-24', '', ...COMPUTED),
    provisional(2029, '02-13', '01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-03 09-04 11-26', '', ...COMPUTED),
    provisional(2030, '02-02', '01-01 02-01 02-04 02-05 02-06 02-07 04-12 04-30 05-01 09-02 09-03 11-25', '', ...COMPUTED),
    provisional(2031, '01-23', '01-01 01-22 01-23 01-24 01-27 01-28 04-01 04-30 05-01 09-01 09-02 11-24', '', ...COMPUTED),
    provisional(2032, '02-11', '01-01 02-10 02-11 02-12 02-13 02-16 04-19 04-30 05-03 09-02 09-03 11-24', '', ...COMPUTED),
    provisional(2033, '01-31', '01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02 11-24', '', ...COMPUTED),
    provisional(2034, '02-19', '01-02 02-20 02-21 02-22 02-23 02-24 04-28 05-01 05-02 09-01 09-04 11-24', '', ...COMPUTED),
    provisional(2035, '02-08', '01-01 02-07 02-08 02-09 02-12 02-13 04-17 04-30 05-01 09-03 09-04 11-26', '', ...COMPUTED),
  ],
};
