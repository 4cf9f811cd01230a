import type { Command, Refusal } from './acts';
import { decide } from './decide';
import { evolve, initialState } from './evolve';
import type { Notice } from './notice';
import { projectionOf } from './projection';
import type { TaskEvent, TaskProjection, TaskSeed, TaskState } from './task';
import { nextWake, tick } from './tick';
import type { Instant } from './time';

export type Played = {
  readonly state: TaskState;
  readonly events: readonly TaskEvent[];
  readonly notices: readonly Notice[];
  /** Whether each act was taken, in the order given. */
  readonly acts: readonly { readonly at: Instant; readonly command: Command; readonly refusal: Refusal | null }[];
  /** The projection after each change, by instant: what a check at the moment of sending would see. */
  readonly views: readonly { readonly at: Instant; readonly projection: TaskProjection }[];
};

/** More wakes than any life has: a rule that does not move on is a defect, not an endless loop. */
const MAX_WAKES = 10_000;

type Acts = readonly { readonly at: Instant; readonly command: Command }[];

/** Plays one task from its seed through acts and time until an instant, waking exactly when the workflow would. Pure. */
export const live = (seed: TaskSeed, acts: Acts, until: Instant): Played => play(initialState(seed), seed.startAt, acts, until);

/** Plays a task on from where its events have brought it, if nobody acts: what it decides after `from` until an instant. Pure. */
export const liveOn = (seed: TaskSeed, events: readonly TaskEvent[], from: Instant, until: Instant): Played => {
  const state = events.reduce(evolve, initialState(seed));
  const played = play(state, from, [], until);
  return { ...played, views: [{ at: from, projection: projectionOf(state) }, ...played.views] };
};

const play = (begun: TaskState, from: Instant, acts: Acts, until: Instant): Played => {
  let state = begun;
  const events: TaskEvent[] = [];
  const notices: Notice[] = [];
  const views: { at: Instant; projection: TaskProjection }[] = [];
  const taken: { at: Instant; command: Command; refusal: Refusal | null }[] = [];
  const accept = (at: Instant, decision: { readonly events: readonly TaskEvent[]; readonly notices: readonly Notice[] }): void => {
    if (decision.events.length === 0) return;
    state = decision.events.reduce(evolve, state);
    events.push(...decision.events);
    notices.push(...decision.notices);
    views.push({ at, projection: projectionOf(state) });
  };
  let reached = from;
  const wakeUntil = (limit: Instant): void => {
    for (let wakes = 0; wakes < MAX_WAKES; wakes += 1) {
      const wake = nextWake(state);
      if (wake === null || wake > limit) return;
      reached = Math.max(wake, reached);
      accept(reached, tick(state, reached));
    }
  };
  for (const { at, command } of [...acts].sort((a, b) => a.at - b.at)) {
    if (at > until) break;
    wakeUntil(at);
    reached = Math.max(at, reached);
    accept(at, tick(state, at));
    const decision = decide(state, command, at);
    taken.push({ at, command, refusal: decision.ok ? null : decision });
    if (decision.ok) accept(at, decision);
  }
  wakeUntil(until);
  return { state, events, notices, acts: taken, views };
};
