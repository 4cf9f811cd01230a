import { yearOf, monthOf, dayOf, type CivilDate } from '../domain/time';

export { actName, fieldName, kindName, roleName, rungName, stateName, timelinessName } from '../domain/words';

/** `5` → `05`: counts of days in official letters have two digits. */
export const twoDigits = (n: number): string => String(n).padStart(2, '0');
export const workingDaysText = (n: number): string => `${twoDigits(n)} ngày làm việc`;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const uncapitalised = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * `ngày 05 tháng 02 năm 2020`, for drafts of documents only: days below 10 and the months 1 and 2 have a zero before them
 * (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4).
 */
export const documentDate = (date: CivilDate): string => {
  const month = monthOf(date);
  return `ngày ${twoDigits(dayOf(date))} tháng ${month <= 2 ? twoDigits(month) : month} năm ${yearOf(date)}`;
};

/** "A; B và C" would hide a boundary where names hold commas: a list of units is parted by semicolons. */
export const listed = (names: readonly string[]): string => names.join('; ');

/** A sentence that people typed ends with one full stop. */
export const asSentence = (text: string): string => `${text.trim().replace(/[.;,\s]+$/u, '')}.`;
