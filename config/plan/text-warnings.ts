import type { PlanWarning } from '../../domain/plan';
import type { FoundColumns } from './columns';
import type { DateSource } from './header';
import { isCut, type Paragraph } from './paragraphs';
import type { RawRow } from './rows';

/** What only the published text shows; our own YAML keeps these warnings as data. */
export type TextFacts = {
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
  readonly found: readonly FoundColumns[];
  readonly rows: readonly RawRow[];
  readonly dateSource: DateSource | null;
  readonly dateText: string | null;
};
/** Codes of warnings that cannot be computed again from a plan's content. */
export const TEXT_WARNING_CODES = ['W02', 'W03', 'W11', 'W16', 'W17', 'W19', 'W24'] as const;

type Check = (facts: TextFacts) => readonly PlanWarning[];

const noPlaceLine: Check = ({ dateSource, dateText }) => {
  if (dateSource === 'place-line' || dateSource === null) return [];
  const message = dateSource === 'given' ? 'Ngày ban hành do người vận hành nhập' : `Không có dòng địa danh, ngày tháng; ngày ban hành chỉ có ở phụ lục, ghi là "${dateText ?? ''}"`;
  return [{ code: 'W02', where: 'Phần đầu văn bản', message, proposal: 'Dùng ngày này, coi là chưa được xác nhận; đối chiếu với bản phát hành' }];
};

/** Party documents: number, type, organ (`25-CTr/TU`). */
const PARTY_NUMBER = /(?<!\d)(\d{1,5})\s?-\s?(\p{Lu}\p{L}{1,3})\/(\p{Lu}{2,})/gu;
type Reference = { readonly type: string; readonly document: string; readonly written: string };
const referencesOf = (text: string): Reference[] =>
  [...text.matchAll(PARTY_NUMBER)].map(([, number, type, organ]) => ({ type: type!, document: `${number}/${organ}`, written: `${number}-${type}/${organ}` }));

/** One document under two type marks, of which one begins like the other: the rarer one is the slip. */
const mixedReference: Check = ({ text }) => {
  const counts = new Map<string, number>();
  const byDocument = new Map<string, Reference[]>();
  for (const reference of referencesOf(text)) {
    const seen = counts.get(reference.written) ?? 0;
    counts.set(reference.written, seen + 1);
    if (seen === 0) byDocument.set(reference.document, [...(byDocument.get(reference.document) ?? []), reference]);
  }
  const times = ({ written }: Reference): number => counts.get(written) ?? 0;
  const isAlike = (a: Reference, b: Reference): boolean => a.type !== b.type && (a.type.startsWith(b.type) || b.type.startsWith(a.type));
  return [...byDocument.values()].flatMap((forms) => forms.flatMap((rare): PlanWarning[] => {
    const usual = forms.find((other) => isAlike(other, rare) && times(other) > times(rare));
    return usual === undefined ? [] : [{
      code: 'W03', where: 'Tiêu đề hoặc nội dung văn bản',
      message: `Số văn bản được viện dẫn không thống nhất: "${rare.written}" (${times(rare)} lần) và "${usual.written}" (${times(usual)} lần)`,
      proposal: `Dùng ${usual.written} là cách ghi nhiều lần hơn; giữ nguyên văn tiêu đề`,
    }];
  }));
};

const jumpsOfLevels = (paragraphs: readonly Paragraph[]): string[] => {
  const shape = (p: Paragraph): string => (/^[IVX]+\./u.test(p.text) ? 'mục La Mã' : /^\d+\./.test(p.text) ? 'mục số' : '');
  const levels = (name: string): Set<number> => new Set(paragraphs.filter((p) => p.level > 0 && shape(p) === name).map((p) => p.level));
  const uneven = ['mục La Mã', 'mục số'].filter((name) => levels(name).size > 1);
  const plain = paragraphs.filter((p) => p.level > 0 && shape(p) === 'mục số' && !p.isBold);
  const isMixed = plain.length > 0 && paragraphs.some((p) => p.level > 0 && shape(p) === 'mục số' && p.isBold);
  return [...uneven.map((name) => `cấp tiêu đề của ${name} không đều`), ...(isMixed ? [`tiêu đề không in đậm ở dòng ${plain.map((p) => p.line).join(', ')}`] : [])];
};
const cutSentences = (paragraphs: readonly Paragraph[]): number => paragraphs.filter((p, i) => i > 0 && p.level === 0 && isCut(paragraphs[i - 1]!.text, p.text)).length;

