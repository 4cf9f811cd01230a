import { type CivilDate, isCivilDate } from '../../domain/time';
import { usage } from './errors';

/** `2019-12-31`, or `31/12/2019` as people write it; anything else is bad usage that names the option. */
export const parseDay = (text: string, where: string): CivilDate => {
  const dmy = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  const day = dmy ? `${dmy[3]}-${dmy[2]!.padStart(2, '0')}-${dmy[1]!.padStart(2, '0')}` : text.trim();
  if (!isCivilDate(day)) throw usage('bad-date', `Ngày không hợp lệ ở ${where}: "${text}". Giá trị được chấp nhận: YYYY-MM-DD, ví dụ 2019-12-31.`);
  return day;
};

export const parseInteger = (text: string, where: string): number => {
  if (!/^[+-]?\d{1,7}$/.test(text.trim())) throw usage('bad-number', `Số không hợp lệ ở ${where}: "${text}". Giá trị được chấp nhận: số nguyên, ví dụ 10 hoặc -5.`);
  return Number(text);
};

/** One of a closed list; the message names all of them. */
export const parseChoice = <T extends string>(text: string, choices: readonly T[], where: string): T => {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw usage('bad-choice', `Giá trị không hợp lệ ở ${where}: "${text}". Giá trị được chấp nhận: ${choices.join(', ')}.`);
  return found;
};
