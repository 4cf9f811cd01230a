import type { Client } from '@temporalio/client';
import { isoInstant } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { readUnfinished, type Unfinished } from '../../../ledger/outbox';
import { lookAfter, withoutWorkflow } from '../../messages';
import { clockOf } from '../../services';
import type { Context } from '../context';
import type { Output } from '../output';
import { startProgress } from '../progress';

/**
 * Messages that are not final. `open`: how many a workflow of their own looks after, or should; `missing`: those of them that none does; `standing`: those whose
 * next step nobody would take, which the next pass of the post puts right.
 */
export type FoundMessages = { readonly open: number; readonly missing: readonly Unfinished[]; readonly standing: readonly Unfinished[] };

/** Compares the ledger's messages in trouble with Temporal. */
export const compareMessages = async ({ io, out }: Context, db: Ledger, client: Client): Promise<FoundMessages> => {
  const unfinished = await readUnfinished(db);
  const kept = unfinished.filter((m) => m.keeper === 'workflow');
  const bar = startProgress(io, out.say('So sánh thư', 'Comparing messages'), kept.length);
  const missing = await withoutWorkflow(client, kept, bar.update).finally(bar.stop);
  return { open: kept.length, missing, standing: unfinished.filter((m) => m.keeper === 'nobody') };
};

/** Starts what is missing, from when each is due. */
export const startMessages = async ({ io, out }: Context, db: Ledger, client: Client, { missing }: FoundMessages): Promise<void> => {
  const bar = startProgress(io, out.say('Xử lý tiếp thư', 'Taking up messages'), missing.length);
  await lookAfter(client, missing, await clockOf(db, io.now()), bar.update).finally(bar.stop);
};

const shown = ({ key, dueAt, state }: Unfinished) => ({ key, state, dueAt: isoInstant(dueAt) });
export const messagesJson = ({ open, missing, standing }: FoundMessages) => ({ open, missing: missing.map(shown), standing: standing.map(shown) });

/** Lines for a person; none where no message is in trouble. */
export const messagesText = (out: Output, { open, missing, standing }: FoundMessages, isDryRun: boolean): readonly string[] => [
  ...(open === 0 ? [] : [out.say(
    `${open} thư đang được theo dõi riêng, ${missing.length} không còn tiến trình.`, `${open} messages are looked after one by one, ${missing.length} without a workflow.`,
  )]),
  ...(missing.length === 0 ? [] : [isDryRun
    ? out.say(`${missing.length} thư sẽ được xử lý tiếp.`, `${missing.length} messages would be taken up.`)
    : out.say(`${missing.length} thư đã được giao xử lý tiếp.`, `${missing.length} messages are taken up.`)]),
  ...(standing.length === 0 ? [] : [out.say(
    `${standing.length} thư không có bước tiếp theo; lượt gửi tới sẽ xử lý.`, `${standing.length} messages have no next step; the next pass of the post puts them right.`,
  )]),
];
