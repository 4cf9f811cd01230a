import pino from 'pino';
import { join } from 'node:path';
import { calendarOf, ourNow } from '../../client/services';
import { readRunFile } from '../../client/run-file';
import { isPublicSite } from '../../client/web/loopback';
import { receiptsOf, serveWeb } from '../../client/web/serve';
import { createEmbeddedSms } from '../../activities';
import { type Env, readSettings, type Settings } from '../../config/env';
import { createLogger, type Logger } from '../../config/logging';
import { linkKeyId } from '../../links';
import { type Clock, ourTime, realClock } from '../../contracts/clock';
import { dateAt, dmy, type Instant, parseInstant } from '../../domain/time';
import { readDirectory } from '../../ledger/directory';
import { listOpenTasks } from '../../ledger/tasks';
import { listPlans, pingLedger } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { readClock } from '../../ledger/settings';
import { createMeters, type Meters, startMetrics } from '../../metrics';
import { createHold, type Hold } from '../demo-hold';
import { DEMO_RATE, leadDemoClock, standingAt } from '../demo-loop';
import { type InboxOptions, startInbox } from '../inbox';
import { createInboxReceipts } from '../inbox/receipts';
import { installRuntime } from '../../worker/runtime';
import { smsGatewayOf } from '../../worker/sms-gateway';
import { freePort } from '../free-port';
import { startExample } from './example';
import { CannotStart, linkSecretOf, openHome, removeRunFile, wipeHome, writeRunFile } from './home';
import { type Ledgers, startLedger } from './ledger';
import { resumeTasks } from './resume';
import { closedWords, demonstrationWords, monthWords, realWords, type UpAddresses, whereToLook } from './say';
import { createStack, type Stack } from './stack';
import { startTemporal, type Temporal } from './temporal';
import { claimWebPort } from './web-port';
import { startWorker } from './worker';

export type UpOptions = {
  readonly env: Env;
  /** Folder of the data; left out: `DONDOC_HOME`, else `.dondoc` (`.dondoc-real` on real time) in `cwd`. */
  readonly home?: string;
  readonly fresh: boolean;
  readonly realClock: boolean;
  /** Wanted ports; one that is taken is replaced by a free one, but for `web` on real time. */
  readonly ports?: { readonly web?: number; readonly inbox?: number; readonly smtp?: number };
  /** How long the demonstration's clock stands after the last request for a page behind a link, in milliseconds of real time; left out: a minute. */
  readonly holdMs?: number;
  /** File of the bundled workflows; left out: what the build made. */
  readonly workflowBundle?: string;
  /** Lines for the person in front of the terminal. */
  readonly say: (text: string) => void;
};
export type Running = UpAddresses & {
  /** Ends everything that was started, in the opposite order; a second call waits too. */
  stop(): Promise<void>;
  /** Settles when a part ended by itself, and says which: nothing goes on without it. */
  readonly failed: Promise<string>;
};

/** When the plan was issued: 08:00 in Viet Nam. */
const STORY_STARTS = parseInstant('2018-10-22T08:00') ?? 0;
const HOLD_MS = 60_000;
const PORTS = { inbox: 8025, smtp: 1025 } as const;

const refuseInUse = async (home: string): Promise<void> => {
  const pid = (await readRunFile(home))?.pid;
  if (pid !== undefined && pid !== process.pid) throw new CannotStart(`Dữ liệu trong ${home} đang được tiến trình ${pid} sử dụng. Đề nghị dừng tiến trình đó trước.`);
};

/** Asks for the home before the port: who uses the home most likely has the port too. */
const settingsFor = async ({ env, home, realClock: isReal, ports }: UpOptions): Promise<Settings> => {
  const asked = readSettings(env);
  const place = home ?? (env['DONDOC_HOME']?.trim() ? asked.home : isReal ? `${asked.home}-real` : asked.home);
  await refuseInUse(place);
  const webPort = await claimWebPort(ports?.web ?? asked.webPort, isReal);
  return readSettings({ ...env, DONDOC_HOME: place, DONDOC_WEB_PORT: String(webPort) });
};

