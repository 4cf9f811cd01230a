import { createApp } from '../../client/web/app';
import { connectLedger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { analyse, databaseBytes, grow } from './grown-ledger';
import { dayBefore, hotPaths } from './hot-paths';
import { openLinkOffice } from './link-office';
import { postgresPrograms, startPostgres } from './postgres';
import { startSmtpPeer } from './smtp-peer';
import { EXPLAINING, type Seen, watchPlans } from './statement-plans';

/** Tables that grow for as long as an installation lives. */
const LARGE: readonly string[] = ['message', 'attempt', 'body', 'notice', 'delivery', 'link', 'receipt', 'text', 'press', 'event'];
/** Rows of a large table that one statement may look at: a page of a list, a batch. */
const MOST_ROWS = 2_000;

export type PathReport = {
  readonly name: string;
  readonly statementsAtFirst: number;
  readonly statements: number;
  /** Pages of 8 KB that all its statements touched, on the ledger of the first day and on the grown one. */
  readonly blocksAtFirst: number;
  readonly blocks: number;
  /** Statements that read a large table from end to end, or look at more of it than they need. */
  readonly wasteful: readonly string[];
};
export type GrowthReport = { readonly paths: readonly PathReport[]; readonly bytes: number; readonly messages: number; readonly seconds: number };

const blocksOf = (plans: readonly Seen[]): number => plans.reduce((sum, p) => sum + p.blocks, 0);
const wastefulOf = (plans: readonly Seen[]): string[] =>
  plans.flatMap(({ statement, rows, scans }) => {
    const many = [...rows].filter(([table, count]) => LARGE.includes(table) && count > MOST_ROWS)
      .map(([table, count]) => `${count} rows of ${table}${scans.includes(table) ? ', from end to end' : ''}`);
    return many.length === 0 ? [] : [`${many.join('; ')}: ${statement.replace(/\s+/g, ' ').slice(0, 400)}`];
  });

/** The ledger of a plan after `days` working days of 5,000 addresses, and what each hot path costs there. Undefined where PostgreSQL is not installed. */
export const measureGrowth = async (days: number): Promise<GrowthReport | undefined> => {
  const bin = postgresPrograms();
  if (bin === undefined) return undefined;
  const [postgres, peer] = await Promise.all([startPostgres(bin, EXPLAINING), startSmtpPeer()]);
  const ledger = connectLedger({ socketDir: postgres.socketDir }, { max: 4 });
  try {
    await migrateLedger(ledger);
    const office = await openLinkOffice(ledger);
    const site = createApp({ ledger, publicUrl: 'http://127.0.0.1:8080', now: async () => office.now, onError: (error) => { throw error; } });
    const here = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
    const board = async (path: string): Promise<number> => (await site.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } }, here)).status;
    const watch = watchPlans(ledger, postgres.logFile);
    const paths = hotPaths(office, peer.url, board);
    const plansOf = async (): Promise<(readonly Seen[])[]> => {
      const all: (readonly Seen[])[] = [];
      // The first time fills caches of connections; what is everyday is the second.
      for (const path of paths) {
        await path.run();
        all.push(await watch.of(path.run));
      }
      return all;
    };
    await analyse(ledger);
    const first = await plansOf();
    const began = performance.now();
    await grow(ledger, { addresses: 5_000, days, until: dayBefore(office.now) });
    const seconds = Math.round((performance.now() - began) / 1000);
    await analyse(ledger);
    const grown = await plansOf();
    return {
      bytes: await databaseBytes(ledger), messages: days * 5_000, seconds,
      paths: paths.map(({ name }, i) => ({
        name, statementsAtFirst: first[i]?.length ?? 0, statements: grown[i]?.length ?? 0, blocksAtFirst: blocksOf(first[i] ?? []), blocks: blocksOf(grown[i] ?? []), wasteful: wastefulOf(grown[i] ?? []),
      })),
    };
  } finally {
    await ledger.close();
    await Promise.all([peer.stop(), postgres.stop()]);
  }
};
