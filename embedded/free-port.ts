import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';
/** Below the ports that systems give to outgoing connections: one found free is not taken before somebody listens on it. */
const FIRST = 20_000;
const BEYOND = 32_000;
const TRIES = 20;

const listenOnce = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** The port asked for where nobody has it, else one on which nobody listens right now. */
export const freePort = async (wanted = 0, host = HOST): Promise<number> => {
  const random = Array.from({ length: TRIES }, () => randomInt(FIRST, BEYOND));
  for (const port of wanted === 0 ? random : [wanted, ...random]) {
    const found = await listenOnce(port, host).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return listenOnce(0, host);
};