/** Demonstrations never meet a database or a mail server of somebody. */
const prepareHome = (settings: Settings, { fresh, realClock: isReal, say }: UpOptions): void => {
  const { home } = settings;
  if (!isReal && settings.databaseUrl !== null) throw new CannotStart('Chế độ trình diễn dùng cơ sở dữ liệu của riêng mình. Đề nghị bỏ DATABASE_URL, hoặc thêm --real-clock.');
  if (fresh) wipeHome(home);
  const closed = openHome(home, isReal ? 'real' : 'demonstration');
  if (closed.length > 0) say(closedWords(closed));
};

const firstClock = (settings: Settings, isReal: boolean, realNow: Instant): Clock =>
  isReal ? realClock(realNow) : standingAt(settings.clock?.from ?? STORY_STARTS, realNow, settings.clock?.rate ?? DEMO_RATE);

type Parts = { readonly settings: Settings; readonly temporal: Temporal; readonly ledgers: Ledgers; readonly stack: Stack; readonly log: Logger; readonly say: UpOptions['say']; readonly hold: Hold };

/** The plan comes to life once; afterwards its tasks go on from where the clock stood. */
const startDemonstration = async ({ settings, temporal, ledgers, stack, log, say, hold }: Parts): Promise<void> => {
  const { others: ledger } = ledgers;
  const { client } = temporal;
  const isResumed = (await listPlans(ledger)).length > 0;
  if (!isResumed) await startExample(ledger, client, Date.now());
  const clock = await readClock(ledger);
  say(demonstrationWords((await listOpenTasks(ledger)).length, dmy(dateAt(clock ? ourTime(clock, Date.now()) : STORY_STARTS)), isResumed));
  const leader = leadDemoClock({ ledger, client, calendar: await calendarOf(ledger), rate: settings.clock?.rate ?? DEMO_RATE, log: (line) => log.warn(line), onMonth: (month) => say(monthWords(month)), isHeld: hold.isHeld });
  stack.onStop('clock', leader.stop);
};

/** Waits for all, so that what has started is known to the stack before one that failed ends everything. */
const together = async <A, B, C>(a: Promise<A>, b: Promise<B>, c: Promise<C>): Promise<readonly [A, B, C]> => {
  await Promise.allSettled([a, b, c]);
  return Promise.all([a, b, c]);
};

type Beside = Pick<InboxOptions, 'boardUrl' | 'receiptUrl' | 'people' | 'publicUrl' | 'smsPublicUrl'>;
const openInbox = async (home: string, ports: UpOptions['ports'], stack: Stack, beside: Beside): ReturnType<typeof startInbox> => {
  const [httpPort, smtpPort] = [await freePort(ports?.inbox ?? PORTS.inbox), await freePort(ports?.smtp ?? PORTS.smtp)];
  const inbox = await startInbox({ dataDir: join(home, 'inbox'), httpPort, smtpPort, ...beside });
  stack.onStop('inbox', () => inbox.stop());
  return inbox;
};

/** Where text messages go and what takes their receipts. A demonstration never meets the phones of somebody, whatever is set. */
const phonesOf = (settings: Settings, isReal: boolean, inboxUrl: string, { receipts }: ReturnType<typeof createInboxReceipts>) => {
  const gateway = isReal ? smsGatewayOf(settings) : null;
  return gateway === null ? { sms: createEmbeddedSms({ url: inboxUrl }), receipts: { receipts } } : { sms: gateway, receipts: receiptsOf(settings) };
};

type Watched = { readonly meters: Meters; readonly sdkUrl: string | undefined };
/** One place for probes and figures of worker and web; a wanted port that is taken is replaced by a free one. */
const openMetrics = async (settings: Settings, { meters, sdkUrl }: Watched, ledger: Ledger, isRunning: () => boolean, { stack, log }: Pick<Parts, 'stack' | 'log'>): Promise<string | undefined> => {
  const { hostname, webPort } = settings.metrics;
  const metrics = await startMetrics({
    hostname, port: await freePort(webPort), meters, ledger, log, now: () => ourNow(ledger, Date.now()), isReady: async () => isRunning() && pingLedger(ledger).then(() => true),
    ...(sdkUrl === undefined ? {} : { sdkUrl }),
  });
  if (metrics !== undefined) stack.onStop('metrics', metrics.close);
  return metrics?.url;
};