const layout: Check = ({ paragraphs, found }) => {
  const cuts = cutSentences(paragraphs);
  const slips = [
    ...jumpsOfLevels(paragraphs),
    ...(cuts > 0 ? [`${cuts} câu bị ngắt bởi trang`] : []),
    ...(found.some((f) => f.blankLineInside) ? ['bảng bị ngắt bởi dòng trống'] : []),
  ];
  return slips.length === 0 ? [] : [{ code: 'W11', where: 'Toàn văn bản', message: `Trình bày không đều: ${slips.join('; ')}`, proposal: 'Đọc theo số thứ tự của mục; nối câu qua chỗ ngắt trang; chấp nhận dòng trống trong bảng' }];
};

const PERIOD = /báo cáo[^.]{0,120}(?:định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|6 tháng|trước ngày)|(?:định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|6 tháng)[^.]{0,120}báo cáo/iu;
const noReportingPeriod: Check = ({ text }) => (PERIOD.test(text) ? [] : [{
  code: 'W16', where: 'Toàn văn bản', message: 'Không quy định kỳ báo cáo', proposal: 'Mặc định báo cáo 6 tháng và năm, chốt số liệu theo Nghị định 09/2019/NĐ-CP kể từ năm 2019',
}]);

const noDeliverable: Check = ({ rows }) => (rows.length === 0 || rows.some((r) => r.deliverable !== undefined) ? [] : [{
  code: 'W17', where: 'Bảng phân công', message: 'Không có cột sản phẩm, kết quả', proposal: 'Đơn vị chủ trì nêu sản phẩm khi xác nhận tiếp nhận nhiệm vụ',
}]);

const RANGE = /\d{4}\s*(?:[-‐‑‒–—−]|đến)\s*\d{4}/u;
const rangesUnderCompletion: Check = ({ found, rows }) => {
  const ranges = rows.filter((r) => RANGE.test(r.timeText));
  const header = found.find((f) => /hoàn thành/iu.test(f.columns.timeHeader))?.columns.timeHeader;
  return header === undefined || ranges.length === 0 ? [] : [{
    code: 'W19', where: `Nhiệm vụ số ${ranges.map((r) => r.no).join(', ')}`, message: `Cột ghi "${header}" nhưng ô là khoảng thời gian`,
    proposal: 'Hiểu theo quy tắc R1-R7: hạn là ngày cuối của khoảng, mốc hằng năm là 31/12; giữ nguyên văn để xác nhận một lần',
  }];
};

const CONTACT = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<!\d)(?:\+84|0)\d[\d .]{7,11}\d(?!\d)/u;
const noContacts: Check = ({ text }) => (CONTACT.test(text) ? [] : [{
  code: 'W24', where: 'Toàn văn bản', message: 'Không có địa chỉ liên hệ của đơn vị nào', proposal: 'Nạp danh bạ chức danh bằng lệnh dondoc directory import',
}]);

const CHECKS: readonly Check[] = [noPlaceLine, mixedReference, layout, noReportingPeriod, noDeliverable, rangesUnderCompletion, noContacts];

/** The warnings that only the published text can give, each once (docs/domain.md, "Defects and ambiguities"). */
export const textWarnings = (facts: TextFacts): PlanWarning[] => {
  const all = CHECKS.flatMap((check) => check(facts));
  return all.filter((w, i) => all.findIndex((other) => other.code === w.code && other.message === w.message) === i);
};
