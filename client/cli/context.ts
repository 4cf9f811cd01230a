import type { Client } from '@temporalio/client';
import { createHash } from 'node:crypto';
import { readSettings, type Settings } from '../../config/env';
import type { WorkingCalendar } from '../../domain/calendar';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { type CivilDate, dateAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { siteKey } from '../link-key';
import { calendarOf, ledgerAddress, ourNow, type Services } from '../services';
import type { ActDoor } from '../tasks';
import { type CliError, usage } from './errors';
import type { Io } from './io';
import { createOutput, type Lang, type Output } from './output';

/** What one command works with; services are opened when first asked for and closed at the end. */
export type Context = {
  readonly io: Io;
  readonly out: Output;
  readonly settings: () => Settings;
  readonly ledger: () => Promise<Ledger>;
  readonly temporal: () => Promise<Client>;
  /** By which acts go out. @throws Unreachable, CliError where this machine has no key to seal them with */
  readonly door: () => Promise<ActDoor>;
  /** The instant of the installation's clock. */
  readonly now: () => Promise<Instant>;
  readonly today: () => Promise<CivilDate>;
  /** The calendar on record where a ledger is set up, else the one that is shipped: no server is needed for it. */
  readonly calendar: () => Promise<WorkingCalendar>;
  /** Opaque id of who types. */
  readonly operator: string;
  readonly close: () => Promise<void>;
};

const once = <T>(make: () => Promise<T>): { readonly get: () => Promise<T>; readonly made: () => Promise<T> | undefined } => {
  let value: Promise<T> | undefined;
  return { get: () => (value ??= make()), made: () => value };
};

export const operatorId = (user: string): string => `os-${createHash('sha256').update(user).digest('hex').slice(0, 12)}`;

const noKey = (out: Output): CliError => usage(
  'no-key',
  out.say(
    'Máy này chưa có khóa DONDOC_LINK_SECRET của hệ thống, nên việc gửi đi sẽ không được công nhận; chưa ghi nhận gì. Đặt cùng giá trị như của worker và web.',
    'This machine lacks the DONDOC_LINK_SECRET of the installation, and what it sends would not be taken; nothing was recorded. Set the value of worker and web.',
  ),
);

/** The workers know another key than this machine's. */
export const keyUnknown = (out: Output): CliError => usage(
  'key-unknown',
  out.say(
    'Khóa DONDOC_LINK_SECRET của máy này khác khóa của worker; chưa ghi nhận gì. Đặt cùng một giá trị.',
    'The DONDOC_LINK_SECRET of this machine is not that of the workers; nothing was recorded. Set the same value.',
  ),
);

export const createContext = (io: Io, services: Services, options: { readonly lang: Lang; readonly isJson: boolean }): Context => {
  const out = createOutput(io, options.lang, options.isJson);
  const settings = (): Settings => readSettings(io.env, io.cwd);
  const ledger = once(() => services.openLedger(settings()));
  const temporal = once(() => services.openTemporal(io.env, settings().home));
  const now = async (): Promise<Instant> => ourNow(await ledger.get(), io.now());
  const calendar = async (): Promise<WorkingCalendar> => {
    if (ledger.made() === undefined && (await ledgerAddress(settings())) === undefined) return SHIPPED_CALENDAR;
    return ledger.get().then(calendarOf, () => SHIPPED_CALENDAR);
  };
  const door = async (): Promise<ActDoor> => {
    await temporal.get();
    const key = await siteKey(settings());
    if (key === undefined) throw noKey(out);
    return { ...key, temporal: temporal.get };
  };
  const close = async (): Promise<void> => {
    await ledger.made()?.then((l) => l.close(), () => undefined);
    await temporal.made()?.then((c) => c.connection.close(), () => undefined);
  };
  return {
    io, out, settings, ledger: ledger.get, temporal: temporal.get, door, now, today: async () => dateAt(await now()), calendar, operator: operatorId(io.user), close,
  };
};

/** Asks before many messages leave. Without a terminal, `--yes` is the only consent there is. */
export const confirmSending = async ({ io, out }: Context, question: string, isYes: boolean): Promise<boolean> => {
  if (isYes) return true;
  if (!io.canAsk) throw usage(
    'confirmation-needed',
    out.say('Lệnh này gửi thư. Thêm --yes để đồng ý khi không có người trả lời.', 'This command sends messages. Add --yes where nobody can be asked.'),
  );
  const answer = (await io.ask(`${question} ${out.say('Tiếp tục? [c/K] ', 'Continue? [y/N] ')}`)).trim().toLowerCase();
  return ['c', 'co', 'có', 'y', 'yes'].includes(answer.normalize('NFC'));
};
