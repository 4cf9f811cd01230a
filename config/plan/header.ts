import type { Directory, PlanHeader, PlanProblem } from '../../domain/plan';
import { type CivilDate, isCivilDate, yearOf } from '../../domain/time';
import type { Paragraph } from './paragraphs';

/** Where the day of issue was found: the place-and-date line, the appendix's heading, or given by the user. */
export type DateSource = 'place-line' | 'appendix' | 'given';
/** `header` is null only where no day of issue is known. `dateText` keeps the date as written. */
export type HeaderResult = {
  readonly header: PlanHeader | null;
  readonly dateSource: DateSource | null;
  readonly dateText: string | null;
  readonly problems: readonly PlanProblem[];
};
export type HeaderOptions = { readonly code?: string; readonly issuedOn?: string };

const TYPES = ['KẾ HOẠCH', 'CHƯƠNG TRÌNH HÀNH ĐỘNG', 'CHƯƠNG TRÌNH', 'QUYẾT ĐỊNH', 'CHỈ THỊ', 'NGHỊ QUYẾT', 'ĐỀ ÁN'] as const;
/** `dd/mm/yyyy`, `dd-mm-yyyy` with stray spaces, or "ngày 22 tháng 10 năm 2018". */
const DATE = /(\d{1,2})\s*(?:[/-]|tháng)\s*(\d{1,2})\s*(?:[/-]|năm)\s*(\d{4})/u;
/** The lines of a header are short; longer paragraphs are not searched. */
const MAX_LINE = 600;
const ATTACHED = /kèm theo.*?\s(?:số\s*)?(\d+)?\s*(\/[\p{Lu}-]+)?\s*,?\s*ngày\s+(.+?)\s+của\s+(.+?)\)?$/iu;
const PLACE_LINE = /^[\p{Lu}][\p{L}\s.-]{1,40},\s*ngày\s+\d/u;
const NUMBER_LINE = /^số\s*:?\s*(\d+)?\s*(\/[\p{Lu}-]+)/iu;

const dateIn = (text: string): CivilDate | undefined => {
  const m = DATE.exec(text);
  return m ? `${m[3]}-${m[2]!.padStart(2, '0')}-${m[1]!.padStart(2, '0')}` : undefined;
};

type FoundDate = { readonly date: CivilDate; readonly source: DateSource; readonly text: string; readonly line: number };
const foundDate = (paragraphs: readonly Paragraph[], given: string | undefined): FoundDate | undefined => {
  if (given !== undefined) return { date: given, source: 'given', text: given, line: 0 };
  const place = paragraphs.find((p) => PLACE_LINE.test(p.text) && dateIn(p.text) !== undefined);
  if (place) return { date: dateIn(place.text)!, source: 'place-line', text: DATE.exec(place.text)![0], line: place.line };
  const attached = paragraphs.find((p) => ATTACHED.test(p.text) && dateIn(p.text) !== undefined);
  return attached && { date: dateIn(attached.text)!, source: 'appendix', text: DATE.exec(attached.text)![0], line: attached.line };
};

const dateProblem = (found: FoundDate | undefined, where: string): PlanProblem[] => {
  if (found === undefined) return [{ where, message: 'không có ngày ban hành', accepted: 'dòng "…, ngày … tháng … năm …", dòng "(Kèm theo Kế hoạch … ngày …)" hoặc tùy chọn --issued-on' }];
  if (isCivilDate(found.date)) return [];
  const place = found.source === 'given' ? '--issued-on' : `${where}: dòng ${found.line}`;
  return [{ where: place, message: `ngày ban hành ${found.text} không có trong lịch`, accepted: found.source === 'given' ? 'năm-tháng-ngày, ví dụ 2018-10-22' : 'một ngày có trong lịch, ví dụ 22/10/2018' }];
};

/** `Thực hiện A của B thực hiện C …` carries out `A của B`. */
const carriesOut = (title: string): string | null => /^(?:Triển khai )?(?:thực hiện|Thực hiện)\s+(.+?\s(?:số|ngày)\s.+?)(?:\s+(?:triển khai |tổ chức )?thực hiện\s.*|\s+về\s.*)?$/u.exec(title)?.[1] ?? null;

const typeAndTitle = (paragraphs: readonly Paragraph[]): { type: string; title: string } => {
  const at = paragraphs.findIndex((p) => (TYPES as readonly string[]).includes(p.text.toUpperCase()));
  return at < 0 ? { type: 'KẾ HOẠCH', title: '' } : { type: paragraphs[at]!.text.toUpperCase(), title: paragraphs[at + 1]?.text ?? '' };
};

const CODE = /^[A-ZĐ][A-ZĐ0-9]{0,11}$/u;
/** `KH` and two digits of the year of issue. */
export const defaultCode = (issuedOn: CivilDate): string => `KH${String(yearOf(issuedOn) % 100).padStart(2, '0')}`;
/** What a code that cannot be one is answered with; it becomes part of ids, subjects and SMS. */
export const codeProblem = (code: string | undefined): PlanProblem[] =>
  code === undefined || CODE.test(code) ? [] : [{ where: '--code', message: `mã kế hoạch "${code}" không hợp lệ`, accepted: 'chữ in hoa và số, bắt đầu bằng chữ, tối đa 12 ký tự, ví dụ CN18' }];

/** A line of its own goes before the line of the appendix; either may leave the number blank. */
const numberOf = (...found: readonly (RegExpExecArray | undefined)[]): Pick<PlanHeader, 'number' | 'numberSuffix'> => ({
  number: found.find((m) => m?.[1] !== undefined)?.[1] ?? null, numberSuffix: found.find((m) => m?.[2] !== undefined)?.[2] ?? '/KH-UBND',
});

/** Bodies outside the province's line, as the directory has them on the plan's day. */
export const externalUnits = ({ units }: Pick<Directory, 'units'>): Pick<PlanHeader, 'externalUnits'> => {
  const ids = units.filter((u) => u.type === 'external').map((u) => u.id);
  return ids.length === 0 ? {} : { externalUnits: ids };
};

/** The header of a published text: type, number, date, title, issuer; host unit, authority's office and SMS prefix come from the directory. */
export const readHeader = (all: readonly Paragraph[], directory: Directory, options: HeaderOptions, where: string): HeaderResult => {
  const paragraphs = all.filter((p) => p.text.length <= MAX_LINE);
  const found = foundDate(paragraphs, options.issuedOn);
  const problems = [...dateProblem(found, where), ...codeProblem(options.code)];
  const attached = paragraphs.map((p) => ATTACHED.exec(p.text)).find((m) => m !== null);
  const numbered = paragraphs.map((p) => NUMBER_LINE.exec(p.text)).find((m) => m !== null);
  const dateSource = found?.source ?? null;
  if (found === undefined || problems.length > 0) return { header: null, dateSource, dateText: found?.text ?? null, problems };
  const { type, title } = typeAndTitle(paragraphs);
  const { number, numberSuffix } = numberOf(numbered, attached);
  const header: PlanHeader = {
    code: options.code ?? defaultCode(found.date), type, number, numberSuffix,
    issuedOn: found.date, title, issuer: attached?.[4]?.trim() ?? directory.units.find((u) => u.type === 'authority')?.name ?? '', carriesOut: carriesOut(title),
    hostUnit: directory.hostUnit, authorityOffice: directory.authorityOffice, smsPrefix: directory.smsPrefix, ...externalUnits(directory),
  };
  return { header, dateSource, dateText: found.text, problems };
};
