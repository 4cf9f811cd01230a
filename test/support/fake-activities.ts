import type { Activities } from '../../contracts/activities';
import type { CommitBatch } from '../../contracts/task';
import type { Notice } from '../../domain/notice';
import type { TaskEvent } from '../../domain/task';

/** A ledger in memory, with the rules of `commit` and nothing else; records what was planned. */
export const memoryLedger = () => {
  const events = new Map<string, TaskEvent[]>();
  const notices = new Map<string, Notice>();
  const troubles: string[] = [];
  /** Keys of notices that were planned again after a loss. */
  const restored: string[] = [];
  const commit = async (batch: CommitBatch) => {
    const own = events.get(batch.task) ?? [];
    const first = batch.events[0]?.seq ?? batch.projection.seq + 1;
    if (batch.isRestored) restored.push(...batch.notices.map((n) => n.key));
    if (own.length < first - 1) return { outcome: 'behind' as const, head: own.length };
    if (own.length > first - 1) {
      const isSame = batch.events.every((e) => JSON.stringify(own[e.seq - 1]) === JSON.stringify(e));
      return isSame ? { outcome: 'same' as const, head: own.length } : { outcome: 'ahead' as const };
    }
    events.set(batch.task, [...own, ...batch.events]);
    for (const notice of batch.notices) if (!notices.has(notice.key)) notices.set(notice.key, notice);
    return { outcome: 'written' as const, head: own.length + batch.events.length };
  };
  const activities: Activities = {
    open: async ({ seed }) => ({ events: events.get(seed.id) ?? [] }),
    commit,
    reportNeedsRepair: async ({ reason }) => { troubles.push(reason); },
    freeze: async () => ({ frozen: 0 }),
    send: async () => ({ sent: 0, left: 0 }),
    collect: async () => ({ collected: 0, left: 0 }),
    retain: async () => ({ left: false }),
    renewTasks: async () => ({ last: null }),
    attend: async () => ({ state: 'accepted', nextAt: null }),
  };
  return { activities, events, notices, troubles, restored };
};
