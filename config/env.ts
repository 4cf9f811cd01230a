import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Instant, parseInstant } from '../domain/time';
import { type GatewayProblem, type GatewaySettings, readGatewaySettings, SHIPPED_GATEWAYS } from './gateways/read';

/** A process environment as a value; only {@link processEnv} touches the real one. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The environment of this process, for who passes it on to a child or to Temporal's own reader of `TEMPORAL_*`. */
export const processEnv = (): Env => process.env;

/** Bytes of messages are kept for three years unless told otherwise. */
export const KEEP_BODIES_DAYS = 1_095;
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting, checked. `null` where it was left out and nothing replaces it. */
export type Settings = {
  /** `host:port` of a Temporal server that runs already. TLS, API key and namespace are read by Temporal's own reader. */
  readonly temporalAddress: string | null;
  /** PostgreSQL of the ledger; `null` means the embedded one. */
  readonly databaseUrl: string | null;
  /** Absolute folder of the embedded mode's data. */
  readonly home: string;
  /** No slash at the end. */
  readonly publicUrl: string;
  /** Base of links in SMS, no slash at the end; the public address where no shorter one is set. */
  readonly smsPublicUrl: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Mails a second, over all connections; `null`: as many as the relay takes. */
  readonly mailRate: number | null;
  /** Address that reports of mails come to, with one `*` in its local part where the report's id goes; `null`: the sender's own address. */
  readonly returnPath: string | null;
  /** Mailbox of bounces and answers, with user and password; the path names the folder. */
  readonly imapUrl: string | null;
  /** What mails are signed with; `keyFile` is absolute. `null`: the relay signs, or nobody does. */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
  /** The administrator's address, for what the audit finds; null: nobody is told by mail. */
  readonly admin: string | null;
  /** A dead man's switch that the audit pings; holds a secret, never printed. */
  readonly pingUrl: string | null;
  /** The phone that the audit's test messages go to, in E.164; null: none are sent. */
  readonly canaryPhone: string | null;
  /** Key of every link and of every act: at least 32 characters. Never printed. */
  readonly linkSecret: string | null;
  /** Keys from before the last change: what was made with them is still known. Never printed. */
  readonly oldLinkSecrets: readonly string[];
  readonly logLevel: LogLevel;
  /** A reverse proxy in front of the web says whose request it is (`X-Forwarded-For`); false: nobody's word is taken for it. */
  readonly trustProxy: boolean;
  /** Demonstrations and tests only: where our time starts, and how many of our seconds pass in one. */
  readonly clock: { readonly from: Instant; readonly rate: number } | null;
  /** A start that would cause more messages than this on its first day is held until a person releases it. */
  readonly holdOver: number;
  /** Messages of a day in all, those that cannot wait apart; what is beyond it leaves on the next working day. */
  readonly dailyLimit: number;
  /** Days for which bytes and preview of a message are kept after it was frozen. */
  readonly keepBodiesDays: number;
  readonly webPort: number;
  /** Where probes and figures are served: the web's port; a worker takes the one above (any free one where 0 was asked for). */
  readonly metrics: { readonly hostname: string; readonly webPort: number; readonly workerPort: number };
  /** The gateway for text messages with every `SMS_…` that its description names; null where there is none. Values are never printed. */
  readonly sms: GatewaySettings | null;
  /** The secret in the path of receipts, at least 32 characters: null where none are taken. Never printed. */
  readonly smsCallbackSecret: string | null;
  /** Path of the `temporal` program to start in the embedded mode. */
  readonly temporalCli: string | null;
};

/** `accepted` says what may stand there; a problem never repeats the value, which may hold a password. */
export type SettingProblem = { readonly variable: string; readonly message: string; readonly accepted: string };

