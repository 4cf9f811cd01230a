import type { Io } from '../../client/cli/io';
import { main } from '../../client/cli/main';
import { openLedger } from '../../client/services';
import { connectTemporal } from '../../client/temporal';

type Ran = { readonly exit: number; readonly out: string; readonly err: string };
/** One command line with the real services that its environment names, without a terminal. */
export const runDondoc = async (argv: readonly string[], env: Io['env'], now: Io['now'] = Date.now): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []];
  const io: Io = {
    out: (text) => void out.push(text), err: (text) => void err.push(text), isTerminal: false, canAsk: false,
    ask: async () => '', env, cwd: process.cwd(), now, user: 'can-bo@may-chu',
  };
  const exit = await main(argv, io, { openLedger, openTemporal: connectTemporal });
  return { exit, out: out.join(''), err: err.join('') };
};
