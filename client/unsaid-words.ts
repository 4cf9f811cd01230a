import type { UnsaidOf } from '../ledger/outbox';
import type { Unsayable } from '../ledger/schema';
import type { Word } from './words';

/** Why a notice could not be put into words. */
export const UNSAID_WORDS: Readonly<Record<Unsayable, Word>> = {
  'unknown-kind': ['phiên bản đang chạy chưa có mẫu cho loại thông báo này', 'the running release does not know this kind of notice'],
  unreadable: ['dữ liệu của thông báo không đọc được bằng phiên bản đang chạy', 'the running release cannot read what the notice holds'],
  'no-plan': ['không tìm thấy kế hoạch của thông báo này trong sổ cái', 'the plan of this notice is not in the ledger'],
  'no-words': ['không lập được nội dung thông báo', 'its text could not be made'],
  'not-storable': ['sổ cái không lưu được nội dung thông báo', 'the ledger cannot keep its text'],
};

/** What comes next by itself, and what a person can do. */
export const UNSAID_STEP: Word = [
  'Báo người quản trị hệ thống. Hệ thống tự thử lại vào giờ mở gửi kế tiếp và mỗi khi khởi động, kể cả sau khi nâng cấp; thử ngay: dondoc outbox release --unsaid',
  'Tell the administrator. It is tried again at the next opening and whenever a worker starts, also after an upgrade; to try now: dondoc outbox release --unsaid',
];

/** `tb-skhdt/officer: 2 thông báo, không lập được nội dung thông báo`. */
export const unsaidText = ({ position, why, notices }: UnsaidOf, lang: 0 | 1 = 0): string =>
  `${position}: ${notices} ${(['thông báo', 'notices'] as const)[lang]}, ${UNSAID_WORDS[why][lang]}`;
