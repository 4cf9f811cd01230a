import { processEnv, readSettings } from '../../config/env';
import { createLogger } from '../../config/logging';
import { openLedger } from '../services';
import { Unreachable } from '../unreachable';
import { receiptsOf, serveWeb } from './serve';

/** Serves until told to stop. The board answers loopback only; a reverse proxy in front reaches links and probes. */
export const runWeb = async (): Promise<void> => {
  const settings = readSettings(processEnv());
  const logger = createLogger(settings);
  const ledger = await openLedger(settings);
  const web = await serveWeb({ ledger, port: settings.webPort, logger, ...receiptsOf(settings) });
  logger.info({ url: web.url }, 'web is listening');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await web.close();
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
