import { allHandlersFinished, condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { REFUSED_AFTER_REOPEN } from '../contracts/failures';
import { act, clockMoved, type CommitBatch, type Pending, type Receipt, renew, type TaskInput, type TaskResult, view } from '../contracts/task';
import type { Command, Refusal } from '../domain/acts';
import { decide } from '../domain/decide';
import { evolve, initialState } from '../domain/evolve';
import { projectionOf } from '../domain/projection';
import { type Decision, isClosed, RULES, type TaskState } from '../domain/task';
import { nextWake, tick } from '../domain/tick';
import { DAY_MS } from '../domain/time';
import { createAlarm, HORIZON_DAYS, now } from './clock';
import { detailsOf, wakeSummary } from './details';
import { ledger } from './effects';
import { keptCommits, migrate } from './migrate';
import { needsRepair, refused } from './refused';
import { refuseNewer, rulesOf, takes } from './version';

const NOTHING: Decision = { ok: true, events: [], notices: [] };
/** How many of its own commits a run keeps, to write them again to a ledger that was restored from before them. */
const KEPT_COMMITS = 300;
/** Their notices for a week: older ones have been said, or no longer hold. */
const KEPT_NOTICES_MS = 7 * DAY_MS;

/**
 * One row of a plan, for years: handle what arrived, sleep until the next wake, commit what was decided. Acts are decided before the first
 * await, so they are serialised without a lock; an answer is given at the decision, the outbox is written by the loop.
 */
export async function task(input: TaskInput): Promise<TaskResult> {
  const { seed } = input;
  const alarm = createAlarm(input.runDays);
  const outbox: Pending[] = [...(input.carried?.outbox ?? [])];
  let clock = input.clock;
  refuseNewer(input.rules, RULES);
  const hasChange = takes(input.rules);
  const rules = rulesOf(input.rules);
  let state: TaskState = input.carried ? { ...migrate(input.carried.state), rules } : initialState(seed, rules);
  let committed: readonly Pending[] = keptCommits(input.carried?.committed ?? []);
  let isOpen = input.carried !== undefined || input.isFresh === true;
  let isRenewAsked = false;
  let isCompared = true;
  let isStuck = false;
  let wake = nextWake(state);

  const become = (next: TaskState): void => {
    state = next;
    wake = nextWake(state);
    setCurrentDetails(detailsOf(state));
  };
  const accept = (decision: Decision): void => {
    if (decision.events.length === 0) return;
    become(decision.events.reduce(evolve, state));
    outbox.push({ events: decision.events, notices: decision.notices });
  };
  /** Nothing is due before the next wake: most moves of a clock cost no thought. */
  const due = (): Decision => (wake === null || now(clock) < wake ? NOTHING : tick(state, now(clock)));
  const receipt = (isRepeat: boolean): Receipt => ({ task: seed.id, seq: state.seq, state: state.name, at: now(clock), isRepeat });
  const answer = (current: TaskState, command: Command): Decision | Refusal => decide(current, command, now(clock));

  setHandler(view, () => ({ state, committedSeq: state.seq - outbox.reduce((n, p) => n + p.events.length, 0), now: now(clock) }));
  setHandler(renew, () => { isRenewAsked = true; isCompared = false; });
  setHandler(clockMoved, (moved) => { clock = moved; alarm.reset(); });
  setHandler(act, async (command) => {
    if (!isOpen) await condition(() => isOpen);
    accept(due());
    const decision = answer(state, command);
    if (!decision.ok) throw refused(decision);
    accept(decision);
    return receipt(decision.events.length === 0);
  }, {
    validator: (command) => {
      if (!isOpen) return;
      const decision = answer(due().events.reduce(evolve, state), command);
      if (!decision.ok) throw refused(decision);
    },
  });

  /**
   * The ledger wins: the state is what its events say; acts of the outbox are decided again, those in `without` left out, and acts that come meanwhile wait
   * for it.
   */
  const reopen = async (without: readonly number[] = []): Promise<void> => {
    if (isOpen && hasChange('closed-while-reopening')) isOpen = false;
    const undecided = outbox.splice(0).flatMap((p) => p.events).filter((e) => e.type === 'acted').filter((e) => !without.includes(e.seq));
    const { events } = await ledger.open({ seed });
    become(events.reduce(evolve, initialState(seed, rules)));
    committed = [];
    accept(due());
    for (const { act: name, fields, actor, seal } of undecided) {
      const decision = answer(state, { act: name, fields, actor, ...(seal === undefined ? {} : { seal }) } as Command);
      if (decision.ok) accept(decision);
      else await ledger.reportNeedsRepair({ task: seed.id, reason: `${REFUSED_AFTER_REOPEN}:${name}:${decision.code}`, now: now(clock) });
    }
    isOpen = true;
  };

  const keep = (part: readonly Pending[]): void => {
    const isOver = (p: Pending): boolean => p.events.every((e) => now(clock) - e.at > KEPT_NOTICES_MS);
    committed = [...committed, ...part].slice(-KEPT_COMMITS).map((p) => (p.notices.length > 0 && isOver(p) ? { events: p.events, notices: [] } : p));
  };

  /** A ledger restored from before: what this run has committed is written again; where it does not reach, a person must look. */
  const rewrite = async (head: number, batch: CommitBatch): Promise<void> => {
    const missing = committed.filter((p) => p.events.some((e) => e.seq > head));
    const events = missing.flatMap((p) => p.events).filter((e) => e.seq > head);
    isStuck = events[0]?.seq !== head + 1;
    if (!isStuck) {
      const result = await ledger.commit({ ...batch, events, notices: missing.flatMap((p) => p.notices), isRestored: true });
      isStuck = result.outcome === 'unsealed';
    }
    if (isStuck) await ledger.reportNeedsRepair({ task: seed.id, reason: 'ledger-behind', now: now(clock) });
  };

  /** Acts that nobody of ours sent: decided without them. The ledger is then told the state once more, since a repaired one may have been given theirs. */
  const undo = async (acts: readonly number[]): Promise<void> => {
    const kept = committed;
    await reopen(acts);
    committed = kept;
    isCompared = false;
  };

  const write = async (): Promise<void> => {
    const part = outbox.slice();
    const batch: CommitBatch = {
      task: seed.id, events: part.flatMap((p) => p.events), notices: part.flatMap((p) => p.notices), projection: projectionOf(state), now: now(clock),
    };
    const result = await ledger.commit(batch);
    if (result.outcome === 'ahead') return reopen();
    if (result.outcome === 'behind') return rewrite(result.head, batch);
    if (result.outcome === 'unsealed') return undo(result.acts);
    outbox.splice(0, part.length);
    keep(part);
  };
  /** What no repetition mends stops the task until a person asks again; what it has answered stays in the outbox. */
  const commit = (): Promise<void> => write().catch((error: unknown) => {
    if (!needsRepair(error) || !hasChange('waits-for-repair')) throw error;
    isStuck = true;
  });

  /** Asked for by a person after a restore: what the ledger lacks is written again, and a task that stopped for it goes on. */
  const compare = async (): Promise<void> => {
    isStuck = false;
    if (outbox.length === 0) await commit();
  };

  const startedAt = now(clock);
  const isOld = (): boolean => isRenewAsked || workflowInfo().continueAsNewSuggested || now(clock) - startedAt >= (input.runDays ?? HORIZON_DAYS) * DAY_MS;

  if (!isOpen) await reopen();
  else become(state);
  for (;;) {
    alarm.takeFired();
    accept(due());
    if (!isCompared) {
      isCompared = true;
      await compare();
    }
    while (outbox.length > 0 && !isStuck) {
      await commit();
      if (isOld()) break;
    }
    if (allHandlersFinished()) {
      if (isClosed(state.name) && outbox.length === 0) return { state: state.name, seq: state.seq };
      if (isOld() && !isStuck) {
        await continueAsNew<typeof task>({ ...input, rules: RULES, clock, carried: { state, outbox, committed } });
      }
    }
    if (wake !== null) alarm.arm(clock, wake, wakeSummary(state, wake));
    const seen = clock;
    await condition(() => !isCompared || (outbox.length > 0 && !isStuck) || alarm.hasFired() || clock !== seen || ((isRenewAsked || isClosed(state.name)) && !isStuck && allHandlersFinished()));
  }
}