/** All settings that are wrong, at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly SettingProblem[]) {
    super(['Cấu hình chưa hợp lệ:', ...problems.map((p) => `- ${p.variable}: ${p.message}. Giá trị được chấp nhận: ${p.accepted}`)].join('\n'));
  }
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
const urlOf = (...protocols: string[]) => (text: string): boolean => URL.canParse(text) && protocols.includes(new URL(text).protocol);
const isHostAndPort = (text: string): boolean => /^[^\s/:]+(?:\.[^\s/:]+)*:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(text);
const isSender = (text: string): boolean => /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(text);
const isWebBase = (text: string): boolean => urlOf('http:', 'https:')(text) && new URL(text).search === '' && new URL(text).hash === '';
const isImap = (text: string): boolean => urlOf('imap:', 'imaps:')(text) && new URL(text).username !== '' && new URL(text).hostname !== '';
/** The id is 37 characters; a local part has 64 at most (RFC 5321, 4.5.3.1.1). */
const isReturnPath = (text: string): boolean => /^[^\s<>@*]{0,27}\*[^\s<>@*]{0,27}@[^\s<>@*]+$/.test(text) && text.indexOf('@') <= 28;
const isDomain = (text: string): boolean => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text);
const isSelector = (text: string): boolean => /^[\w-]+(?:\.[\w-]+)*$/.test(text);
const isRate = (text: string): boolean => /^\d{1,4}(?:\.\d{1,3})?$/.test(text) && Number(text) > 0;
const isAddress = (text: string): boolean => /^[^\s<>@]+@[^\s<>@]+$/.test(text);
const isPhone = (text: string): boolean => /^\+84\d{8,10}$/.test(text);
const isHost = (text: string): boolean => isIP(text) !== 0 || text === 'localhost';
const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

const parseClock = (text: string): Settings['clock'] | undefined => {
  const [start = '', rate = '1', ...rest] = text.split(',').map((part) => part.trim());
  const from = parseInstant(start);
  const speed = Number(rate);
  return from === undefined || rest.length > 0 || !(speed > 0 && Number.isFinite(speed)) ? undefined : { from, rate: speed };
};

type Rule = { readonly isValid: (text: string) => boolean; readonly message: string; readonly accepted: string };
const PORT: Rule = { isValid: isPort, message: 'không phải số cổng', accepted: 'số nguyên từ 0 đến 65535' };
const WEB_BASE: Rule = { isValid: isWebBase, message: 'không phải địa chỉ web', accepted: 'https://tên-máy hoặc http://tên-máy:cổng, không có dấu ? và #' };

const COUNT: Rule = { isValid: (text) => /^[1-9]\d{0,6}$/.test(text), message: 'không phải số tin', accepted: 'số nguyên từ 1 đến 9999999' };

