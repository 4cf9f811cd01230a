import { createHash } from 'node:crypto';
import type { CommitBatch } from '../contracts/task';
import { canonicalJson } from '../domain/canonical';
import type { ActedEvent } from '../domain/task';
import type { Ledger } from '../ledger/connect';
import { isUnsealedTaken, recordUnsealed, type UnsealedAct } from '../ledger/unsealed';
import { type SealProblem, sealProblem } from '../links';

type Problems = ReadonlyMap<number, SealProblem>;

const actsOf = ({ events }: CommitBatch): readonly ActedEvent[] => events.filter((e): e is ActedEvent => e.type === 'acted');

/** What is wrong with the seals of a batch, by number of the event; nothing where every act came through a door that holds one of the keys. */
export const sealProblems = async (ledger: Ledger, keys: Readonly<Record<string, string>>, batch: CommitBatch): Promise<Problems> => {
  const problems = new Map<number, SealProblem>();
  for (const event of actsOf(batch)) {
    const problem = sealProblem(keys, { ...event, task: batch.task });
    if (problem !== undefined) problems.set(event.seq, problem);
  }
  if (problems.size === 0 || !(await isUnsealedTaken(ledger))) return problems;
  return new Map([...problems].filter(([, problem]) => problem !== 'missing'));
};

const unsealedAct = ({ task }: CommitBatch, event: ActedEvent, why: UnsealedAct['why']): UnsealedAct => ({
  id: createHash('sha256').update(canonicalJson([task, event.act, event.fields, event.actor, event.seal])).digest('hex'),
  task, act: event.act, position: event.actor.by, via: event.actor.via, why, decidedAt: event.at,
});

/** Keeps what was undone for people to see. */
export const tellUnsealed = (ledger: Ledger, batch: CommitBatch, acts: readonly number[], problems: Problems): Promise<void> =>
  recordUnsealed(
    ledger, actsOf(batch).filter(({ seq }) => acts.includes(seq)).map((event) => unsealedAct(batch, event, problems.get(event.seq) ?? 'used')), Date.now(),
  );
