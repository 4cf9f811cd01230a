import type { PlanHeader, Unit, UnitId } from '../../domain/plan';
import type { TaskEvent } from '../../domain/task';
import type { CivilDate } from '../../domain/time';
import { authorityName, planName, unitAddress, unitName } from '../context';
import type { Signer, TaskRecord } from '../record';
import { documentDate, workingDaysText } from '../words';
import { findings, urgedBefore } from './findings';
import { type RecordRow, recordRows } from './history';

export type LetterRung = 'L3' | 'L4';

/** What a letter is about. `on`: the day it speaks of, and is dated unless `datedOn` says otherwise; `workingDays`: late by then; `text`: the leader's own words instead of ours; `record`: left out where nothing but the dates is known. */
export type LetterMatter = {
  readonly plan: PlanHeader; readonly units: Readonly<Record<UnitId, Unit>>; readonly code: string; readonly title: string; readonly rung: LetterRung;
  readonly lead: UnitId; readonly supervisor: UnitId; readonly dueOn: CivilDate | null; readonly on: CivilDate; readonly workingDays: number;
  readonly number?: string; readonly datedOn?: CivilDate; readonly text?: string; readonly record?: TaskRecord;
};

/** A công văn (L3) or báo cáo (L4) by its parts, as Nghị định 30/2020/NĐ-CP, Phụ lục I and III (mẫu 1.4, 1.5) places them. */
export type Letter = {
  readonly rung: LetterRung;
  readonly issuer: string; readonly sender: string;
  readonly number: string; readonly placeAndDate: string;
  /** `V/v đôn đốc …` of a công văn, or what a báo cáo is about. */
  readonly about: string;
  readonly to: string;
  readonly body: readonly string[];
  readonly copies: readonly string[];
  readonly signerTitle: readonly string[]; readonly signerName: string;
  readonly annex: { readonly title: string; readonly of: string; readonly rows: readonly RecordRow[] } | null;
  readonly on: CivilDate; readonly code: string;
};

/** Where the issuing authority sits: "Thái Bình", from "Ủy ban nhân dân tỉnh Thái Bình"; nothing where the name does not say. */
const placeOf = (issuer: string): string | undefined => /(?:tỉnh|thành phố)\s+(.+)$/u.exec(issuer.normalize('NFC'))?.[1];

/** `12/SCT` of a công văn, `12/BC-SCT` of a báo cáo, where only `12` was entered; an ellipsis where nothing was. */
const fullNumber = ({ units, supervisor }: LetterMatter, rung: LetterRung, number = '…'): string => {
  const symbol = (units[supervisor]?.shortName ?? supervisor).replace(/^Sở /u, '').replace(/\s+/gu, '');
  return number.includes('/') ? number : `${number}/${rung === 'L4' ? 'BC-' : ''}${symbol}`;
};
const withFullNumber = (m: LetterMatter, event: TaskEvent): TaskEvent =>
  (event.type !== 'acted' || event.act !== 'approve-letter' || event.fields.number === undefined ? event
    : { ...event, fields: { ...event.fields, number: fullNumber(m, event.result.letter ?? 'L3', event.fields.number) } });

const TITLES: Readonly<Record<string, string>> = { 'quý Sở': 'GIÁM ĐỐC', 'quý Ban': 'TRƯỞNG BAN', 'quý Văn phòng': 'CHÁNH VĂN PHÒNG' };
/** A deputy signs "KT." (ký thay) under the title of the one it stands in for: Nghị định 30/2020/NĐ-CP, Điều 13 khoản 1, Phụ lục I mục II.7. */
const signerTitle = ({ units, supervisor }: LetterMatter, signer: Signer | undefined): string[] => {
  const title = TITLES[unitAddress(units, supervisor)] ?? 'THỦ TRƯỞNG ĐƠN VỊ';
  return signer?.isDeputy === true ? [`KT. ${title}`, title === 'THỦ TRƯỞNG ĐƠN VỊ' ? 'PHÓ THỦ TRƯỞNG' : `PHÓ ${title}`] : [title];
};

type Said = LetterMatter & { readonly leadName: string; readonly sender: string; readonly names: (unit: UnitId) => string };
const due = ({ dueOn }: LetterMatter): string => (dueOn === null ? 'theo Kế hoạch' : documentDate(dueOn));
const basis = ({ plan }: LetterMatter): string => `${planName(plan, documentDate)} của ${plan.issuer}`;
const task = ({ title, code }: LetterMatter): string => `"${title.replace(/"/gu, "'")}" (mã nhiệm vụ ${code})`;
const urged = ({ record }: LetterMatter): string => {
  const before = record === undefined ? '' : urgedBefore(record);
  return before === '' ? 'đã nhắc việc, đôn đốc' : `đã nhắc việc, đôn đốc (${before})`;
};
const found = ({ record, names, leadName }: Said): readonly string[] => (record === undefined ? [] : findings(record, names, leadName));

