import type { Client } from '@temporalio/client';
import { REFUSED_AFTER_REOPEN } from '../../../contracts/failures';
import { LEDGER_BEHIND } from '../../../ledger/commit';
import type { Ledger } from '../../../ledger/connect';
import { isoInstant } from '../../../domain/time';
import { type Lost, noteLostContents, readLostContents } from '../../../ledger/lost';
import { type HeldNotice, readHeldNotices } from '../../../ledger/outbox';
import { clearNeedsRepair, listOpenTasks, markNeedsRepair, readSeeds } from '../../../ledger/tasks';
import { instantText } from '../../history-text';
import { lostText } from '../../lost-text';
import { calendarOf, clockOf } from '../../services';
import { compareWithLedger, pokePost, startTasks, terminateTask, workflowStates } from '../../tasks';
import { ensureSearchAttributes } from '../../temporal';
import { NOTICE_WORDS, wordOf } from '../../words';
import { collect, type Register } from '../command';
import type { Context } from '../context';
import { type ExitCode, usage } from '../errors';
import type { Output } from '../output';
import { startProgress } from '../progress';
import { compareMessages, type FoundMessages, messagesJson, messagesText, startMessages } from './repair-messages';

type Options = { readonly dryRun?: boolean; readonly acceptLoss?: readonly string[]; readonly lossNoted?: boolean };
/** What a restore has cost, as the ledger knows it by now: each thing is named. */
type Cost = { readonly lost: readonly Lost[]; readonly held: readonly HeldNotice[] };
/** `missing`: no workflow runs. `behind`: the workflow came to its end with events that the ledger lacks. `running`: goes on, and compares itself. */
type Comparison = { readonly open: readonly string[]; readonly missing: readonly string[]; readonly behind: readonly string[]; readonly running: readonly string[] };

const compare = async ({ io, out }: Context, db: Ledger, client: Client, accepted: readonly string[]): Promise<Comparison> => {
  const tasks = await listOpenTasks(db);
  const bar = startProgress(io, out.say('So sánh', 'Comparing'), tasks.length);
  const states = await workflowStates(client, tasks.map((t) => t.task), bar.update).finally(bar.stop);
  const seqOf = new Map(tasks.map((t) => [t.task, t.seq]));
  const isAccepted = new Set(accepted);
  const others = states.filter((s) => !isAccepted.has(s.task));
  const behind = others.flatMap((s) => (s.status === 'ended' && s.seq > (seqOf.get(s.task) ?? 0) ? [s.task] : []));
  const running = others.flatMap((s) => (s.status === 'running' ? [s.task] : []));
  const known = new Set([...behind, ...running]);
  return { open: tasks.map((t) => t.task), behind, running, missing: tasks.map((t) => t.task).filter((id) => !known.has(id)) };
};

/** Seeds of one reading: each is some kilobytes. */
const AT_ONCE = 500;

const startMissing = async ({ io, out }: Context, db: Ledger, client: Client, missing: readonly string[]): Promise<readonly string[]> => {
  if (missing.length > 0) await ensureSearchAttributes(client);
  const clock = await clockOf(db, io.now());
  const bar = startProgress(io, out.say('Khởi động lại', 'Starting'), missing.length);
  const started: string[] = [];
  const startSome = async (from: number): Promise<void> => {
    const seeds = await readSeeds(db, missing.slice(from, from + AT_ONCE));
    const results = await startTasks(client, [...seeds.values()], clock, { onProgress: (done) => bar.update(from + done), isAgain: true });
    const ours = results.filter((r) => r.outcome === 'started').map((r) => r.task);
    await clearNeedsRepair(db, ours);
    started.push(...ours);
  };
  try {
    for (let from = 0; from < missing.length; from += AT_ONCE) await startSome(from);
  } finally {
    bar.stop();
  }
  return started;
};

/** What is missing starts from the ledger, messages in trouble among it; what runs compares itself, what the ledger has lost is marked; the post is woken. */
const mend = async (context: Context, db: Ledger, client: Client, found: Comparison, messages: FoundMessages): Promise<readonly string[]> => {
  const { io, out } = context;
  await startMessages(context, db, client, messages);
  const started = await startMissing(context, db, client, found.missing);
  const bar = startProgress(io, out.say('Đối chiếu', 'Checking'), found.running.length);
  await compareWithLedger(client, found.running, bar.update).finally(bar.stop);
  await markNeedsRepair(db, found.behind, LEDGER_BEHIND);
  await pokePost(client, { clock: await clockOf(db, io.now()), calendar: await calendarOf(db) });
  return started;
};

