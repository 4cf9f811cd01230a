import type { Sinks } from '@temporalio/workflow';

export type BareActivities = {
  openRow(key: string): Promise<void>;
  writeRow(key: string): Promise<void>;
  mail(to: string): Promise<void>;
  /** Sends the frozen bytes of a key and writes one row. */
  deliver(key: string): Promise<void>;
};

export interface BareSinks extends Sinks { begun: { count(): void } }
