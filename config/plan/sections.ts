import type { Duty, Indicator } from '../../domain/plan';
import { bulletText, type Paragraph, sectionNumber, sectionOf } from './paragraphs';
import { readUnit, type UnitIndex } from './units';

const DUTIES = /TỔ CHỨC THỰC HIỆN/iu;
const TARGETS = /^[IVX]+\.\s+(?:CÁC )?(?:MỤC TIÊU|CHỈ TIÊU)/iu;
const ITEM = /^(\d+)\.\s*(.+?)\s*:\s*(.*)$/u;
/** Where the section ends: the closing clause and what follows the body. */
const AFTER = /^(?:Trên đây là|Nơi nhận|PHỤ LỤC|TM\.)/iu;
const POINTER = /^phụ lục/iu;
/** A new clause after ";" is a duty of its own where it begins with what is to be done; "phối hợp" only goes with another duty. */
const CLAUSE = /;\s+(?=(?:thực hiện|tổ chức|nắm bắt|xây dựng|rà soát|tham mưu|tăng cường|đẩy mạnh|kiểm tra|chủ trì|đôn đốc)\s)/u;
const SENTENCE = /(?<=[\p{Ll}\d)])\.\s+(?=\p{Lu})/u;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const pieces = (text: string): string[] => text.split(SENTENCE).flatMap((sentence) => sentence.split(CLAUSE)).map((piece) => piece.replace(/[.;]+$/, '').trim()).filter((piece) => piece !== '');

type Item = { readonly no: string; readonly unitText: string; readonly texts: string[] };
const itemsOf = (body: readonly Paragraph[]): Item[] => {
  const end = body.findIndex((p) => AFTER.test(p.text));
  const items: Item[] = [];
  for (const p of body.slice(0, end < 0 ? undefined : end)) {
    const m = ITEM.exec(p.text);
    if (m) items.push({ no: m[1]!, unitText: m[2]!, texts: m[3] === '' || POINTER.test(m[3]!) ? [] : [m[3]!] });
    else items.at(-1)?.texts.push(bulletText(p.text) ?? p.text);
  }
  return items;
};

/** The duties of the section "Tổ chức thực hiện": one per sentence, `IV.4.b` is the second of item 4. `unit` is null for groups and unknown bodies. */
export const readDuties = (paragraphs: readonly Paragraph[], index: UnitIndex): Duty[] => {
  const section = sectionNumber(paragraphs, DUTIES) ?? 'IV';
  return itemsOf(sectionOf(paragraphs, DUTIES)).flatMap(({ no, unitText, texts }) => {
    const reading = readUnit(index, unitText);
    return texts.flatMap(pieces).map((text, i) => ({ id: `${section}.${no}.${LETTERS[i] ?? String(i + 1)}`, unit: reading.kind === 'unit' ? reading.unit.id : null, unitText, text }));
  });
};

const COMPARATORS: readonly (readonly [Indicator['comparator'], RegExp])[] = [
  ['≈', /khoảng|xấp xỉ/u],
  ['>=', /tối thiểu|ít nhất|không dưới|từ .* trở lên|không thấp hơn/u],
  ['>', /trên|hơn|vượt/u],
];
const VALUE = /đạt\s+([\p{L}\s]{0,40}?)(\d{1,9}(?:[.,]\d{1,9})?)\s*(%\/năm|%)/u;
const YEAR = /đến năm (\d{4})/iu;

type Target = { readonly text: string; readonly year: number | null };
/** Bullets with the year of their own text, else of the heading above them. */
const targetsOf = (body: readonly Paragraph[]): Target[] => {
  let year: number | null = null;
  return body.flatMap(({ text }) => {
    const bullet = bulletText(text);
    const own = YEAR.exec(text)?.[1];
    if (bullet !== undefined) return [{ text: bullet, year: own === undefined ? year : Number(own) }];
    year = own === undefined ? null : Number(own);
    return [];
  });
};

/** The comparator by its word; a bare "đạt 45%" is reached by more as well. "đạt dưới" has no reading here and stays a text. */
const comparatorOf = (words: string): Indicator['comparator'] | undefined =>
  /dưới/u.test(words) && !/không dưới/u.test(words) ? undefined : (COMPARATORS.find(([, pattern]) => pattern.test(words))?.[0] ?? '>=');

const numeric = ({ text, year }: Target): Omit<Indicator, 'id'>[] =>
  text.split(/;\s*/).flatMap((clause) => {
    const m = VALUE.exec(clause);
    const comparator = m === null ? undefined : comparatorOf(m[1]!);
    return m === null || comparator === undefined ? [] : [{ text: clause.replace(/\.$/, ''), comparator, value: Number(m[2]!.replace(',', '.')), unit: m[3]!, year }];
  });

/** The targets of the section "Mục tiêu": each number is one, with its comparator; what has no number is one text at the end. */
export const readIndicators = (paragraphs: readonly Paragraph[]): Indicator[] => {
  const targets = targetsOf(sectionOf(paragraphs, TARGETS));
  const numbers = targets.flatMap(numeric);
  const words = targets.filter((target) => numeric(target).length === 0);
  const text = words.map((w) => w.text).join(' ');
  const all = [...numbers, ...(words.length === 0 ? [] : [{ text, comparator: 'text' as const, value: null, unit: null, year: words[0]!.year }])];
  return all.map((indicator, i) => ({ id: `CT${i + 1}`, ...indicator }));
};

/** The lines of "Nơi nhận", without bullets and the mark at their ends. */
export const readRecipients = (paragraphs: readonly Paragraph[]): string[] => {
  const start = paragraphs.findIndex((p) => /^Nơi nhận\s*:?/iu.test(p.text));
  if (start < 0) return [];
  const after = paragraphs.slice(start + 1);
  const end = after.findIndex((p) => bulletText(p.text) === undefined);
  return after.slice(0, end < 0 ? undefined : end).map((p) => (bulletText(p.text) ?? '').replace(/[.;]+$/, ''));
};
