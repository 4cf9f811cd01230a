import { randomUUID } from 'node:crypto';
import type { Command } from '../../../domain/acts';
import { positionOf } from '../../../domain/plan';
import type { TaskSeed } from '../../../domain/task';
import { type CivilDate, isoInstant } from '../../../domain/time';
import { openSeeds } from '../../../ledger/board';
import { readPlan, withdrawPlan } from '../../../ledger/plans';
import { sendAct } from '../../acts';
import { inParallel } from '../../pool';
import { isShown } from '../../shown';
import type { ActAnswer } from '../../tasks';
import type { Register } from '../command';
import { confirmSending, type Context } from '../context';
import { type ExitCode, refused } from '../errors';
import { parseDay } from '../parse';

type Options = { readonly reason: string; readonly documentNumber?: string; readonly documentDate?: string; readonly yes?: boolean };
const ACTS_AT_ONCE = 8;

/** Each open task is discontinued by its supervisor's leader through the system, on the document named or on the withdrawal itself. */
const discontinue = (seed: TaskSeed, operator: string, document: { readonly number: string; readonly date: CivilDate }): Command => ({
  act: 'discontinue', fields: { document }, actor: { by: positionOf(seed.supervisor, 'leader'), via: 'system', operator, nonce: randomUUID() },
});

const withdraw = async (context: Context, code: string, options: Options): Promise<ExitCode> => {
  const { out, operator } = context;
  const ledger = await context.ledger();
  const plan = await readPlan(ledger, code);
  if (!plan) throw refused('unknown-plan', out.say(`Không có kế hoạch ${code}.`, `There is no plan ${code}.`));
  const open = await openSeeds(ledger, code);
  if (plan.withdrawn && open.length === 0) throw refused(
    'already-withdrawn',
    out.say(`Kế hoạch ${code} đã được thu hồi lúc ${isoInstant(plan.withdrawn.at)}.`, `Plan ${code} was withdrawn at ${isoInstant(plan.withdrawn.at)}.`),
  );
  const question = out.say(
    `Thu hồi kế hoạch ${code}: dừng ${open.length} nhiệm vụ và báo cho các đơn vị đã được giao.`,
    `Withdraw plan ${code}: ${open.length} tasks end, and the units that were told are told.`,
  );
  if (!(await confirmSending(context, question, options.yes === true))) throw refused(
    'not-confirmed',
    out.say('Đã dừng theo yêu cầu; chưa thu hồi gì.', 'Stopped as asked; nothing was withdrawn.'),
  );
  const door = await context.door();
  const [now, today] = [await context.now(), await context.today()];
  await withdrawPlan(ledger, code, { reason: options.reason, at: now });
  const document = {
    number: options.documentNumber ?? `thu hồi ${code}`,
    date: options.documentDate === undefined ? today : parseDay(options.documentDate, '--document-date'),
  };
  const answers = await inParallel(
    open,
    ACTS_AT_ONCE,
    async ({ seed }) => ({ task: seed.id, answer: await sendAct(ledger, door, seed.id, discontinue(seed, operator, document), now) }),
  );
  await inParallel(answers, ACTS_AT_ONCE, async ({ task, answer }) => answer.ok && isShown(ledger, task, answer.receipt.seq));
  const ended = answers.filter((a) => a.answer.ok).map((a) => a.task);
  const left = answers.filter((a) => !a.answer.ok).map((a) => ({ task: a.task, ...whyOf(a.answer) }));
  out.print({ plan: code, discontinued: ended, left }, () =>
    [
      out.say(`Đã thu hồi kế hoạch ${code}; dừng ${ended.length} nhiệm vụ.`, `Plan ${code} is withdrawn; ${ended.length} tasks ended.`),
      ...left.map((l) => `${l.task}: ${l.message}`),
    ].join('\n'));
  return left.length === 0 ? 0 : 4;
};

const whyOf = (answer: ActAnswer): { readonly code: string; readonly message: string } => {
  if (answer.ok) return { code: '', message: '' };
  if (answer.code === 'no-workflow') return { code: answer.code, message: 'không có tiến trình; chạy "dondoc repair" rồi thu hồi lại' };
  if (answer.code === 'no-answer') return { code: answer.code, message: 'chưa có trả lời; chạy lại lệnh này' };
  if (answer.code === 'key-unknown') return { code: answer.code, message: 'khóa DONDOC_LINK_SECRET của máy này khác khóa của worker' };
  return { code: answer.code, message: answer.message };
};

export const planWithdraw: Register = (plan, run, say) => {
  plan
    .command('withdraw')
    .description(say('Thu hồi một kế hoạch khởi động nhầm', 'Takes back a mistaken start'))
    .argument('<PLAN>')
    .requiredOption('--reason <TEXT>', say('lý do', 'reason'))
    .option('--document-number <NUMBER>', say('số văn bản làm căn cứ', 'number of the document'))
    .option('--document-date <DATE>', say('ngày văn bản', 'date of the document'))
    .option('--yes', say('không hỏi lại', 'does not ask'))
    .action(run(withdraw));
};
