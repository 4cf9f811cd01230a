import { main } from '../../../client/cli/main';
import type { Io } from '../../../client/cli/io';
import { openLedger, type Services } from '../../../client/services';
import { Unreachable } from '../../../client/unreachable';

export type Ran = { readonly exit: number; readonly out: string; readonly err: string; readonly json: () => unknown; readonly lines: () => unknown[] };
export type Setup = { readonly env?: Io['env']; readonly cwd?: string; readonly now?: number; readonly answer?: string };

/** The ledger is found as a user's would be, by DONDOC_HOME; there is no Temporal server. */
const services: Services = {
  openLedger,
  openTemporal: async () => {
    throw new Unreachable('temporal', 'temporal.example:7233');
  },
};

/** Runs one command line as a person would and keeps what they would see. */
export const dondoc = async (argv: readonly string[], setup: Setup = {}): Promise<Ran> => {
  const [out, err]: string[][] = [[], []];
  const io: Io = {
    out: (text) => void out!.push(text), err: (text) => void err!.push(text), isTerminal: false, canAsk: setup.answer !== undefined, ask: async () => setup.answer ?? '',
    env: setup.env ?? { DONDOC_HOME: '/nonexistent' }, cwd: setup.cwd ?? process.cwd(), now: () => setup.now ?? Date.UTC(2018, 9, 22, 1), user: 'can-bo@may-chu',
  };
  const exit = await main(argv, io, services);
  const text = out!.join('');
  return { exit, out: text, err: err!.join(''), json: () => JSON.parse(text), lines: () => text.trimEnd().split('\n').map((line): unknown => JSON.parse(line)) };
};
