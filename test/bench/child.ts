import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of its own that answers questions with numbers. It ends when we do. */
export type Child = {
  ask(question: string): Promise<number>;
  stop(): Promise<void>;
};
type Answer = { readonly id: number; readonly value: number };
type Question = { readonly id: number; readonly question: string };

const SUPPORT = join(__dirname, '..', 'support');

const untilReady = async (child: ChildProcess, file: string): Promise<void> => {
  const gone = once(child, 'exit').then(() => { throw new Error(`${file} ended at once`); });
  await Promise.race([once(child, 'message'), gone]);
  gone.catch(() => undefined);
};

/** Starts a TypeScript file of this folder with `input` and waits until it serves. */
export const startChild = async (file: string, input: unknown): Promise<Child> => {
  const child = fork(join(__dirname, file), [JSON.stringify(input)], {
    execArgv: ['--expose-gc', '-r', join(SUPPORT, 'swc-require.cjs'), '-r', join(__dirname, 'heap-probe.cjs')], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await untilReady(child, file);
  const waiting = new Map<number, (value: number) => void>();
  let last = 0;
  child.on('message', ({ id, value }: Answer) => { waiting.get(id)?.(value); waiting.delete(id); });
  return {
    ask: (question) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, resolve);
      child.send({ id: last, question }, (error) => { if (error) reject(error); });
    }),
    stop: async () => {
      if (!child.connected) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
};

/** In the child: its input, as the parent gave it. */
export const inputOf = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** In the child: says that it is ready and answers from then on; `end` runs when the parent is done or gone. */
export const serve = (answers: Readonly<Record<string, () => number | Promise<number>>>, end: () => Promise<void>): void => {
  process.on('message', ({ id, question }: Question) => {
    void Promise.resolve(answers[question]?.() ?? NaN).then((value) => process.send?.({ id, value }));
  });
  process.once('disconnect', () => { void end().finally(() => process.exit(0)); });
  process.send?.('ready');
};
