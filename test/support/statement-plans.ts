import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import type { Ledger } from '../../ledger/connect';

/** Settings of a PostgreSQL that writes the plan of every statement of a session that has asked for it, with what it really read. */
export const EXPLAINING = {
  shared_preload_libraries: 'auto_explain', 'auto_explain.log_analyze': 'on', 'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off', 'auto_explain.log_format': 'json', shared_buffers: '512MB',
} as const;

type Node = {
  readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly 'Actual Rows'?: number; readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number; readonly 'Rows Removed by Index Recheck'?: number; readonly Plans?: readonly Node[];
  readonly 'Shared Hit Blocks'?: number; readonly 'Shared Read Blocks'?: number;
};
/** `rows`: of each table, how many rows the statement looked at, those that it threw away included. `blocks`: pages of 8 KB that it touched. */
export type Seen = { readonly statement: string; readonly rows: ReadonlyMap<string, number>; readonly scans: readonly string[]; readonly blocks: number };

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const looked = (node: Node): number =>
  ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * (node['Actual Loops'] ?? 0);

const seen = (statement: string, plan: Node): Seen => {
  const nodes = nodesOf(plan);
  const rows = new Map<string, number>();
  for (const node of nodes) {
    const table = node['Relation Name'];
    if (table !== undefined) rows.set(table, (rows.get(table) ?? 0) + looked(node));
  }
  const scans = nodes.filter((n) => n['Node Type'] === 'Seq Scan' && (n['Actual Loops'] ?? 0) > 0).map((n) => n['Relation Name'] ?? '');
  return { statement, rows, scans, blocks: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0) };
};

/** A log line that begins an entry; what follows it belongs to it. */
const ENTRY = /^\d{4}-\d\d-\d\d .*?LOG: {2}duration: .* plan:$/;
const plansIn = (log: string): Seen[] => {
  const found: Seen[] = [];
  let lines: string[] | undefined;
  const end = (): void => {
    if (lines === undefined) return;
    const entry = JSON.parse(lines.join('\n')) as { readonly 'Query Text': string; readonly Plan: Node };
    found.push(seen(entry['Query Text'], entry.Plan));
    lines = undefined;
  };
  for (const line of log.split('\n')) {
    if (ENTRY.test(line)) {
      end();
      lines = [];
    } else if (lines !== undefined && line.startsWith('\t')) lines.push(line.slice(1));
    else end();
  }
  end();
  return found;
};

export type Plans = {
  /** Runs something and answers with the plans of every statement of it. */
  of(work: () => Promise<unknown>): Promise<readonly Seen[]>;
};

/** Watches the statements of a ledger's sessions, on a server that was started with {@link EXPLAINING}. */
export const watchPlans = (ledger: Ledger, logFile: string): Plans => {
  const text = (): string => readFileSync(logFile, 'utf8');
  const set = (ms: number) => sql`alter system set auto_explain.log_min_duration = ${sql.lit(ms)}`.execute(ledger).then(() => sql`select pg_reload_conf()`.execute(ledger));
  /** A reload reaches each session before its next statement, after a moment. */
  const untilSet = async (wanted: string): Promise<void> => {
    for (;;) {
      const { rows } = await sql<{ value: string }>`select current_setting('auto_explain.log_min_duration') as value`.execute(ledger);
      if (rows[0]?.value === wanted) return;
    }
  };
  return {
    of: async (work) => {
      await set(0);
      await untilSet('0');
      const from = text().length;
      await work();
      const plans = plansIn(text().slice(from));
      await set(-1);
      await untilSet('-1');
      return plans.filter((p) => !/auto_explain|pg_reload_conf/.test(p.statement));
    },
  };
};