const RULES = {
  TEMPORAL_ADDRESS: { isValid: isHostAndPort, message: 'không phải địa chỉ máy chủ Temporal', accepted: 'tên-máy:cổng, ví dụ temporal.example:7233' },
  DATABASE_URL: { isValid: urlOf('postgres:', 'postgresql:'), message: 'không phải địa chỉ PostgreSQL', accepted: 'postgres://người-dùng:mật-khẩu@tên-máy:cổng/cơ-sở-dữ-liệu' },
  DONDOC_HOME: { isValid: (text) => !text.includes('\0'), message: 'không phải đường dẫn thư mục', accepted: 'đường dẫn một thư mục' },
  PUBLIC_URL: WEB_BASE,
  SMS_PUBLIC_URL: WEB_BASE,
  SMTP_URL: { isValid: urlOf('smtp:', 'smtps:'), message: 'không phải địa chỉ máy chủ thư', accepted: 'smtp://tên-máy:cổng hoặc smtps://người-dùng:mật-khẩu@tên-máy:cổng' },
  MAIL_FROM: { isValid: isSender, message: 'không phải địa chỉ người gửi', accepted: 'Tên hiển thị <ten@don-vi.example>' },
  MAIL_RATE: { isValid: isRate, message: 'không phải số thư mỗi giây', accepted: 'số lớn hơn 0, ví dụ 5 hoặc 0.5' },
  MAIL_RETURN_PATH: { isValid: isReturnPath, message: 'không phải địa chỉ nhận báo lỗi', accepted: 'địa chỉ có một dấu * trước @, ví dụ don-doc+*@don-vi.example; phần trước @ dài không quá 28 ký tự' },
  IMAP_URL: { isValid: isImap, message: 'không phải địa chỉ hộp thư', accepted: 'imaps://người-dùng:mật-khẩu@tên-máy/INBOX' },
  DKIM_DOMAIN: { isValid: isDomain, message: 'không phải tên miền', accepted: 'tên miền của địa chỉ người gửi, ví dụ don-vi.example' },
  DKIM_SELECTOR: { isValid: isSelector, message: 'không phải tên khóa DKIM', accepted: 'chữ không dấu và số, ví dụ dondoc2026' },
  DKIM_KEY_FILE: { isValid: (text) => !text.includes('\0'), message: 'không phải đường dẫn tệp', accepted: 'đường dẫn tệp khóa riêng RSA (PEM)' },
  DONDOC_ADMIN: { isValid: isAddress, message: 'không phải địa chỉ thư điện tử', accepted: 'một địa chỉ thư, ví dụ quan-tri@don-vi.example' },
  DONDOC_PING_URL: { isValid: urlOf('http:', 'https:'), message: 'không phải địa chỉ web', accepted: 'https://tên-máy/đường-dẫn' },
  DONDOC_CANARY_PHONE: { isValid: isPhone, message: 'không phải số điện thoại', accepted: 'số điện thoại Việt Nam, bắt đầu bằng +84' },
  DONDOC_LINK_SECRET: { isValid: (text) => text.length >= 32, message: 'khóa bí mật quá ngắn', accepted: 'chuỗi ngẫu nhiên ít nhất 32 ký tự' },
  DONDOC_LINK_SECRET_OLD: {
    isValid: (text) => wordsOf(text).every((secret) => secret.length >= 32), message: 'khóa bí mật quá ngắn',
    accepted: 'các khóa cũ của DONDOC_LINK_SECRET, cách nhau bằng dấu cách',
  },
  TRUST_PROXY: { isValid: (text) => ['yes', 'no'].includes(text), message: 'không phải yes hoặc no', accepted: 'yes hoặc no' },
  LOG_LEVEL: { isValid: (text) => (LOG_LEVELS as readonly string[]).includes(text), message: 'không phải mức nhật ký', accepted: LOG_LEVELS.join(', ') },
  DONDOC_CLOCK: { isValid: (text) => parseClock(text) !== undefined, message: 'không phải đồng hồ trình diễn', accepted: 'ngày bắt đầu, tốc độ; ví dụ 2018-10-22T08:00,3600' },
  SMS_GATEWAY: { isValid: (text) => !text.includes('\0'), message: 'không phải tên tổng đài', accepted: `${SHIPPED_GATEWAYS.join(', ')}, hoặc đường dẫn một tệp YAML` },
  SMS_CALLBACK_SECRET: { isValid: (text) => /^[A-Za-z0-9_-]{32,200}$/.test(text), message: 'khóa bí mật quá ngắn hoặc có dấu', accepted: 'chuỗi ngẫu nhiên ít nhất 32 chữ cái và chữ số' },
  DONDOC_HOLD_OVER: COUNT,
  DONDOC_DAILY_LIMIT: COUNT,
  DONDOC_KEEP_BODIES_DAYS: COUNT,
  DONDOC_WEB_PORT: PORT,
  DONDOC_METRICS_PORT: {
    ...PORT, isValid: (text) => isPort(text) && Number(text) < 65_535, accepted: 'số nguyên từ 0 đến 65534; tiến trình xử lý dùng cổng kế tiếp',
  },
  DONDOC_METRICS_HOST: { isValid: isHost, message: 'không phải địa chỉ của máy này', accepted: '127.0.0.1, 0.0.0.0, :: hoặc một địa chỉ IP của máy này' },
  DONDOC_TEMPORAL_CLI: { isValid: (text) => !text.includes('\0'), message: 'không phải đường dẫn tệp', accepted: 'đường dẫn đến chương trình temporal' },
} as const satisfies Record<string, Rule>;
type Variable = keyof typeof RULES;

