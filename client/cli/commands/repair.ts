import { openSeeds } from '../../../ledger/board';
import { listOpenTasks, setNeedsRepair } from '../../../ledger/tasks';
import { calendarOf, clockOf } from '../../services';
import { pokePost, startTasks, withoutWorkflow } from '../../tasks';
import { ensureSearchAttributes } from '../../temporal';
import type { Register } from '../command';
import type { Context } from '../context';
import { startProgress } from '../progress';

/** An act that no longer fitted after the ledger had won: the task goes on, and the person reading this has now been told. */
const TOLD_ONCE = 'act-refused-after-reopen';

const repair = async (context: Context, options: { readonly dryRun?: boolean }): Promise<void> => {
  const { io, out } = context;
  const ledger = await context.ledger();
  const client = await context.temporal();
  const open = await openSeeds(ledger);
  const checking = startProgress(io, out.say('So sánh', 'Comparing'), open.length);
  const missing = await withoutWorkflow(client, open.map((o) => o.seed.id), checking.update).finally(checking.stop);
  const marked = (await listOpenTasks(ledger)).filter((t) => t.needsRepair !== null).map((t) => ({ task: t.task, reason: t.needsRepair }));
  const started = options.dryRun ? [] : await startMissing(context, missing);
  if (!options.dryRun) for (const { task } of marked.filter((m) => m.reason?.startsWith(TOLD_ONCE))) await setNeedsRepair(ledger, task, null);
  out.print({ dryRun: options.dryRun === true, open: open.length, missing, started, needsRepair: marked }, () =>
    [
      out.say(`${open.length} nhiệm vụ đang mở, ${missing.length} chưa có tiến trình.`, `${open.length} open tasks, ${missing.length} without a workflow.`),
      ...missing.map((id) => (options.dryRun ? out.say(`${id}: sẽ khởi động lại từ sổ cái.`, `${id}: would be started from the ledger.`) : out.say(`${id}: đã khởi động lại từ sổ cái.`, `${id}: started from the ledger.`))),
      ...marked.filter((m) => !missing.includes(m.task)).map((m) => out.say(`${m.task}: dừng vì sổ cái và tiến trình không khớp (${m.reason}).`, `${m.task}: stopped, ledger and workflow disagree (${m.reason}).`)),
    ].join('\n'));
};

/** The post is woken whether or not anything was missing: that is harmless, and starts it where it is absent. */
const startMissing = async ({ io, out, ledger, temporal }: Context, missing: readonly string[]): Promise<readonly string[]> => {
  const [db, client] = [await ledger(), await temporal()];
  const clock = await clockOf(db, io.now());
  const seeds = (await openSeeds(db)).map((o) => o.seed).filter((seed) => missing.includes(seed.id));
  if (seeds.length > 0) await ensureSearchAttributes(client);
  const bar = startProgress(io, out.say('Khởi động lại', 'Starting'), seeds.length);
  const results = await startTasks(client, seeds, clock, bar.update, true).finally(bar.stop);
  const started = results.filter((r) => r.outcome === 'started').map((r) => r.task);
  for (const task of started) await setNeedsRepair(db, task, null);
  await pokePost(client, { clock, calendar: await calendarOf(db) });
  return started;
};

export const repairCommand: Register = (program, run, say) => {
  program.command('repair').description(
    say(
      'So sổ cái với Temporal; khởi động lại nhiệm vụ mở thiếu tiến trình; an toàn khi chạy bất cứ lúc nào',
      'Compares ledger and Temporal, starts what is missing; harmless at any time',
    )
  ).option('--dry-run', say('chỉ in', 'only prints')).action(run(repair));
};
