import type { Plan, PlanProblem, TaskSpec } from '../../../domain/plan';
import { dmy } from '../../../domain/time';
import { type Register } from '../command';
import type { Context } from '../context';
import type { ExitCode } from '../errors';
import { loadPlan, type PlanOptions } from '../load-plan';
import type { Output } from '../output';
import { facts, table, wrap } from '../table';

/** A row as `plan check --json` prints it: the fields of the contract, whatever else the reader keeps. */
export const taskJson = (t: TaskSpec) => ({
  id: t.id, no: t.no, ...(t.group === undefined ? {} : { group: t.group }), title: t.title,
  ...(t.displayTitle === undefined ? {} : { displayTitle: t.displayTitle }), lead: t.lead,
  coLeads: t.coLeads, leadText: t.leadText, coordinating: t.coordinating, coordinatingText: t.coordinatingText, timeText: t.timeText, timing: t.timing, rule: t.rule,
  confirmedBy: t.confirmedBy, startsOn: t.startsOn, dueOn: t.dueOn, kind: t.kind, supervisor: t.supervisor, milestones: t.milestones, ...(t.confidential ? { confidential: true } : {}),
});

/** A confidential row shows its code and date only. */
const shown = (t: TaskSpec) => (t.confidential ? { id: t.id, no: t.no, dueOn: t.dueOn, confidential: true } : taskJson(t));

export const checkJson = (plan: Plan | null, warnings: Plan['warnings'], errors: readonly PlanProblem[]) => ({
  plan: plan?.plan ?? null, tasks: (plan?.tasks ?? []).map(shown), duties: plan?.duties ?? [], indicators: plan?.indicators ?? [], recipients: plan?.recipients ?? [], warnings, errors,
});

export const taskTable = (tasks: readonly TaskSpec[], out: Output, names: ReadonlyMap<string, string>): string =>
  table(
    [
      { head: out.say('Mã', 'Id'), width: 8 },
      { head: out.say('Nội dung', 'Title'), width: 32 },
      { head: out.say('Chủ trì', 'Lead'), width: 17 },
      { head: out.say('Hạn', 'Due'), width: 10 },
    ],
    tasks.map((t) => [t.id, t.confidential ? '–' : (t.displayTitle ?? t.title), t.confidential ? '–' : (names.get(t.lead) ?? t.lead), t.dueOn === null ? '–' : dmy(t.dueOn)]),
  );

const bullet = (text: string): string => wrap(text, 74).join('\n    ');

const text = (plan: Plan | null, warnings: Plan['warnings'], errors: readonly PlanProblem[], out: Output, names: ReadonlyMap<string, string>): string => {
  const parts: string[] = [];
  if (plan) {
    const { code, title, issuedOn, number, numberSuffix } = plan.plan;
    parts.push(
      facts([
        [out.say('Mã', 'Code'), code],
        [out.say('Kế hoạch', 'Plan'), title],
        [out.say('Số', 'Number'), `${number ?? '…'}${numberSuffix}`],
        [out.say('Ngày ban hành', 'Issued on'), dmy(issuedOn)],
        [out.say('Nhiệm vụ', 'Tasks'), String(plan.tasks.length)],
      ]),
    );
    parts.push(taskTable(plan.tasks, out, names));
  }
  if (warnings.length > 0) parts.push(
    [
      out.say(`Cảnh báo (${warnings.length}):`, `Warnings (${warnings.length}):`),
      ...warnings.map((w) => `  ${out.paint('yellow', w.code)} ${bullet(`${w.where}: ${w.message} → ${w.proposal}`)}`),
    ].join('\n')
  );
  if (errors.length > 0) {
    const place = (e: PlanProblem): string => [e.where, e.row, e.cell].filter((p) => p !== undefined).join(', ');
    parts.push(
      [
        out.say(`Lỗi (${errors.length}):`, `Errors (${errors.length}):`),
        ...errors.map((e) => `  ${out.paint('red', '✗')} ${bullet(`${place(e)}: ${e.message}. ${out.say('Được chấp nhận', 'Accepted')}: ${e.accepted}`)}`),
      ].join('\n')
    );
  }
  return parts.join('\n\n');
};

const check = async ({ io, out }: Context, file: string, options: PlanOptions): Promise<ExitCode> => {
  const { reading, directory } = await loadPlan(io, file, options);
  const names = new Map(directory.units.map((u) => [u.id, u.shortName]));
  out.print(checkJson(reading.plan, reading.warnings, reading.errors), () => text(reading.plan, reading.warnings, reading.errors, out, names));
  return reading.errors.length > 0 ? 2 : 0;
};

export const planCheck: Register = (plan, run, say) => {
  plan
    .command('check')
    .description(say('Đọc tệp kế hoạch, nêu mọi cảnh báo và lỗi; không khởi động gì', 'Reads a plan file with all its warnings and errors; starts nothing'))
    .argument('<FILE>')
    .option('--code <CODE>', say('mã kế hoạch', 'code of the plan'))
    .option('--issued-on <DATE>', say('ngày ban hành', 'day of issue'))
    .option('--directory <FILE>', say('tệp danh bạ', 'directory file'))
    .action(run(check));
};