/** A blank value counts as left out, as in most shells' `export NAME=`. */
const variable = (name: Variable) =>
  z.string().optional().transform((text) => (text?.trim() ? text.trim() : undefined)).refine((text) => text === undefined || RULES[name].isValid(text), { error: RULES[name].message });

const schema = z.object({
  TEMPORAL_ADDRESS: variable('TEMPORAL_ADDRESS'), DATABASE_URL: variable('DATABASE_URL'), DONDOC_HOME: variable('DONDOC_HOME'),
  PUBLIC_URL: variable('PUBLIC_URL'), SMS_PUBLIC_URL: variable('SMS_PUBLIC_URL'), SMTP_URL: variable('SMTP_URL'), MAIL_FROM: variable('MAIL_FROM'),
  MAIL_RATE: variable('MAIL_RATE'), MAIL_RETURN_PATH: variable('MAIL_RETURN_PATH'), IMAP_URL: variable('IMAP_URL'),
  DKIM_DOMAIN: variable('DKIM_DOMAIN'), DKIM_SELECTOR: variable('DKIM_SELECTOR'), DKIM_KEY_FILE: variable('DKIM_KEY_FILE'),
  DONDOC_ADMIN: variable('DONDOC_ADMIN'), DONDOC_PING_URL: variable('DONDOC_PING_URL'), DONDOC_CANARY_PHONE: variable('DONDOC_CANARY_PHONE'),
  DONDOC_LINK_SECRET: variable('DONDOC_LINK_SECRET'), DONDOC_LINK_SECRET_OLD: variable('DONDOC_LINK_SECRET_OLD'),
  LOG_LEVEL: variable('LOG_LEVEL'), TRUST_PROXY: variable('TRUST_PROXY'), DONDOC_CLOCK: variable('DONDOC_CLOCK'),
  SMS_GATEWAY: variable('SMS_GATEWAY'), SMS_CALLBACK_SECRET: variable('SMS_CALLBACK_SECRET'), DONDOC_HOLD_OVER: variable('DONDOC_HOLD_OVER'), DONDOC_DAILY_LIMIT: variable('DONDOC_DAILY_LIMIT'),
  DONDOC_KEEP_BODIES_DAYS: variable('DONDOC_KEEP_BODIES_DAYS'),
  DONDOC_WEB_PORT: variable('DONDOC_WEB_PORT'), DONDOC_METRICS_PORT: variable('DONDOC_METRICS_PORT'), DONDOC_METRICS_HOST: variable('DONDOC_METRICS_HOST'),
  DONDOC_TEMPORAL_CLI: variable('DONDOC_TEMPORAL_CLI'),
});

const problemsOf = (issues: readonly z.core.$ZodIssue[]): SettingProblem[] =>
  issues.map((issue) => {
    const name = String(issue.path[0]) as Variable;
    return { variable: name, message: issue.message, accepted: RULES[name].accepted };
  });
/** The gateway that `SMS_GATEWAY` names; problems of its file and of its settings are problems of the settings. */
const smsOf = (env: Env, cwd: string): { readonly sms: GatewaySettings | null; readonly problems: readonly GatewayProblem[] } => {
  const named = env['SMS_GATEWAY']?.trim();
  const read = named ? readGatewaySettings(named, env, cwd) : undefined;
  if (read === undefined) return { sms: null, problems: [] };
  return read.ok ? { sms: read.value, problems: [] } : { sms: null, problems: read.problems };
};
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

type Values = z.output<typeof schema>;

