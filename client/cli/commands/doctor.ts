import { auditCheck } from '../audit-check';
import type { Check } from '../check';
import { deliveryChecks, ledgerChecks, settingsChecks, temporalChecks } from '../checks';
import type { Register } from '../command';
import type { Context } from '../context';
import { doorsChecks } from '../doors-check';
import type { ExitCode } from '../errors';
import { homeChecks } from '../home-check';
import { metricsCheck } from '../metrics-check';
import type { Output } from '../output';
import { sendTest } from '../send-test';
import { wrap } from '../table';
import { undeliveredChecks } from '../undelivered-check';

const MARKS = { ok: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'] } as const;
const SERVICES: readonly string[] = ['ledger', 'temporal', 'worker', 'mail'];

const checkText = (check: Check, out: Output): string => {
  const [mark, colour] = MARKS[check.state];
  const detail = wrap(check.detail, 56).join(`\n${' '.repeat(22)}`);
  const remedy = check.remedy === undefined ? '' : `\n${' '.repeat(22)}→ ${wrap(check.remedy, 54).join(`\n${' '.repeat(24)}`)}`;
  return `${out.paint(colour, mark)} ${check.name.padEnd(19)} ${detail}${remedy}`;
};

const exitOf = (checks: readonly Check[]): ExitCode => {
  const bad = checks.filter((c) => c.state === 'failed');
  if (bad.length === 0) return 0;
  return bad.some((c) => SERVICES.includes(c.name)) ? 3 : 2;
};

/** Asks every service; a check that breaks is itself a failed check, never the end of the others. */
const guarded = async (name: string, work: Promise<readonly Check[]>): Promise<readonly Check[]> =>
  work.catch((error: unknown): readonly Check[] => [{ name, state: 'failed', detail: error instanceof Error ? error.message : String(error), remedy: 'Xem nhật ký của dịch vụ này.' }]);

const doctor = async (context: Context, { sendTest: address }: { readonly sendTest?: string }): Promise<ExitCode> => {
  if (address !== undefined) return sendTest(context, address);
  const { settings, checks: first } = settingsChecks(context);
  const checks = settings === undefined ? first : [
    ...first, ...homeChecks(settings),
    ...(await guarded('ledger', ledgerChecks(context, settings))),
    ...(await guarded('temporal', temporalChecks(context, settings))),
    ...(await guarded('mail', deliveryChecks(context, settings))),
    ...(await guarded('board', doorsChecks(context, settings))),
    ...(await guarded('undelivered', undeliveredChecks(context))),
    await metricsCheck(settings), await auditCheck(context, settings),
  ];
  context.out.print({ ok: checks.every((c) => c.state !== 'failed'), checks }, () => checks.map((c) => checkText(c, context.out)).join('\n'));
  return exitOf(checks);
};

export const doctorCommand: Register = (program, run, say) => {
  program.command('doctor').description(
    say('Kiểm tra mọi dịch vụ và cấu hình, nêu cách khắc phục', 'Checks every service and setting and says how to mend it')
  ).option('--send-test <ADDRESS>', say('chỉ gửi một thư thử hoặc tin nhắn thử đến địa chỉ này', 'only sends one test mail or SMS to this address')).action(run(doctor));
};
