import { sql } from 'kysely';
import { instantAt } from '../../../domain/time';
import { stopwatch, until } from '../arms';
import { countOf } from '../count';
import { type Figure, type Part, plain, round } from '../figure';
import { TODAY } from '../people';
import { plantDigests, plantTasks } from '../plant';
import { type Site, startSite } from '../site';

const NOTICES = 10_000;
const ADDRESSES = 1000;
const MIB = 2 ** 20;
const TABLES = ['notice', 'delivery', 'message', 'attempt', 'body', 'link'] as const;

const accepted = ({ ledger }: Site): Promise<number> => countOf(ledger.selectFrom('message').where('state', '=', 'accepted'));

/** Rows and bytes (indexes and long values included) of the tables that a message touches. */
const sizes = async ({ ledger }: Site): Promise<readonly { readonly table: string; readonly rows: number; readonly bytes: number }[]> =>
  Promise.all(TABLES.map(async (table) => {
    const { rows } = await sql<{ rows: number; bytes: number }>`
      select count(*) as rows, pg_total_relation_size(${table}) as bytes from ${sql.table(table)}`.execute(ledger);
    return { table, rows: Number(rows[0]?.rows), bytes: Number(rows[0]?.bytes) };
  }));

const measure = async (site: Site): Promise<readonly Figure[]> => {
  await plantTasks(site, NOTICES, ADDRESSES);
  await plantDigests(site, TODAY, NOTICES, ADDRESSES);
  await site.setClock({ anchor: Date.now(), from: instantAt(TODAY, 0), rate: 1 });
  const worker = await site.startWorker();
  const before = await worker.ask('rss');
  const took = stopwatch();
  await site.setClock({ anchor: Date.now(), from: instantAt(TODAY, 8 * 60), rate: 1 });
  await until('the last digest is accepted', async () => (await accepted(site)) === ADDRESSES);
  const seconds = took();
  const [peak, all] = [await worker.ask('peak'), await sizes(site)];
  const per = (value: (t: (typeof all)[number]) => number): number => all.reduce((n, t) => n + value(t), 0) / ADDRESSES;
  return [
    plain('08:00 to the last accepted mail', `${seconds.toFixed(1)} s`,
      `${round(NOTICES / seconds)} notices and ${round(ADDRESSES / seconds)} mails per second, through the post.`),
    plain('memory of the worker at its most', `${Math.round(peak / MIB)} MiB`, `${Math.round(before / MIB)} MiB before; resident, of the whole process.`),
    plain('rows per message', round(per((t) => t.rows)),
      `${all.map((t) => `${t.table} ${round(t.rows / ADDRESSES)}`).join(', ')}; ten notices stand in each message.`),
    plain('bytes per message', `${(per((t) => t.bytes) / 1024).toFixed(1)} KiB`,
      `With indexes: ${all.map((t) => `${t.table} ${(t.bytes / ADDRESSES / 1024).toFixed(1)}`).join(', ')} KiB.`),
  ];
};

export const digests: Part = {
  name: 'digests', title: `${NOTICES.toLocaleString('en')} notices for ${ADDRESSES.toLocaleString('en')} addresses at 08:00`,
  about: 'The post of a worker in a process of its own, from the moment its clock shows 08:00; dev server, PostgreSQL and mail server are the same as above.',
  run: async () => {
    const site = await startSite(ADDRESSES);
    try {
      return await measure(site);
    } finally {
      await site.stop();
    }
  },
};
