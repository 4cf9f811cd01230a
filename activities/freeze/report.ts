import type { Notice } from '../../domain/notice';
import { type Position, positionOf, type UnitId, unitOf } from '../../domain/plan';
import { dateAt, type Instant } from '../../domain/time';

/** Why a person must act, as a literal in `facts.value`. */
export const FAILURE_REASONS = {
  'no-holder': 'chưa có người giữ chức danh này và các chức danh cấp trên trong đơn vị',
  'empty-seat': 'chức danh này đang trống; thông báo đã chuyển đến chức danh cấp trên trong đơn vị',
  'no-address': 'người giữ chức danh chưa có địa chỉ thư điện tử hoặc số điện thoại để nhận loại thông báo này',
  rejected: 'nơi nhận (máy chủ thư, tổng đài tin nhắn) từ chối thông báo gửi đến chức danh này',
  bounced: 'thông báo đã gửi nhưng bị trả lại hoặc không đến được máy của người nhận',
  'not-delivered': 'đã thử gửi nhiều lần nhưng nơi nhận chưa tiếp nhận',
  unclear: 'chưa rõ thông báo đã đến hay chưa; đề nghị xem mục Thư đi và quyết định gửi lại',
  'still-waiting': 'hết giờ làm việc trong ngày, nơi nhận vẫn chưa tiếp nhận thông báo; bước tiếp theo ghi ở trang "Không gửi được"',
  unsaid: 'chưa lập được nội dung thông báo gửi chức danh này; lý do và bước tiếp theo ghi ở trang "Không gửi được"',
  'no-link-key': 'không còn khóa để lập lại đường dẫn của thông báo này',
} as const;
export type FailureReason = keyof typeof FAILURE_REASONS;
export type Failure = { readonly position: Position; readonly why: FailureReason; readonly plan: string | null; readonly hostUnit: UnitId };

/**
 * Tells the host unit's officer that somebody cannot be reached: once per position and day; an empty seat that is passed over, once a month. Carries
 * no contact.
 */
export const failureNotice = ({ position, why, plan, hostUnit }: Failure, now: Instant): Notice => {
  const day = dateAt(now);
  return {
    key: [plan ?? hostUnit, 'delivery-failed', why, position, why === 'empty-seat' ? day.slice(0, 7) : day].join('|'),
    about: { type: 'position', id: position }, task: null, kind: 'delivery-failed', to: positionOf(hostUnit, 'officer'), channels: ['email'], class: 'digest', group: day,
    reason: why, decidedAt: now, sendAt: now, facts: { lead: unitOf(position), supervisor: hostUnit, decidedOn: day, by: position, value: why },
  };
};

/** The sentence behind `facts.value`; undefined for a notice of another kind. */
export const failureText = ({ kind, facts }: Notice): string | undefined =>
  kind === 'delivery-failed' && facts.value !== undefined && facts.value in FAILURE_REASONS ? FAILURE_REASONS[facts.value as FailureReason] : undefined;
