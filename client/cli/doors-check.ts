import { randomBytes, randomInt } from 'node:crypto';
import type { Settings } from '../../config/env';
import { readCount } from '../../ledger/tally';
import { isThisMachine } from '../web/loopback';
import { MISSES_ALLOWED, missesOf, UNNAMED } from '../web/link/peer';
import type { Check } from './check';
import type { Context } from './context';

const ANSWER_MS = 5_000;
/** What holds more than one link opens, and what watches the site. */
const SHUT = ['/', '/outbox', '/undelivered', '/metrics'] as const;
const DOCS = 'docs/security.md';

type WithLedger = Pick<Context, 'ledger'>;
type Asked = { readonly status: number; readonly text: string } | { readonly why: string };

/** `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`: what stands in the way, without the address. */
const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);
const reasonOf = (error: unknown): string => String(property(property(error, 'cause'), 'code') ?? property(error, 'name') ?? 'không rõ lý do');
const ask = async (url: string, headers: Record<string, string> = {}): Promise<Asked> => {
  try {
    const answer = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
    return { status: answer.status, text: (await answer.text()).slice(0, 200) };
  } catch (error) {
    return { why: reasonOf(error) };
  }
};

const boardCheck = async ({ publicUrl }: Settings): Promise<Check> => {
  const name = 'board';
  const answers = await Promise.all(SHUT.map(async (path) => [path, await ask(`${publicUrl}${path}`)] as const));
  const open = answers.flatMap(([path, answer]) => ('status' in answer && answer.status >= 200 && answer.status < 300 ? [path] : []));
  if (open.length > 0) return {
    name, state: 'failed', detail: `${publicUrl} cho mọi người xem: ${open.join(', ')}`,
    remedy: `Đặt PUBLIC_URL=${publicUrl} cho tiến trình web rồi khởi động lại; không cho proxy chuyển đến cổng số liệu, hộp thư trình diễn (${DOCS}).`,
  };
  return { name, state: 'ok', detail: `bảng theo dõi, thư và tin nhắn không mở tại ${publicUrl}` };
};

/** One link that is not there, asked for from an address that is not ours: by which peer it was counted says whom the proxy speaks of. */
const peerCheck = async (context: WithLedger, { publicUrl, trustProxy, linkSecret }: Settings): Promise<Check> => {
  const name = 'proxy';
  const remedy = `Đặt TRUST_PROXY=yes và để proxy tự ghi X-Forwarded-For, thay cho giá trị nhận được (${DOCS}).`;
  if (!trustProxy) return {
    name, state: 'failed', detail: 'PUBLIC_URL là địa chỉ công khai mà TRUST_PROXY=no: mọi người dùng bị tính là một; 20 lần mở nhầm chặn đường dẫn SMS của tất cả', remedy,
  };
  const key = linkSecret ?? undefined;
  const ledger = await context.ledger();
  const claimed = `198.18.${randomInt(256)}.${randomInt(256)}`;
  const countOf = (peer: string): Promise<number> => readCount(ledger, missesOf(key, peer, Date.now()));
  const before = await countOf(UNNAMED);
  await ask(`${publicUrl}/t/${randomBytes(6).toString('hex').toUpperCase()}`, { 'x-forwarded-for': claimed });
  if ((await countOf(claimed)) > 0) return { name, state: 'failed', detail: 'proxy chuyển nguyên X-Forwarded-For do người gửi tự ghi: giới hạn số lần mở nhầm không có tác dụng', remedy };
  if (before >= MISSES_ALLOWED || (await countOf(UNNAMED)) > before) return {
    name, state: 'failed', detail: 'proxy không ghi X-Forwarded-For: mọi người dùng bị tính là một; 20 lần mở nhầm chặn đường dẫn SMS của tất cả', remedy,
  };
  return { name, state: 'ok', detail: 'TRUST_PROXY=yes, proxy ghi địa chỉ người gửi' };
};

/** What the public address shows to somebody without a link, and whom the proxy in front of it takes them for. */
export const doorsChecks = async (context: WithLedger, settings: Settings): Promise<readonly Check[]> => {
  const { publicUrl } = settings;
  if (isThisMachine(publicUrl)) return [{ name: 'board', state: 'ok', detail: `chỉ mở trên máy này: ${publicUrl}` }];
  const alive = await ask(`${publicUrl}/healthz`);
  if (!('status' in alive) || alive.status !== 200 || !alive.text.includes('"ok"')) return [{
    name: 'public-url', state: 'warning',
    detail: `không truy cập được ${publicUrl}/healthz: ${'status' in alive ? `trả lời ${alive.status}` : alive.why}; chưa kiểm tra được bên ngoài xem được những gì`,
    remedy: `Kiểm tra tên miền, chứng thư, proxy và tiến trình "dondoc web" (${DOCS}); nếu máy này không ra được địa chỉ công khai, chạy "dondoc doctor" từ máy khác.`,
  }];
  return [await boardCheck(settings), await peerCheck(context, settings)];
};
