import type { Ledger } from '../../ledger/connect';
import { type Durability, readDurability } from '../../ledger/durability';
import type { Check } from './check';

const NAME = 'durability';
const warning = (detail: string, remedy: string): Check => ({ name: NAME, state: 'warning', detail, remedy });
const MAY_REPEAT = 'việc vừa ghi có thể mất và thư đã gửi có thể bị gửi lại';

const NOT_FLUSHED: Check = {
  name: NAME,
  state: 'failed',
  detail: 'PostgreSQL đang tắt fsync hoặc full_page_writes: mất điện có thể làm hỏng sổ cái',
  remedy: 'Đặt fsync = on và full_page_writes = on trong postgresql.conf, rồi nạp lại cấu hình (pg_ctl reload).',
};
const NOT_WAITED = warning(
  `synchronous_commit = off: khi máy chủ PostgreSQL gặp sự cố, ${MAY_REPEAT}`,
  'Đặt synchronous_commit = on, ví dụ ALTER ROLE dondoc SET synchronous_commit = on, rồi khởi động lại dondoc.',
);
const unsynchronised = (standbys: number): Check =>
  warning(
    `${standbys} máy dự phòng nhận dữ liệu không đồng bộ: khi chuyển sang máy dự phòng, ${MAY_REPEAT}`,
    'Đặt synchronous_standby_names (nêu máy dự phòng) và synchronous_commit = on trên máy chính.',
  );
const kept = (standbys: number): Check => ({
  name: NAME,
  state: 'ok',
  detail: `PostgreSQL giữ những gì đã ghi${standbys === 0 ? '' : `, cùng ${standbys} máy dự phòng`}`,
});

/**
 * What the promise of delivery asks of PostgreSQL: something committed is not forgotten, by a power failure or by a
 * change to a replica.
 */
export const durabilityOf = (found: Durability): readonly Check[] => {
  const { isFlushed, synchronousCommit, standbys, waitsForStandby } = found;
  const isWaitedFor = waitsForStandby && synchronousCommit !== 'local';
  const wrong = [
    ...(isFlushed ? [] : [NOT_FLUSHED]),
    ...(synchronousCommit === 'off' ? [NOT_WAITED] : []),
    ...(standbys === 0 || synchronousCommit === 'off' || isWaitedFor ? [] : [unsynchronised(standbys)]),
  ];
  return wrong.length > 0 ? wrong : [kept(standbys)];
};

export const durabilityCheck = async (db: Ledger): Promise<readonly Check[]> => durabilityOf(await readDurability(db));
