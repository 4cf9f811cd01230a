import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io';

export type Progress = { readonly update: (done: number) => void; readonly stop: () => void };

const SILENT_MS = 2_000;

/** A bar on standard error for work that has taken two seconds and has more to do; nothing at all without a terminal. */
export const startProgress = (io: Io, label: string, total: number): Progress => {
  if (!io.canAsk) return { update: () => undefined, stop: () => undefined };
  const began = io.now();
  let bar: SingleBar | undefined;
  return {
    update: (done) => {
      if (!bar && io.now() - began >= SILENT_MS && done < total) {
        bar = new SingleBar(
          { format: `${label} [{bar}] {value}/{total}, {eta_formatted}`, stream: process.stderr, clearOnComplete: true, barsize: 30 },
          Presets.shades_classic,
        );
        bar.start(total, done);
      }
      bar?.update(done);
    },
    stop: () => bar?.stop(),
  };
};
