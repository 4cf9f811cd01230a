import { countMessages, listPlans, listTasks, type PlanRow } from '../../../ledger/board';
import { calendarOf } from '../../services';
import { isOverdue, taskLine, type TaskLine } from '../../task-line';
import { STATE_WORDS, TIMELINESS_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused } from '../errors';
import type { Output } from '../output';
import { facts } from '../table';
import { dmy } from '../../../domain/time';

const tally = (values: readonly (string | null)[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value ?? 'starting'] = (counts[value ?? 'starting'] ?? 0) + 1;
  return counts;
};

const statusJson = (plan: PlanRow, lines: readonly TaskLine[]) => ({
  code: plan.code, title: plan.header.title, number: plan.header.number, issuedOn: plan.header.issuedOn, withdrawn: plan.withdrawnAt !== null, withdrawnReason: plan.withdrawnReason,
  tasks: lines.length, byState: tally(lines.map((l) => l.state)), byTimeliness: tally(lines.map((l) => l.timeliness)), overdue: lines.filter(isOverdue).length,
  needsRepair: lines.filter((l) => l.needsRepair !== null).map((l) => l.id),
});
type Status = ReturnType<typeof statusJson>;

const counts = (tallied: Readonly<Record<string, number>>, words: Parameters<typeof wordOf>[0], out: Output): string =>
  Object.entries(tallied).map(([key, n]) => `${key === 'starting' ? out.say('Chờ khởi động', 'Starting') : wordOf(words, key)[out.lang === 'en' ? 1 : 0]}: ${n}`).join('; ');

const statusText = (s: Status, out: Output): string =>
  facts([
    [out.say('Kế hoạch', 'Plan'), `${s.code}: ${s.title}`],
    [out.say('Số, ngày', 'Number, day'), `${s.number ?? out.say('chưa có số', 'no number yet')}, ${dmy(s.issuedOn)}`],
    ...(s.withdrawn ? [[out.say('Đã thu hồi', 'Withdrawn'), s.withdrawnReason ?? ''] as const] : []),
    [out.say('Số nhiệm vụ', 'Tasks'), String(s.tasks)],
    [out.say('Tình trạng', 'States'), counts(s.byState, STATE_WORDS, out)],
    [out.say('Thời hạn', 'Timeliness'), counts(s.byTimeliness, TIMELINESS_WORDS, out)],
    [out.say('Quá hạn', 'Overdue'), String(s.overdue)],
    ...(s.needsRepair.length > 0 ? [[out.say('Cần khôi phục', 'Needs repair'), `${s.needsRepair.join(', ')} ("dondoc repair")`] as const] : []),
  ]);

const status = async ({ out, ledger, today }: Context, code: string | undefined): Promise<void> => {
  const db = await ledger();
  const plans = await listPlans(db, code);
  if (code !== undefined && plans.length === 0) throw refused('unknown-plan', out.say(`Không có kế hoạch ${code}.`, `There is no plan ${code}.`));
  const [rows, calendar, day, messages] = await Promise.all(
    [listTasks(db, code === undefined ? {} : { plan: code }), calendarOf(db), today(), countMessages(db)]
  );
  const lines = rows.map((row) => taskLine(row, calendar, day));
  const all = plans.map((plan) => statusJson(plan, lines.filter((l) => l.plan === plan.code)));
  out.print(
    { today: day, plans: all, messages },
    () => (all.length === 0 ? out.say('Chưa có kế hoạch nào.', 'No plan yet.') : all.map((s) => statusText(s, out)).join('\n\n')),
  );
};

export const planStatus: Register = (plan, run, say) => {
  plan.command('status').description(say('Tổng hợp tình trạng các kế hoạch', 'Sums up the plans')).argument('[PLAN]').action(run(status));
};
