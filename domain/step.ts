import { evolve } from './evolve';
import type { Notice } from './notice';
import { type Decision, STATE_SCHEMA, type TaskEvent, type TaskState } from './task';
import type { Instant } from './time';

/** Events without their number and time, which `append` gives them. */
export type Fact = TaskEvent extends infer E ? (E extends TaskEvent ? Omit<E, 'seq' | 'at' | 'schema'> : never) : never;
/** What one look at the clock decides, on the state that the looks before left. */
export type Step = { readonly facts: readonly Fact[]; readonly notices: readonly Notice[] };
export const NOTHING: Step = { facts: [], notices: [] };

/** Collects steps: each is decided on the state that the ones before left. */
export const run = (state: TaskState, now: Instant, steps: readonly ((s: TaskState) => Step)[]): Decision => {
  let current = state;
  const events: TaskEvent[] = [];
  const notices: Notice[] = [];
  for (const step of steps) {
    const { facts, notices: said } = step(current);
    for (const fact of facts) {
      const event = { ...fact, seq: current.seq + 1, at: now, schema: STATE_SCHEMA } as TaskEvent;
      events.push(event);
      current = evolve(current, event);
    }
    notices.push(...said);
  }
  return { ok: true, events, notices };
};
