import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A program of this folder in a process of its own, which is told things and tells things, and may be killed. */
export type Child<Said> = {
  tell(message: unknown): void;
  onSaid(listener: (said: Said) => void): void;
  /** SIGKILL, as by the system. Settles when it is gone. */
  kill(): Promise<void>;
  readonly gone: Promise<void>;
  /** Its first word. */
  readonly first: Said;
};

const LOADER = join(__dirname, '..', 'support', 'swc-require.cjs');

const firstWord = async <Said>(child: ChildProcess, file: string): Promise<Said> => {
  const ended = once(child, 'exit').then(() => { throw new Error(`${file} ended at once`); });
  ended.catch(() => undefined);
  const [said] = (await Promise.race([once(child, 'message'), ended])) as [Said];
  return said;
};

/** Starts a TypeScript file of this folder with `input`, and waits for its first word. */
export const startChild = async <Said>(file: string, input: unknown): Promise<Child<Said>> => {
  const child = fork(join(__dirname, file), [JSON.stringify(input)], { execArgv: ['-r', LOADER], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'exit').then(() => undefined);
  const first = await firstWord<Said>(child, file);
  return {
    gone, first,
    tell: (message) => { if (child.connected) child.send(message as object, () => undefined); },
    onSaid: (listener) => { child.on('message', listener); },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};

/** In the child: its input. */
export const inputOf = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;
/** In the child: tells the parent something; it is written before the promise settles. */
export const say = (message: unknown): Promise<void> => new Promise((resolve) => { process.send?.(message as object, () => resolve()); });
/** In the child: `heard` gets what the parent tells; the process ends with its parent. */
export const serve = <Told>(heard: (told: Told) => void): void => {
  process.on('message', heard);
  process.once('disconnect', () => process.exit(0));
};
