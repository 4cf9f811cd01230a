import { type UnitId } from '../domain/plan';
import { authorityName, type Context, planName } from './context';
import type { Block } from './document';
import { asSentence, documentDate, workingDaysText } from './words';

/** Where the issuing authority sits: "Thái Bình", from "Ủy ban nhân dân tỉnh Thái Bình"; nothing where the name does not say. */
const placeOf = (issuer: string): string | undefined => /(?:tỉnh|thành phố)\s+(.+)$/u.exec(issuer.normalize('NFC'))?.[1];

const symbolOf = (c: Context, unit: UnitId): string => (c.input.units[unit]?.shortName ?? unit).replace(/^Sở /u, '').replace(/\s+/gu, '');

/** National name, motto, place and date as Nghị định 30/2020/NĐ-CP, Phụ lục I lays them out; a number is given when it is entered. */
const head = (c: Context, symbol: string, subject: string): string[] => {
  const place = placeOf(c.input.plan.issuer);
  const number = c.item.notice.facts.value ?? `…/${symbol}`;
  return [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', '',
    c.input.plan.issuer.toUpperCase(), c.supervisor.toUpperCase(), `Số: ${number}`,
    `${place === undefined ? '' : `${place}, `}${documentDate(c.facts.decidedOn)}`, subject, '',
  ];
};

const foot = (copies: readonly string[]): string[] => ['', 'Nơi nhận:', ...copies.map((copy) => `- ${copy};`), '- Lưu: VT.', '', 'THỦ TRƯỞNG ĐƠN VỊ', '(Ký, ghi rõ họ tên)'];

const due = (c: Context): string => (c.facts.dueOn ? documentDate(c.facts.dueOn) : 'theo Kế hoạch');
const plan = (c: Context): string => `${planName(c.input.plan, documentDate)} của ${c.input.plan.issuer}`;
const task = (c: Context): string => `"${c.title.replace(/"/gu, "'")}" (mã nhiệm vụ ${c.code})`;

/** Công văn đôn đốc, supervisor to lead. */
const urgingLetter = (c: Context): string[] => [
  ...head(c, symbolOf(c, c.facts.supervisor), `V/v đôn đốc thực hiện nhiệm vụ ${c.code}`),
  `Kính gửi: ${c.lead}`, '',
  `Thực hiện ${plan(c)}, ${c.lead} được giao chủ trì nhiệm vụ ${task(c)}, thời hạn hoàn thành ${due(c)}.`,
  `Đến ${documentDate(c.facts.decidedOn)}, nhiệm vụ đã quá hạn ${workingDaysText(c.facts.workingDays ?? 0)}. ${c.supervisor} đã nhắc việc, đôn đốc nhưng chưa nhận được ` +
    'kết quả thực hiện hoặc văn bản đề nghị điều chỉnh thời hạn.',
  `${c.supervisor} đề nghị ${c.lead} khẩn trương hoàn thành nhiệm vụ; báo cáo bằng văn bản kết quả thực hiện, nguyên nhân chậm, khó khăn, vướng mắc và thời gian hoàn thành, ` +
    `gửi ${c.supervisor} để tổng hợp, báo cáo ${authorityName(c.input.plan)}.`,
  ...foot(['Như trên', `${c.input.plan.issuer} (để báo cáo)`]),
];

/** Báo cáo nhiệm vụ quá hạn, supervisor to the authority. */
const overdueReport = (c: Context): string[] => [
  ...head(c, `BC-${symbolOf(c, c.facts.supervisor)}`, `BÁO CÁO về nhiệm vụ ${c.code} quá hạn`),
  `Kính gửi: ${c.input.plan.issuer}`, '',
  `Thực hiện ${plan(c)}, ${c.supervisor} kính báo cáo tình hình thực hiện nhiệm vụ ${task(c)} do ${c.lead} chủ trì như sau:`,
  `1. Thời hạn hoàn thành: ${due(c)}. Đến ${documentDate(c.facts.decidedOn)} nhiệm vụ đã quá hạn ${workingDaysText(c.facts.workingDays ?? 0)}.`,
  '2. Quá trình đôn đốc: đã nhắc việc, đôn đốc qua hệ thống theo dõi; đến nay chưa nhận được kết quả hoặc văn bản đề nghị điều chỉnh thời hạn.',
  `3. Kính đề nghị ${authorityName(c.input.plan)} xem xét, cho ý kiến chỉ đạo theo một trong các phương án: (1) gia hạn; (2) điều chỉnh nội dung hoặc đơn vị chủ trì; ` +
    '(3) chuyển tiếp sang kế hoạch khác; (4) kiểm tra việc thực hiện nhiệm vụ.',
  ...foot(['Như trên', c.lead]),
];

const linesOf = (c: Context, rung: 'L3' | 'L4'): string[] => (rung === 'L3' ? urgingLetter(c) : overdueReport(c));

/** The draft that waits for the supervisor's leader. */
export const draftLetter = (c: Context, rung: 'L3' | 'L4'): Block => ({
  type: 'letter', caption: rung === 'L3' ? 'DỰ THẢO CÔNG VĂN ĐÔN ĐỐC' : `DỰ THẢO BÁO CÁO ${authorityName(c.input.plan)}`, lines: linesOf(c, rung),
});

/** What was approved: the leader's own words where there are some, otherwise the draft as it was shown. */
export const approvedLetter = (c: Context, rung: 'L3' | 'L4'): Block => {
  const number = c.facts.value === undefined ? '' : ` số ${c.facts.value}`;
  const text = c.text('text');
  return {
    type: 'letter', caption: rung === 'L3' ? `CÔNG VĂN ĐÔN ĐỐC${number}` : `BÁO CÁO ${authorityName(c.input.plan)}${number}`,
    lines: text === undefined ? linesOf(c, rung) : text.split(/\r?\n/u).map((line, i, all) => (i === all.length - 1 ? asSentence(line) : line)),
  };
};