/** Công văn đôn đốc, supervisor to lead: "đề nghị", for it may not command a unit of its own rank. */
const urgingBody = (m: Said): string[] => [
  `Thực hiện ${basis(m)}, ${m.leadName} được giao chủ trì nhiệm vụ ${task(m)}, thời hạn hoàn thành ${due(m)}.`,
  `Đến ${documentDate(m.on)}, nhiệm vụ đã quá hạn ${workingDaysText(m.workingDays)}. ${m.sender} ${urged(m)} nhưng chưa nhận được ` +
    'kết quả thực hiện hoặc văn bản đề nghị điều chỉnh thời hạn.',
  ...found(m),
  `${m.sender} đề nghị ${m.leadName} khẩn trương hoàn thành nhiệm vụ; báo cáo bằng văn bản kết quả thực hiện, nguyên nhân chậm, khó khăn, vướng mắc và thời gian hoàn thành, ` +
    `gửi ${m.sender} để tổng hợp, báo cáo ${authorityName(m.plan)}.`,
];

/** Báo cáo nhiệm vụ quá hạn, supervisor to the authority: only that one may adjust or direct. */
const reportBody = (m: Said): string[] => [
  `Thực hiện ${basis(m)}, ${m.sender} kính báo cáo tình hình thực hiện nhiệm vụ ${task(m)} do ${m.leadName} chủ trì như sau:`,
  `1. Thời hạn hoàn thành: ${due(m)}. Đến ${documentDate(m.on)} nhiệm vụ đã quá hạn ${workingDaysText(m.workingDays)}.`,
  `2. Quá trình đôn đốc: ${urged(m)} qua hệ thống theo dõi; đến nay chưa nhận được kết quả hoặc văn bản đề nghị điều chỉnh thời hạn.`,
  ...found(m),
  `3. Kính đề nghị ${authorityName(m.plan)} xem xét, cho ý kiến chỉ đạo theo một trong các phương án: (1) gia hạn; (2) điều chỉnh nội dung hoặc đơn vị chủ trì; ` +
    '(3) chuyển tiếp sang kế hoạch khác; (4) kiểm tra việc thực hiện nhiệm vụ.',
];

const ownWords = (text: string): string[] => text.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '');

const annexOf = (m: Said, number: string): Letter['annex'] => {
  const rows = m.record === undefined ? [] : recordRows(m.record, m.names);
  const kind = m.rung === 'L3' ? 'Công văn' : 'Báo cáo';
  return rows.length === 0 ? null
    : { title: `QUÁ TRÌNH THỰC HIỆN, ĐÔN ĐỐC NHIỆM VỤ ${m.code}`, of: `(Kèm theo ${kind} số ${number} ${documentDate(m.datedOn ?? m.on)} của ${m.sender})`, rows };
};

/** The letter of a matter, with the task's whole history as its annex. Pure: the same matter gives the same letter. */
export const letterOf = (matter: LetterMatter): Letter => {
  const { plan, units, rung } = matter;
  const record = matter.record && { ...matter.record, events: matter.record.events.map((e) => withFullNumber(matter, e)) };
  const names = (unit: UnitId): string => unitName(units, unit);
  const m: Said = { ...matter, ...(record === undefined ? {} : { record }), names, leadName: names(matter.lead), sender: names(matter.supervisor) };
  const place = placeOf(plan.issuer);
  const number = fullNumber(m, rung, matter.number);
  return {
    rung, issuer: plan.issuer, sender: m.sender, number, placeAndDate: `${place === undefined ? '' : `${place}, `}${documentDate(m.datedOn ?? m.on)}`,
    about: rung === 'L3' ? `V/v đôn đốc thực hiện nhiệm vụ ${m.code}` : `Về nhiệm vụ ${m.code} quá hạn`, to: rung === 'L3' ? m.leadName : plan.issuer,
    body: matter.text === undefined ? (rung === 'L3' ? urgingBody(m) : reportBody(m)) : ownWords(matter.text),
    copies: ['Như trên', rung === 'L3' ? `${plan.issuer} (để báo cáo)` : m.leadName],
    signerTitle: signerTitle(m, record?.signer), signerName: record?.signer?.name ?? '', annex: annexOf(m, number), on: m.datedOn ?? m.on, code: m.code,
  };
};
