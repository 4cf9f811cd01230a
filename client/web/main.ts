import { processEnv, readSettings } from '../../config/env';
import { createLogger } from '../../config/logging';
import { linkKeyId } from '../../links';
import { pingLedger } from '../../ledger/board';
import { PATIENCE_OF_PAGES } from '../../ledger/patience';
import { createMeters, startMetrics } from '../../metrics';
import { openLedger, ourNow } from '../services';
import { connectTemporal } from '../temporal';
import { Unreachable } from '../unreachable';
import { keptOpen } from './link/kept-open';
import { receiptsOf, serveWeb } from './serve';

/** Serves until told to stop. The board answers loopback only; a reverse proxy in front reaches links and probes. */
export const runWeb = async (): Promise<void> => {
  const settings = readSettings(processEnv());
  const logger = createLogger(settings);
  const meters = createMeters();
  const ledger = await openLedger(settings, { onQuery: meters.queried, patience: PATIENCE_OF_PAGES });
  const { linkSecret: key, publicUrl, smsPublicUrl, trustProxy, home, sms } = settings;
  const temporal = keptOpen(() => connectTemporal(processEnv(), home));
  const web = await serveWeb({
    ledger, port: settings.webPort, logger, publicUrl, smsPublicUrl, trustProxy, onPress: meters.pressed, ...receiptsOf(settings),
    ...(key === null ? {} : { acting: { key, keyId: linkKeyId(key), temporal: temporal.get, hasSms: sms !== null } }),
  });
  if (key === null) logger.warn('DONDOC_LINK_SECRET is not set: links show, and nobody can act through them');
  const { hostname, webPort: port } = settings.metrics;
  const metrics = await startMetrics({
    hostname, port, meters, ledger, log: logger, now: () => ourNow(ledger, Date.now()), isReady: () => pingLedger(ledger).then(() => true),
  });
  logger.info({ url: web.url, metrics: metrics?.url }, 'web is listening');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await metrics?.close();
  await web.close();
  await temporal.close();
  await ledger.close();
};

if (require.main === module) {
  runWeb().catch((error: unknown) => {
    const isAway = error instanceof Unreachable;
    process.stderr.write(
      `${isAway ? `Không kết nối được sổ cái (cơ sở dữ liệu); đã thử ${error.tried}. Bước tiếp theo: chạy "dondoc doctor".` : error instanceof Error ? error.message : String(error)}\n`
    );
    process.exitCode = isAway ? 3 : 2;
  });
}
