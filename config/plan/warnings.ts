import type { PlanHeader, PlanWarning, TaskSpec } from '../../domain/plan';
import { dmy, yearOf } from '../../domain/time';
import type { ReadTask } from './cells';
import type { UnitIndex } from './units';
import { readUnits } from './units';

/** What the warnings of a plan's content need: they hold for a published text and for our own YAML alike. */
export type PlanFacts = { readonly header: PlanHeader; readonly tasks: readonly ReadTask[]; readonly recipients: readonly string[]; readonly index: UnitIndex };

const numbers = (tasks: readonly ReadTask[]): string => tasks.map(({ spec }) => spec.no || spec.id).join(', ');
const rowsOf = (tasks: readonly ReadTask[]): string => `Nhiệm vụ số ${numbers(tasks)}`;
const quoted = (texts: readonly string[]): string => [...new Set(texts)].map((t) => `"${t}"`).join(', ');
type Check = (facts: PlanFacts) => readonly PlanWarning[];
const once = (code: string, tasks: readonly ReadTask[], message: string, proposal: string): readonly PlanWarning[] => (tasks.length === 0 ? [] : [{ code, where: rowsOf(tasks), message, proposal }]);

const noNumber: Check = ({ header }) => (header.number !== null ? [] : [{
  code: 'W01', where: 'Phần đầu văn bản', message: `Thiếu số của văn bản trước "${header.numberSuffix}"`,
  proposal: `Nhập kế hoạch với số để trống, in là "Kế hoạch số …${header.numberSuffix}"; bổ sung bằng lệnh dondoc plan set ${header.code} number=…`,
}]);

const openQuote: Check = ({ tasks }) => tasks.filter(({ spec }) => spec.displayTitle !== undefined).map(({ spec }) => ({
  code: 'W04', where: `Nhiệm vụ số ${spec.no || spec.id}`, message: 'Dấu ngoặc kép mở ra nhưng không đóng lại', proposal: `Giữ nguyên văn; khi hiển thị đóng ngoặc ở cuối: ${spec.displayTitle ?? ''}`,
}));

/** Sets of districts are closed by law; a set of departments is what nobody has listed. */
const isListed = (index: UnitIndex, members: readonly string[]): boolean => members.every((id) => index.units.find((u) => u.id === id)?.type === 'district');

const unlistedGroups: Check = ({ tasks, index }) => {
  const found = tasks.filter(({ coordinating }) => coordinating.some((r) => r.kind === 'group' && !isListed(index, r.group.members)));
  const texts = found.flatMap(({ coordinating }) => coordinating.flatMap((r) => (r.kind === 'group' && !isListed(index, r.group.members) ? [r.text] : [])));
  const sizes = [...new Set(found.map(({ spec }) => spec.coordinating.length))].join(' hoặc ');
  return once('W12', found, `Cột phối hợp ghi ${quoted(texts)} mà không liệt kê đơn vị`, `Hiểu là các đơn vị của nhóm trong danh bạ, trừ đơn vị chủ trì (${sizes} đơn vị phối hợp mỗi nhiệm vụ); bổ sung đơn vị khác theo từng nhiệm vụ`);
};

const openSets: Check = ({ tasks }) => {
  const found = tasks.filter(({ coordinating }) => coordinating.some((r) => r.kind === 'open'));
  const texts = found.flatMap(({ coordinating }) => coordinating.flatMap((r) => (r.kind === 'open' ? [r.text] : [])));
  return once('W13', found, `Cột phối hợp có tập hợp mở ${quoted(texts)}`, 'Để trống; đơn vị chủ trì bổ sung từng đơn vị liên quan khi cần');
};

/** Departments that a set in column 4 may mean, and that "Nơi nhận" does not name. */
const notReceived: Check = ({ tasks, recipients, index }) => {
  if (recipients.length === 0) return [];
  const named = new Set(recipients.flatMap((line) => readUnits(index, line.replace(/^[^:]*:\s*/u, ''))).flatMap((r) => (r.kind === 'unit' ? [r.unit.id] : r.kind === 'group' ? r.group.members : [])));
  const missing = index.units.filter((u) => ['department', 'board'].includes(u.type) && !named.has(u.id));
  const found = tasks.filter(({ coordinating }) => coordinating.some((r) => r.kind === 'open' || (r.kind === 'group' && !isListed(index, r.group.members))));
  return missing.length === 0 ? [] : once('W14', found, `Nơi nhận không có ${missing.length} cơ quan có thể phải phối hợp: ${missing.map((u) => u.shortName).join(', ')}`, 'Đính kèm tệp Kế hoạch trong thư đầu tiên gửi mỗi đơn vị');
};

const hostLeads: Check = ({ tasks, header, index }) => {
  const office = index.directory.units.find((u) => u.id === header.authorityOffice)?.name ?? header.authorityOffice;
  return once('W15', tasks.filter(({ spec }) => spec.lead === header.hostUnit), 'Đơn vị được giao đôn đốc cũng là đơn vị chủ trì', `${office} giám sát và xác nhận các nhiệm vụ này; đơn vị chủ trì không tự xác nhận`);
};

