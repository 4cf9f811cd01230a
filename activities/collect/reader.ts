import { Worker } from 'node:worker_threads';
import type { ReadMail } from './read-mail';

/** Why a mail was kept aside unread: no mail at all, or one that would have cost more time or memory than one mail may. */
export type Unread = 'unreadable' | 'too-slow' | 'too-large';
export type Reading = { readonly mail: ReadMail } | { readonly unread: Unread };
/** What the thread says: that it is there, then one answer a mail; null where the bytes are no mail. */
export type FromThread = 'ready' | { readonly mail: ReadMail | null };

export type MailReader = {
  /** Never throws for what stands in the mail. @throws Error where no thread can be had. */
  read(bytes: Buffer): Promise<Reading>;
  close(): Promise<void>;
};

export type ReaderOptions = {
  /** For a caller whose code is not compiled: the loader that its thread needs, as `node` takes it. */
  readonly execArgv?: readonly string[];
  /** What one mail may cost. */
  readonly limitMs?: number;
};

/** A mail takes some milliseconds; this is for a machine that has other things to do. */
const LIMIT_MS = 5_000;
const START_MS = 30_000;
const MEMORY_MB = 128;


const within = <T>(work: Promise<T>, ms: number): Promise<T | 'late'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** A thread and whoever waits for what it says next; a thread that has ended says nothing but why. */
type Thread = { readonly worker: Worker; readonly next: () => Promise<FromThread> };

const listenTo = (worker: Worker): Thread => {
  let waiting: { readonly resolve: (said: FromThread) => void; readonly reject: (error: Error) => void } | undefined;
  let end: Error | undefined;
  const fail = (error: unknown): void => {
    end ??= error instanceof Error ? error : new Error('the thread ended');
    waiting?.reject(end);
  };
  worker.on('message', (said: FromThread) => waiting?.resolve(said));
  worker.on('error', fail);
  worker.on('exit', () => fail(undefined));
  const next = (): Promise<FromThread> =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      if (end !== undefined) reject(end);
    });
  return { worker, next };
};

const begin = async ({ execArgv }: ReaderOptions): Promise<Thread> => {
  const thread = listenTo(new Worker(require.resolve('./reading-thread'), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: MEMORY_MB / 4 },
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  }));
  if ((await within(thread.next(), START_MS)) === 'ready') return thread;
  await thread.worker.terminate();
  throw new Error('no thread for reading mails could be started');
};

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Reads foreign mails in a thread that is ended where one of them takes too long or too much memory; the next mail gets a new one. The thread begins with
 * the first mail.
 */
export const openMailReader = (options: ReaderOptions = {}): MailReader => {
  let thread: Thread | undefined;

  const drop = async (): Promise<void> => {
    const ended = thread;
    thread = undefined;
    await ended?.worker.terminate();
  };
  const ask = async ({ worker, next }: Thread, bytes: Buffer): Promise<Reading> => {
    const answer = next();
    worker.postMessage(new Uint8Array(bytes));
    const said = await within(answer, options.limitMs ?? LIMIT_MS);
    if (said === 'late') {
      answer.catch(() => undefined);
      await drop();
      return { unread: 'too-slow' };
    }
    return said === 'ready' || said.mail === null ? { unread: 'unreadable' } : { mail: said.mail };
  };

  return {
    read: async (bytes) => {
      thread ??= await begin(options);
      try {
        return await ask(thread, bytes);
      } catch (error) {
        await drop();
        return { unread: isOutOfMemory(error) ? 'too-large' : 'unreadable' };
      }
    },
    close: drop,
  };
};
