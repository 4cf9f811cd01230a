import type { Settings } from '../../../config/env';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { isoInstant } from '../../../domain/time';
import { readCalendar } from '../../../ledger/calendar';
import type { Ledger } from '../../../ledger/connect';
import { readDirectoryHeader } from '../../../ledger/directory';
import { writeAudit } from '../../../ledger/settings';
import { instantText } from '../../history-text';
import { readRunFile } from '../../run-file';
import { Unreachable } from '../../unreachable';
import { mailCanary, smsCanary } from '../audit/canary';
import type { Finding } from '../audit/finding';
import { ledgerFindings } from '../audit/ledger';
import { serviceFindings } from '../audit/services';
import { type AuditState, readState, writeState } from '../audit/state';
import { type Dated, ping, tellAdmin } from '../audit/tell';
import { temporalFindings } from '../audit/temporal';
import type { Register } from '../command';
import type { Context } from '../context';
import type { ExitCode } from '../errors';

type Site = { readonly settings: Settings; readonly smtpUrl: string | null };
type Found = { readonly findings: readonly Finding[]; readonly canaries: Pick<AuditState, 'mail' | 'sms'> };

const LEDGER_AWAY: Finding = {
  code: 'ledger-away', what: ['Không kết nối được sổ cái (cơ sở dữ liệu)', 'The ledger (database) cannot be reached'],
  next: ['Kiểm tra PostgreSQL và DATABASE_URL; chạy "dondoc doctor".', 'See PostgreSQL and DATABASE_URL; run "dondoc doctor".'],
};

const siteOf = async (settings: Settings): Promise<Site> => {
  const inbox = settings.databaseUrl === null ? (await readRunFile(settings.home))?.smtpUrl : undefined;
  return { settings, smtpUrl: settings.smtpUrl ?? inbox ?? null };
};

/** The first of a code stands: the worker's last look and our own may both find the mailbox away. */
const oncePerCode = (findings: readonly Finding[]): readonly Finding[] => [...new Map([...findings].reverse().map((f) => [f.code, f])).values()].reverse();

const look = async ({ io, temporal, now: ourNow }: Context, db: Ledger, { settings, smtpUrl }: Site, before: AuditState): Promise<Found> => {
  const now = await ourNow();
  const ways = { settings, smtpUrl, now: io.now() };
  const [ofLedger, ofTemporal, ofServices, mail, sms] = await Promise.all([
    ledgerFindings(db, settings.imapUrl !== null, now), temporalFindings(temporal, db, now), serviceFindings(settings, smtpUrl), mailCanary(ways, before.mail),
    smsCanary(ways, before.sms, { calendar: (await readCalendar(db)) ?? SHIPPED_CALENDAR, smsPrefix: (await readDirectoryHeader(db))?.smsPrefix ?? 'SCT TB' }),
  ]);
  const findings = oncePerCode([...ofTemporal, ...ofLedger, ...ofServices, ...mail.findings, ...sms.findings]);
  return { findings, canaries: { mail: mail.mail, sms: sms.sms } };
};

/** Says it beside the audit's own answer, and leaves what the next run must know. */
const tell = async ({ io, out }: Context, { settings, smtpUrl }: Site, before: AuditState, { findings, canaries }: Found): Promise<readonly Dated[]> => {
  const since = new Map(before.findings.map((f) => [f.code, f.since]));
  const dated = findings.map((f) => ({ ...f, since: f.since ?? since.get(f.code) ?? io.now() }));
  const state = { ...canaries, findings: dated.map(({ code, since: at }) => ({ code, since: at })) };
  try {
    await writeState(settings.home, { ...state, told: before.told });
    const told = await tellAdmin(settings, smtpUrl, dated, { before: before.findings.map((f) => f.code), told: before.told });
    await writeState(settings.home, { ...state, told: [...told] });
  } catch (error) {
    out.note(out.say(`Không ghi được vào ${settings.home}, nên không gửi thư báo: ${String(error)}`, `Cannot write into ${settings.home}, so no mail is sent: ${String(error)}`));
  }
  const { pingUrl } = settings;
  if (pingUrl !== null && !(await ping(pingUrl, dated.map((f) => f.code)))) out.note(out.say('DONDOC_PING_URL không trả lời.', 'DONDOC_PING_URL does not answer.'));
  return dated;
};

const ledgerOf = async ({ ledger }: Context): Promise<Ledger | Unreachable> =>
  ledger().catch((error: unknown) => {
    if (error instanceof Unreachable) return error;
    throw error;
  });

const text = (findings: readonly Dated[], { out }: Context): string => {
  if (findings.length === 0) return out.say('Không phát hiện vấn đề nào.', 'Nothing was found.');
  const lang = out.lang === 'en' ? 1 : 0;
  return findings.map(({ code, what, since, next }) => `${out.paint('red', '✗')} ${what[lang]} (${out.say('từ', 'since')} ${instantText(since)}; ${code})\n  → ${next[lang]}`).join('\n');
};

const audit = async (context: Context): Promise<ExitCode> => {
  const { io, out } = context;
  const site = await siteOf(context.settings());
  const before = await readState(site.settings.home);
  const db = await ledgerOf(context);
  if (db instanceof Unreachable) {
    await tell(context, site, before, { findings: [LEDGER_AWAY], canaries: before });
    throw db;
  }
  const findings = await tell(context, site, before, await look(context, db, site, before));
  await writeAudit(db, { at: io.now(), codes: findings.map((f) => f.code) });
  const lang = out.lang === 'en' ? 1 : 0;
  out.print(
    { findings: findings.map(({ code, what, since, next }) => ({ code, what: what[lang], since: isoInstant(since), next: next[lang] })) }, () => text(findings, context)
  );
  return findings.length === 0 ? 0 : 1;
};

export const auditCommand: Register = (program, run, say) => {
  program.command('audit')
    .description(say('Tự kiểm tra từ bên ngoài: việc gì đứng yên, thư nào không đến; dùng với cron', 'Looks from outside for what stands and what does not arrive; for cron'))
    .action(run(audit));
};
