import { isPosition } from '../domain/plan';
import type { TaskEvent } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { addDeputy } from '../ledger/directory';
import { revokeTaskLinks } from '../ledger/links';

/**
 * What an act does beyond its task: a deputy sits beside the position, and who has passed a task on has no link to it any more. Twice is as once, so it belongs to
 * the commit that is repeated until it has succeeded.
 */
export const carryOut = async (ledger: Ledger, task: string, events: readonly TaskEvent[], now: Instant): Promise<void> => {
  for (const event of events) {
    if (event.type !== 'acted' || !isPosition(event.actor.by)) continue;
    const { by } = event.actor;
    if (event.act === 'delegate') await addDeputy(ledger, { position: by, person: event.fields.to, from: event.fields.from, until: event.fields.until });
    if (event.act === 'forward') await revokeTaskLinks(ledger, task, by, 'đã chuyển người khác xử lý', now);
  }
};
