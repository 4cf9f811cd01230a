import type { Settings } from '../../config/env';
import { readRunFile } from '../run-file';
import type { Check } from './check';
import { answersHttp } from './probes';

const NAME = 'metrics';
const ALL: readonly string[] = ['0.0.0.0', '::'];
const at = (hostname: string, port: number): string => {
  if (ALL.includes(hostname)) return `http://127.0.0.1:${port}`;
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
};
const stateOf = async (url: string): Promise<string> => ((await answersHttp(`${url}/healthz`)) ? 'đang chạy' : 'không chạy ở máy này');

/** Where this machine's probes and figures are, and which of them answers: worker and web may run elsewhere, so that silence is no fault. */
export const metricsCheck = async ({ metrics: { hostname, webPort, workerPort }, home }: Settings): Promise<Check> => {
  const running = (await readRunFile(home))?.metricsUrl;
  const places = running === undefined ? [['web', at(hostname, webPort)], ['worker', at(hostname, workerPort)]] as const : [['up', running]] as const;
  const said = await Promise.all(places.map(async ([process, url]) => `${process} ${url}/metrics (${await stateOf(url)})`));
  return { name: NAME, state: 'ok', detail: said.join(', ') };
};
