/** What `up` was asked for. */
export type UpFlags = { readonly fresh: boolean; readonly realClock: boolean; readonly help: boolean };
export class UnknownFlag extends Error {
  override readonly name = 'UnknownFlag';
  constructor(readonly flag: string) {
    super(`Không có tùy chọn ${flag}.\n${USAGE}`);
  }
}

export const USAGE = [
  'Cách dùng: npm start [-- --fresh] [-- --real-clock]',
  '  --fresh       xóa dữ liệu trình diễn và bắt đầu lại từ ngày 22/10/2018',
  '  --real-clock  chạy theo thời gian thực, trong thư mục dữ liệu riêng, để dùng thật trên một máy',
].join('\n');

const KNOWN = { '--fresh': 'fresh', '--real-clock': 'realClock', '--help': 'help', '-h': 'help' } as const;
const isKnown = (flag: string): flag is keyof typeof KNOWN => flag in KNOWN;

/** @throws UnknownFlag */
export const readFlags = (argv: readonly string[]): UpFlags => {
  const flags = { fresh: false, realClock: false, help: false };
  for (const flag of argv) {
    if (!isKnown(flag)) throw new UnknownFlag(flag);
    flags[KNOWN[flag]] = true;
  }
  return flags;
};
