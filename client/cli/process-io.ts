import { hostname, userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import type { Io } from './io';

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

const ask = async (question: string): Promise<string> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await prompt.question(question);
  } finally {
    prompt.close();
  }
};

/** The real terminal. A reader that went away (`| head`) ends the command quietly. */
export const processIo = (env: Io['env']): Io => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true && env['NO_COLOR'] === undefined,
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    ask,
    env,
    cwd: process.cwd(),
    now: () => Date.now(),
    user: `${userName()}@${hostname()}`,
  };
};