const startParts = async (options: UpOptions, settings: Settings, stack: Stack, log: Logger, watched: Watched): Promise<UpAddresses & { readonly failed: Promise<string> }> => {
  const { env, ports, realClock: isReal, say } = options;
  const { home, publicUrl, smsPublicUrl, trustProxy } = settings;
  const tell = (line: string): void => log.warn(line);
  const boardUrl = `http://127.0.0.1:${settings.webPort}`;
  const phones = createInboxReceipts(boardUrl);
  const opening = startLedger(settings, firstClock(settings, isReal, Date.now()), stack, tell, watched.meters.queried);
  const people = async () => readDirectory((await opening).others);
  const [ledgers, inbox, temporal] = await together(
    opening, openInbox(home, ports, stack, { boardUrl, receiptUrl: phones.url, people, publicUrl, smsPublicUrl }), startTemporal(settings, env, stack, { say, log: tell }),
  );
  const smtpUrl = isReal && settings.smtpUrl !== null ? settings.smtpUrl : inbox.smtpUrl;
  const linkSecret = settings.linkSecret ?? linkSecretOf(home);
  const { sms, receipts } = phonesOf(settings, isReal, inbox.url, phones);
  const worker = await startWorker({ settings, smtpUrl, sms, linkSecret, ledgers, temporal, meters: watched.meters, log, ...(options.workflowBundle === undefined ? {} : { workflowBundle: options.workflowBundle }) }, stack);
  const acting = { key: linkSecret, keyId: linkKeyId(linkSecret), temporal: () => Promise.resolve(temporal.client), hasSms: true };
  const hold = createHold(options.holdMs ?? HOLD_MS, () => performance.now());
  const web = await serveWeb({
    ledger: ledgers.others, port: settings.webPort, logger: log, acting, publicUrl, smsPublicUrl, trustProxy, onVisit: hold.touch,
    onPress: watched.meters.pressed, ...receipts,
  });
  stack.onStop('web', web.close);
  const metricsUrl = await openMetrics(settings, watched, ledgers.others, worker.isRunning, { stack, log });
  const addresses: UpAddresses = {
    temporalAddress: temporal.address, webUrl: web.url, inboxUrl: inbox.url, ...(smtpUrl === inbox.smtpUrl ? { smtpUrl } : {}),
    ...(metricsUrl === undefined ? {} : { metricsUrl }), ...(temporal.uiUrl === undefined ? {} : { uiUrl: temporal.uiUrl }), ...(ledgers.socketDir === undefined ? {} : { socketDir: ledgers.socketDir }),
  };
  writeRunFile(home, { ...addresses, pid: process.pid });
  stack.onStop('run file', () => removeRunFile(home));
  await resumeTasks(ledgers.others, temporal.client, Date.now());
  say(whereToLook(addresses, isPublicSite(settings)));
  if (isReal) say(realWords(home));
  else await startDemonstration({ settings, temporal, ledgers, stack, log, say, hold });
  const failed = Promise.race([worker.ended.then(() => 'worker', () => 'worker'), temporal.ended.then(() => 'Temporal')]);
  return { ...addresses, failed };
};

/**
 * Starts everything embedded in this process: ledger, Temporal (a child, or the server of `TEMPORAL_ADDRESS`), inbox, worker, web, and on the
 * demonstration's clock the real plan of 2018. What cannot start ends what was started before.
 * @throws CannotStart, SettingsError, TemporalNotFound with a sentence each.
 */
export const up = async (options: UpOptions): Promise<Running> => {
  const settings = await settingsFor(options);
  prepareHome(settings, options);
  const log = createLogger(settings, pino.destination({ dest: join(settings.home, 'dondoc.log'), sync: true, mode: 0o600 }));
  const watched = { meters: createMeters(), sdkUrl: await installRuntime(log, { leaveSignals: true }) };
  const stack = createStack((line) => log.warn(line));
  try {
    const started = await startParts(options, settings, stack, log, watched);
    return { ...started, stop: stack.stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};