const text = (out: Output, found: Comparison, isDryRun: boolean, marked: readonly { readonly task: string; readonly reason: string | null }[]): string => {
  const named = new Set([...found.missing, ...found.behind]);
  return [
  out.say(`${found.open.length} nhiệm vụ đang mở, ${found.missing.length} chưa có tiến trình.`, `${found.open.length} open tasks, ${found.missing.length} without a workflow.`),
  ...found.missing.map((id) => (isDryRun ? out.say(`${id}: sẽ khởi động lại từ sổ cái.`, `${id}: would be started from the ledger.`) : out.say(`${id}: đã khởi động lại từ sổ cái.`, `${id}: started from the ledger.`))),
  ...(isDryRun || found.running.length === 0 ? [] : [out.say(`${found.running.length} tiến trình đang chạy được yêu cầu đối chiếu và ghi bù sổ cái.`, `${found.running.length} running workflows compare with the ledger and write what it lacks.`)]),
  ...found.behind.map((id) => out.say(
    `${id}: đã kết thúc trong Temporal nhưng sổ cái thiếu việc sau cùng. Khôi phục bản sao lưu mới hơn, hoặc chấp nhận mất: dondoc repair --accept-loss ${id}`,
    `${id}: ended in Temporal, but the ledger lacks its last events. Restore a newer backup, or accept the loss: dondoc repair --accept-loss ${id}`,
  )),
  ...marked.filter((m) => !named.has(m.task)).map((m) => out.say(`${m.task}: sổ cái và tiến trình không khớp (${m.reason}).`, `${m.task}: ledger and workflow disagree (${m.reason}).`)),
  ].join('\n');
};

const costJson = ({ lost, held }: Cost) => ({
  lost: lost.map(({ happenedAt, ...one }) => ({ ...one, happenedAt: isoInstant(happenedAt) })),
  held: held.map(({ sendAt, ...one }) => ({ ...one, sendAt: isoInstant(sendAt) })),
});
const heldText = ({ task, kind, position, sendAt, message }: HeldNotice, out: Output): string => {
  const [[vi, en], about, at] = [wordOf(NOTICE_WORDS, kind), task === null ? '' : `${task} `, instantText(sendAt)];
  const again = message === null ? '' : ` (dondoc outbox retry ${message})`;
  return out.say(
    `Có thể đã gửi trước khi khôi phục: ${about}${vi} → ${position}, hạn gửi ${at}${again}.`,
    `May have been sent before the restore: ${about}${en} → ${position}, due ${at}${again}.`,
  );
};
const costText = ({ lost, held }: Cost, out: Output): readonly string[] => [
  ...lost.map((one) => lostText(one)[out.lang === 'en' ? 1 : 0]),
  ...(lost.length === 0 ? [] : [out.say(
    'Đề nghị các đơn vị trên gửi lại; sau khi đã ghi nhận: dondoc repair --loss-noted',
    'Ask these positions for it once more; when you have noted it: dondoc repair --loss-noted',
  )]),
  ...held.map((n) => heldText(n, out)),
  ...(held.every((n) => n.message !== null) ? [] : [out.say(
    'Cho gửi, nếu chưa đến nơi: dondoc outbox release --restored',
    'To let them go, if they did not arrive: dondoc outbox release --restored',
  )]),
];

const repair = async (context: Context, options: Options): Promise<ExitCode | void> => {
  const { out } = context;
  const [db, client] = [await context.ledger(), await context.temporal()];
  const accepted = options.acceptLoss ?? [];
  const known = (await listOpenTasks(db)).map((t) => t.task);
  const unknown = accepted.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw usage('unknown-task', out.say(`Không có nhiệm vụ đang mở ${unknown.join(', ')}.`, `No open task ${unknown.join(', ')}.`));
  if (!options.dryRun) for (const id of accepted) await terminateTask(client, id);
  const found = await compare(context, db, client, accepted);
  const marked = (await listOpenTasks(db)).filter((t) => t.needsRepair !== null).map((t) => ({ task: t.task, reason: t.needsRepair }));
  const messages = await compareMessages(context, db, client);
  const started = options.dryRun ? [] : await mend(context, db, client, found, messages);
  const toldOnce = marked.filter((m) => m.reason?.startsWith(REFUSED_AFTER_REOPEN)).map((m) => m.task);
  if (!options.dryRun) await clearNeedsRepair(db, toldOnce);
  if (options.lossNoted === true && options.dryRun !== true) await noteLostContents(db, context.io.now());
  const cost: Cost = { lost: await readLostContents(db), held: await readHeldNotices(db) };
  const isDryRun = options.dryRun === true;
  const json = { dryRun: isDryRun, open: found.open.length, missing: found.missing, started, behind: found.behind, needsRepair: marked };
  out.print(
    { ...json, messages: messagesJson(messages), ...costJson(cost) },
    () => [
      text(out, found, isDryRun, marked), ...messagesText(out, messages, isDryRun), ...costText(cost, out),
    ].join('\n'),
  );
  return found.behind.length > 0 ? 4 : 0;
};

export const repairCommand: Register = (program, run, say) => {
  program.command('repair')
    .description(say('So sổ cái với Temporal; khởi động lại, ghi bù những gì thiếu; an toàn khi chạy bất cứ lúc nào', 'Compares ledger and Temporal, starts and writes what is missing; harmless at any time'))
    .option('--dry-run', say('chỉ in', 'only prints'))
    .option('--loss-noted', say(
      'đã ghi nhận các nội dung, tệp bị mất; không nêu lại',
      'the lost texts and files have been noted; they are not named again',
    ))
    .option('--accept-loss <ID>', say('lấy sổ cái như hiện có cho nhiệm vụ này, dù thiếu', 'takes the ledger as it is for this task, whatever it lacks'), collect)
    .action(run(repair));
};
