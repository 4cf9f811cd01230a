import pino, { type DestinationStream, type Logger } from 'pino';
import type { Settings } from './env';

export type { Logger } from 'pino';

/** Field names that hold a contact, a name, a text somebody typed or a secret: never written, at the top of a line or one or two levels below. */
const PRIVATE_FIELDS = [
  'address', 'addresses', 'email', 'emails', 'phone', 'phones', 'recipient', 'recipients', 'name', 'holder', 'to', 'cc', 'bcc', 'from', 'envelope',
  'token', 'slot', 'secret', 'linkSecret', 'oldLinkSecrets', 'smsCallbackSecret', 'callbackUrl', 'values', 'password', 'pass', 'apiKey', 'authorization', 'cookie', 'nonce',
  'databaseUrl', 'smtpUrl', 'text', 'html', 'body', 'subject', 'summary', 'reasonText', 'deliverable', 'contact',
] as const;
const REDACT_PATHS = PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** What slips into a sentence: addresses, phone numbers, passwords in URLs, tokens behind `/t/`, the secret of receipts. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,500}@/gi, '$1***@'],
  [/\/t\/[A-Za-z0-9_-]{6,}/g, '/t/***'],
  [/\/sms\/receipt\/[^\s"']+/g, '/sms/receipt/***'],
  [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g, '***@***'],
  [/(?<![\w-])(?:\+84|0084|0)\d{8,10}(?!\w)/g, '***'],
];

/** A sentence with every address, phone number, password of a URL and link token blotted out. */
export const blot = (sentence: string): string => SLIPS.reduce((text, [pattern, by]) => text.replace(pattern, by), sentence);

const blotError = (error: unknown): unknown =>
  error instanceof Error ? { type: error.name, message: blot(error.message), ...(error.stack ? { stack: blot(error.stack) } : {}) } : error;

/** A JSON logger in which no address, phone number, token, password or typed text appears, whatever is handed to it. Writes to standard error by default. */
export const createLogger = (settings: Pick<Settings, 'logLevel'>, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger =>
  pino(
    {
      level: settings.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACT_PATHS, censor: '***' },
      serializers: { err: blotError, error: blotError },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg: unknown) => (typeof arg === 'string' ? blot(arg) : arg)) as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