const twoPhases: Check = ({ tasks }) => once(
  'W18', tasks.filter(({ spec }) => spec.kind === 'document-then-programme'), 'Nhiệm vụ gồm hai giai đoạn "xây dựng" và "triển khai" nhưng chỉ có một thời hạn',
  'Thời hạn là của cả nhiệm vụ; đề nghị đơn vị chủ trì đề xuất ngày ban hành của giai đoạn một khi xác nhận tiếp nhận',
);

const namedDistrict: Check = ({ tasks }) => {
  const isDistrict = ({ coordinating }: ReadTask): boolean => coordinating.some((r) => r.kind === 'unit' && r.unit.type === 'district');
  const found = tasks.filter(isDistrict);
  const names = found.flatMap(({ coordinating }) => coordinating.flatMap((r) => (r.kind === 'unit' && r.unit.type === 'district' ? [r.unit.name] : [])));
  return once('W23', found, `Cột phối hợp chỉ nêu đích danh ${[...new Set(names)].join(', ')}`, 'Chỉ liên hệ huyện, thành phố được nêu tên; không gửi các huyện khác');
};

const OUTSIDE = /trung ương (?:đóng )?trên địa bàn|trung ương đóng|cơ quan trung ương/iu;
const outsideBodies: Check = ({ tasks }) => once(
  'W26', tasks.filter(({ spec }) => OUTSIDE.test(spec.title)), 'Nội dung liên quan đến cơ quan ngoài hệ thống của UBND tỉnh (cơ quan Trung ương trên địa bàn)',
  'Đưa vào danh bạ với loại external: được lấy ý kiến, không bị nhắc quá hạn',
);

const YEARS = /(?:giai đoạn|thời kỳ)\s+(?:năm )?(\d{4})\s*[-‐‑‒–—−]\s*(\d{4})/iu;
const scope = ({ title }: TaskSpec): { from: number; to: number } | undefined => {
  const m = YEARS.exec(title);
  return m ? { from: Number(m[1]), to: Number(m[2]) } : undefined;
};
const startedScope: Check = ({ tasks }) => {
  const found = tasks.filter(({ spec }) => spec.kind === 'document' && spec.dueOn !== null && (scope(spec)?.from ?? Infinity) <= yearOf(spec.dueOn));
  const words = found.map(({ spec }) => `số ${spec.no || spec.id}: giai đoạn ${scope(spec)?.from}-${scope(spec)?.to}, hạn ${spec.dueOn === null ? '' : dmy(spec.dueOn)}`);
  return once('W27', found, `Sản phẩm áp dụng cho giai đoạn đã bắt đầu trong hoặc trước năm đến hạn (${words.join('; ')})`, 'Ghi chú rủi ro: chậm ban hành thì mất một phần giai đoạn áp dụng; năm trong tên nhiệm vụ không phải thời hạn');
};

const repeatedNumbers: Check = ({ tasks }) => {
  const key = ({ spec }: ReadTask): string => `${spec.group ?? ''}\n${spec.no}`;
  const counts = new Map<string, ReadTask[]>();
  for (const task of tasks) counts.set(key(task), [...(counts.get(key(task)) ?? []), task]);
  return [...counts.values()].filter((same) => same.length > 1 && same[0]!.spec.no !== '').map((same) => ({
    code: 'W-NO', where: `Nhiệm vụ ${same.map(({ spec }) => spec.id).join(', ')}`, message: `Số thứ tự ${same[0]!.spec.no} xuất hiện ${same.length} lần`,
    proposal: 'Giữ số thứ tự như in; phân biệt bằng mã nhiệm vụ đánh theo thứ tự trong văn bản',
  }));
};

const pastDue: Check = ({ tasks, header }) => once(
  'W-PAST', tasks.filter(({ spec }) => spec.dueOn !== null && spec.dueOn < header.issuedOn), `Thời hạn trước ngày ban hành ${dmy(header.issuedOn)}`, 'Đề nghị kiểm tra lại thời hạn; nếu đúng, hệ thống gửi một thông báo gộp khi bắt đầu',
);

const CHECKS: readonly Check[] = [
  noNumber, openQuote, unlistedGroups, openSets, notReceived, hostLeads, twoPhases, namedDistrict, outsideBodies, startedScope, repeatedNumbers, pastDue,
];

/** The warnings that the content of a plan gives, by code (docs/domain.md, "Defects and ambiguities"). */
export const planWarnings = (facts: PlanFacts): PlanWarning[] => CHECKS.flatMap((check) => check(facts));

/** Sorted by code, the order of the document within one. */
export const inOrder = (warnings: readonly PlanWarning[]): PlanWarning[] => [...warnings].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
