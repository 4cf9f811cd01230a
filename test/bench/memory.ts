import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';

/** Threads answer within a collection of their heap, which takes a second at most for what is measured here. */
const ANSWER_MS = 3000;

/** Bytes in use in the heaps of all threads of this process, after a collection in each. */
export const heapInUse = async (): Promise<number> => {
  const channel = new BroadcastChannel('heap');
  let threads = 0;
  channel.onmessage = (event) => {
    const { data } = event as { readonly data: unknown };
    if (typeof data === 'number') threads += data;
  };
  channel.postMessage('how much');
  await pause(ANSWER_MS);
  channel.close();
  globalThis.gc?.();
  return threads + process.memoryUsage().heapUsed;
};

const KIB = 1024;
export const memoryAnswers = {
  heap: heapInUse,
  rss: () => process.memoryUsage.rss(),
  /** The most that this process has ever had resident. */
  peak: () => process.resourceUsage().maxRSS * KIB,
} as const;
