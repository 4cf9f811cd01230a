import type { Milestone, Timing } from '../../domain/plan';
import { type CivilDate, isCivilDate } from '../../domain/time';

/** A time phrase as read; `startsOn` is null where the plan's day is needed and unknown. */
export type TimeReading = {
  readonly timing: Timing;
  readonly rule: 'R1' | 'R2';
  readonly startsOn: CivilDate | null;
  readonly dueOn: CivilDate;
  readonly milestones: readonly Milestone[];
};
export type TimeResult = { readonly ok: true; readonly reading: TimeReading } | { readonly ok: false; readonly message: string };

/** What an unreadable cell is answered with. */
export const ACCEPTED_TIME = '"Năm 2020", "2020", "Năm 2018-2025", "2018-2025" hoặc "2018 đến 2025"';

/** Rules R1 and R3 of docs/domain.md: one year, with or without the word "Năm". */
const ONE_YEAR = /^(?:trong )?(?:năm )?(\d{4})$/iu;
/** Rules R2, R3, R4: a range, by any dash or by "đến". */
const RANGE = /^(?:từ )?(?:năm )?(\d{4})\s*(?:[-‐‑‒–—−]|\s(?:đến|tới)(?: năm)?\s)\s*(?:năm )?(\d{4})$/iu;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

/** Dates in the text that no calendar has, such as 31/02. */
const impossibleDate = (text: string): string | undefined =>
  [...text.matchAll(/(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)(?:\s*[/.-]\s*(\d{4}))?/g)].find(([, day, month, year]) =>
    !isCivilDate(`${year ?? '2024'}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`))?.[0];

const isYear = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;
const fail = (message: string): TimeResult => ({ ok: false, message });

const oneYear = (year: number): TimeResult => ({ ok: true, reading: { timing: 'period', rule: 'R1', startsOn: `${year}-01-01`, dueOn: `${year}-12-31`, milestones: [] } });

const range = (from: number, to: number, issuedOn: CivilDate | null): TimeResult => {
  if (to < from) return fail(`khoảng thời gian chạy ngược: ${from} sau ${to}`);
  if (to === from) return oneYear(from);
  const first = `${from}-01-01`;
  const milestones = Array.from({ length: to - from }, (_, i) => ({ label: String(from + i), dueOn: `${from + i}-12-31` }));
  return { ok: true, reading: { timing: 'period', rule: 'R2', startsOn: issuedOn === null ? null : issuedOn > first ? issuedOn : first, dueOn: `${to}-12-31`, milestones } };
};

/**
 * Rules R1-R4 of docs/domain.md: one year is due on its 31/12 and starts on its 01/01; a range is due on 31/12 of its last year,
 * starts on the later of 01/01 of its first year and the plan's day, and has a milestone on every 31/12 before the last.
 */
export const readTimePhrase = (phrase: string, issuedOn: CivilDate | null): TimeResult => {
  const text = phrase.normalize('NFC').replace(/\s+/g, ' ').replace(/[.;]$/, '').trim();
  if (text === '') return fail('ô thời gian để trống');
  const years = (ONE_YEAR.exec(text) ?? RANGE.exec(text))?.slice(1).map(Number);
  const strange = years?.find((year) => !isYear(year));
  if (strange !== undefined) return fail(`năm ${strange} nằm ngoài khoảng ${FIRST_YEAR}-${LAST_YEAR}`);
  if (years !== undefined) return years.length === 1 ? oneYear(years[0]!) : range(years[0]!, years[1]!, issuedOn);
  const impossible = impossibleDate(text);
  return fail(impossible === undefined ? `không đọc được thời gian "${text}"` : `ngày ${impossible} không có trong lịch`);
};
