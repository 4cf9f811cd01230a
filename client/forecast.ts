import type { Settings } from '../config/env';
import { forecast, type RehearsedMessage } from '../domain/rehearsal';
import { addDays, dateAt, type Instant, instantAt } from '../domain/time';
import { readOutlook } from '../ledger/board';
import type { Ledger } from '../ledger/connect';
import { readSeats } from '../ledger/directory';
import { readBadAddresses } from '../ledger/outbox';
import { addressesOf } from './addresses';
import { calendarOf } from './services';

/** The embedded phones take the place of a gateway. */
const hasSms = ({ sms, databaseUrl }: Pick<Settings, 'sms' | 'databaseUrl'>): boolean => sms !== null || databaseUrl === null;

/** Who gets what within `days` days, today included, if nobody acts; ordered by instant. */
export const readForecast = async (ledger: Ledger, settings: Pick<Settings, 'sms' | 'databaseUrl'>, from: Instant, days: number): Promise<readonly RehearsedMessage[]> => {
  const until = instantAt(addDays(dateAt(from), days), 0) - 1;
  const [outlook, calendar, seats, bad] = await Promise.all([readOutlook(ledger, until), calendarOf(ledger), readSeats(ledger), readBadAddresses(ledger)]);
  const withSms = hasSms(settings);
  const addressOf = addressesOf(seats, (channel, address) => (channel !== 'sms' || withSms) && !bad.has(`${channel} ${address}`));
  return forecast({ ...outlook, calendar, from, until, addressOf });
};