/** All three or none: a signature that lacks one would be left out unseen. */
const DKIM = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const;
const dkimOf = (v: Values, cwd: string): Settings['dkim'] => {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = v;
  if (domain !== undefined && selector !== undefined && keyFile !== undefined) return { domain, selector, keyFile: resolve(cwd, keyFile) };
  if (DKIM.every((name) => v[name] === undefined)) return null;
  const missing = DKIM.filter((name) => v[name] === undefined);
  throw new SettingsError(missing.map((name) => ({ variable: name, message: 'chưa được đặt, dù đã đặt biến DKIM khác', accepted: RULES[name].accepted })));
};

const servicesOf = (v: Values, cwd: string) => ({
  temporalAddress: v.TEMPORAL_ADDRESS ?? null,
  databaseUrl: v.DATABASE_URL ?? null,
  home: resolve(cwd, v.DONDOC_HOME ?? '.dondoc'),
  temporalCli: v.DONDOC_TEMPORAL_CLI === undefined ? null : resolve(cwd, v.DONDOC_TEMPORAL_CLI),
  logLevel: LOG_LEVELS.find((level) => level === v.LOG_LEVEL) ?? 'info',
  clock: v.DONDOC_CLOCK === undefined ? null : (parseClock(v.DONDOC_CLOCK) ?? null),
});

const mailOf = (v: Values, cwd: string) => ({
  smtpUrl: v.SMTP_URL ?? null,
  mailFrom: v.MAIL_FROM ?? 'Đôn đốc <don-doc@thaibinh.example>',
  mailRate: v.MAIL_RATE === undefined ? null : Number(v.MAIL_RATE),
  returnPath: v.MAIL_RETURN_PATH ?? null,
  imapUrl: v.IMAP_URL ?? null,
  dkim: dkimOf(v, cwd),
  holdOver: Number(v.DONDOC_HOLD_OVER ?? 300),
  dailyLimit: Number(v.DONDOC_DAILY_LIMIT ?? 20_000),
  keepBodiesDays: Number(v.DONDOC_KEEP_BODIES_DAYS ?? KEEP_BODIES_DAYS),
});

const metricsOf = (v: Values): Settings['metrics'] => {
  const webPort = Number(v.DONDOC_METRICS_PORT ?? 9464);
  return { hostname: v.DONDOC_METRICS_HOST ?? '127.0.0.1', webPort, workerPort: webPort === 0 ? 0 : webPort + 1 };
};

const sitesOf = (v: Values) => {
  const webPort = Number(v.DONDOC_WEB_PORT ?? 8080);
  const publicUrl = withoutSlash(v.PUBLIC_URL ?? `http://127.0.0.1:${webPort}`);
  return {
    webPort, publicUrl, smsPublicUrl: withoutSlash(v.SMS_PUBLIC_URL ?? publicUrl),
    metrics: metricsOf(v),
    admin: v.DONDOC_ADMIN ?? null, pingUrl: v.DONDOC_PING_URL ?? null, canaryPhone: v.DONDOC_CANARY_PHONE ?? null,
    linkSecret: v.DONDOC_LINK_SECRET ?? null,
    oldLinkSecrets: wordsOf(v.DONDOC_LINK_SECRET_OLD ?? ''),
    trustProxy: v.TRUST_PROXY === 'yes',
  };
};

/** Reads every setting, or throws {@link SettingsError} with all problems at once. Relative folders are relative to `cwd`. */
export const readSettings = (env: Env, cwd: string = process.cwd()): Settings => {
  const read = schema.safeParse(env);
  const { sms, problems } = smsOf(env, cwd);
  if (!read.success || problems.length > 0) throw new SettingsError([...problemsOf(read.error?.issues ?? []), ...problems]);
  const v = read.data;
  return { ...servicesOf(v, cwd), ...mailOf(v, cwd), ...sitesOf(v), sms, smsCallbackSecret: v.SMS_CALLBACK_SECRET ?? null };
};
