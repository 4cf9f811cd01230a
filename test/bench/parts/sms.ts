import { MockActivityEnvironment } from '@temporalio/testing';
import { createHttpSms } from '../../../activities/adapters/http-sms';
import { readGatewaySettings } from '../../../config/gateways/read';
import type { Activities } from '../../../contracts/activities';
import { addWorkingDays } from '../../../domain/calendar';
import { type CivilDate, instantAt } from '../../../domain/time';
import { importDirectory } from '../../../ledger/directory';
import { planNotices } from '../../../ledger/outbox';
import { createDependencies } from '../../../worker/dependencies';
import { startFaultyGateway } from '../../support/faulty-gateway';
import { stopwatch } from '../arms';
import { atLeast, type Part, plain, round } from '../figure';
import { CALENDAR, directory, TODAY } from '../people';
import { DUE_ON, PLAN, plantTasks } from '../plant';
import { digestNotice } from '../sample-mail';
import { LINK_SECRET, SETTINGS, SILENT } from '../settings';
import { type Site, startSite } from '../site';

const TEXTS = 400;
/** Five times what the shipped descriptions allow, so that a run is short. */
const LIMIT = 50;
/** As `workflows/post.ts` has it. */
const BATCH = 500;

const withPhones = (): ReturnType<typeof directory> => {
  const all = directory(TEXTS);
  return { ...all, seats: all.seats.map((seat, i) => ({ ...seat, phone: `+84000${String(100_000 + i)}` })) };
};

/** Kannel's shape, with a limit of its own. */
const gateway = (url: string, ratePerSecond: number | null) => {
  const read = readGatewaySettings('kannel', { SMS_URL: url, SMS_USER: 'u', SMS_PASSWORD: 'p', SMS_SENDER: 'SCT' }, process.cwd());
  if (!read.ok) throw new Error(read.problems.map((p) => p.message).join('; '));
  const { description, values } = read.value;
  return createHttpSms({ description: { ...description, limits: { ...description.limits, ratePerSecond } }, settings: values, callbackUrl: null });
};

/** Texts per second of one day: frozen before, so that sending alone is timed. */
const sendDay = async ({ ledger, client, smtpUrl }: Site, day: CivilDate, url: string, limit: number | null): Promise<number> => {
  const { activities, mailer } = createDependencies({ settings: SETTINGS, smtpUrl, linkSecret: LINK_SECRET, sms: gateway(url, limit), ledger, client, log: SILENT });
  const env = new MockActivityEnvironment();
  const now = instantAt(day, 8 * 60);
  const texts = Array.from({ length: TEXTS }, (_, i) => ({ notice: { ...digestNotice(`${PLAN}-${i}`, i, day, DUE_ON), rung: 'T-5' as const, channels: ['sms'] as const }, plan: PLAN }));
  await planNotices(ledger, texts);
  await env.run(activities.freeze, { now });
  const took = stopwatch();
  let sent = 0;
  for (let left = TEXTS; left > 0;) {
    const done: Awaited<ReturnType<Activities['send']>> = await env.run(activities.send, { now, limit: BATCH });
    sent += done.sent;
    left = done.left;
  }
  const seconds = took();
  await mailer.close();
  if (sent !== TEXTS) throw new Error(`${sent} of ${TEXTS} texts were sent`);
  return TEXTS / seconds;
};

export const sms: Part = {
  name: 'sms', title: 'Text messages per second',
  about: `${TEXTS} frozen texts through an HTTP gateway of Kannel's shape that answers at once, by the activity \`send\`: with a limit of ${LIMIT} a second in its `
    + 'description, and with none.',
  run: async () => {
    const site = await startSite(TEXTS);
    const taker = await startFaultyGateway([{ status: 202, body: '0: Accepted for delivery' }]);
    try {
      await importDirectory(site.ledger, withPhones(), { replace: true, today: TODAY });
      await plantTasks(site, TEXTS, TEXTS);
      const limited = await sendDay(site, TODAY, taker.url, LIMIT);
      const free = await sendDay(site, addWorkingDays(CALENDAR, TODAY, 1) ?? TODAY, taker.url, null);
      return [
        atLeast('of the gateway\'s own limit', limited / LIMIT, 0.9, `${round(limited / LIMIT)} (${round(limited)} of ${LIMIT} per second)`,
          'The limit is kept, and nothing but the limit holds a text up.'),
        plain('without a limit', `${round(free)} per second`, 'Ten at a time, each on a connection of its own, its record written before and after.'),
      ];
    } finally {
      await taker.stop();
      await site.stop();
    }
  },
};
