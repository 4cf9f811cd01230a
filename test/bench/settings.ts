import type { Log } from '../../activities';

export const LINK_SECRET = 'a secret of the benchmarks, at least 32 characters';
export const SENDER = 'don-doc@thaibinh.example';
export const SETTINGS = { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: `Đôn đốc <${SENDER}>` };
export const SILENT: Log = { info: () => undefined, warn: () => undefined };
