import pino, { type DestinationStream, type Logger } from 'pino';
import type { Settings } from './env';

export type { Logger } from 'pino';

/**
 * Field names that hold a contact, a name, a text somebody typed or a secret: never written, at the top of a line or
 * one or two levels below.
 */
const PRIVATE_FIELDS = [
  'address', 'addresses', 'email', 'emails', 'phone', 'phones', 'recipient', 'recipients', 'name', 'holder', 'to', 'cc', 'bcc', 'from', 'envelope',
  'token', 'slot', 'secret', 'linkSecret', 'oldLinkSecrets', 'smsCallbackSecret', 'callbackUrl', 'values', 'password', 'pass', 'apiKey', 'authorization', 'cookie', 'nonce',
  'databaseUrl', 'smtpUrl', 'text', 'html', 'body', 'subject', 'summary', 'reasonText', 'deliverable', 'contact',
] as const;
const REDACT_PATHS = PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** What people put between the digits of a phone number. */
const GAP = '[\\s.()\\u2010-\\u2015-]{0,3}';
const DATE = '\\d\\d[.-]\\d\\d[.-]\\d{4}\\b';
const FRACTION = '0\\.\\d+(?![\\w.-])';
/**
 * Numbers of Viet Nam with or without their country, and those of any other country with a plus (E.123); no date, and
 * no fraction.
 */
const PHONES = [
  new RegExp(`(?<!\\w)\\+\\(?\\d(?:${GAP}\\d){7,14}(?!\\w)`, 'gu'),
  new RegExp(`(?<![\\w.-])(?!${DATE}|${FRACTION})\\(?(?:0084|84(?=${GAP}\\d{2})|0)(?:${GAP}\\d){8,10}(?!\\w)`, 'gu'),
];

/**
 * What slips into a sentence: passwords in URLs, calendars (ours and foreign ones, whose addresses are their secret),
 * the secrets behind `/t/`, `/lich/` and of receipts, mail addresses, phone numbers.
 */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,500}@/gi, '$1***@'],
  [/\b(webcals?:\/\/)[^\s"'<>]+/gi, '$1***'],
  [/\b(https?:\/\/[^\s/"'<>]{1,300}\/)[^\s"'<>]{1,2000}?\.ics\b[^\s"'<>]*/gi, '$1***'],
  [/\/(t|lich)\/[^\s"'<>/?#]+/g, '/$1/***'],
  [/\/sms\/receipt\/[^\s"']+/g, '/sms/receipt/***'],
  [/(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+'%-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '***@***'],
  ...PHONES.map((pattern) => [pattern, '***'] as const),
];

/** Secrets of links as people read them out: Crockford's letters, with hyphens or without (links/). */
const TOKEN =
  /(?<![\w-])(?=[-A-Z]*\d)(?=[-\d]*[A-Z])[\dA-HJKMNP-TV-Z]{3,26}(?:-[\dA-HJKMNP-TV-Z]{3,13}){0,8}(?![\w-])/g;
const TOKEN_LENGTHS: readonly number[] = [12, 26];
const hideToken = (found: string): string => (TOKEN_LENGTHS.includes(found.replaceAll('-', '').length) ? '***' : found);

/** A sentence with every address, phone number, password of a URL, calendar and link token blotted out. */
export const blot = (sentence: string): string =>
  SLIPS.reduce((text, [pattern, by]) => text.replace(pattern, by), sentence).replace(TOKEN, hideToken);

const blotError = (error: unknown): unknown =>
  error instanceof Error
    ? { type: error.name, message: blot(error.message), ...(error.stack ? { stack: blot(error.stack) } : {}) }
    : error;

/**
 * A JSON logger in which no address, phone number, token, password or typed text appears, whatever is handed to it.
 * Writes to standard error by default.
 */
export const createLogger = (
  settings: Pick<Settings, 'logLevel'>,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger =>
  pino(
    {
      level: settings.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACT_PATHS, censor: '***' },
      serializers: { err: blotError, error: blotError },
      hooks: {
        logMethod(args, method) {
          method.apply(
            this,
            args.map((arg: unknown) => (typeof arg === 'string' ? blot(arg) : arg)) as Parameters<typeof method>,
          );
        },
      },
    },
    destination,
  );
