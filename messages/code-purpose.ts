import type { Context } from './context';
import { actName } from './words';

const OPENS = { board: 'Mở bảng theo dõi, thư và tin nhắn', calendar: 'Tạo đường dẫn lịch thời hạn' } as const;

/**
 * What a one-time code is for, as whoever gets it reads it: somebody who did not ask for this sees that something is
 * wrong.
 */
export const codePurpose = ({ facts }: Pick<Context, 'facts'>): string =>
  facts.act === undefined ? OPENS[facts.opens ?? 'board'] : actName(facts.act);
