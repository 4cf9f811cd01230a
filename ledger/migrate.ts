import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import * as foundation from './migrations/0001-foundation';
import * as delivery from './migrations/0002-delivery';
import * as links from './migrations/0003-links';
import * as letters from './migrations/0004-letters';
import * as years from './migrations/0005-years';
import * as post from './migrations/0007-post';
import * as fence from './migrations/0008-fence';
import * as growth from './migrations/0010-growth';
import * as doors from './migrations/0011-doors';
import * as seals from './migrations/0012-seals';
import * as lost from './migrations/0013-lost';
import * as oddMails from './migrations/0014-odd-mails';
import * as lists from './migrations/0015-lists';
import type { Schema } from './schema';

const MIGRATIONS: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-delivery': delivery,
  '0003-links': links,
  '0004-letters': letters,
  '0005-years': years,
  '0007-post': post,
  '0008-fence': fence,
  '0010-growth': growth,
  '0011-doors': doors,
  '0012-seals': seals,
  '0013-lost': lost,
  '0014-odd-mails': oddMails,
  '0015-lists': lists,
};

const provider = { getMigrations: () => Promise.resolve(MIGRATIONS) };

/**
 * Brings the tables up to date and answers with the names of the migrations it ran; none when it is called again. An
 * index of a large table takes longer than any other statement may: here they have no limit of the server's. Numbers
 * are given out before the work is done, so a ledger may have had a later one first.
 */
export const migrateLedger = (db: Kysely<Schema>): Promise<readonly string[]> =>
  db.connection().execute(async (one) => {
    await sql`set statement_timeout = 0`.execute(one);
    const migrator = new Migrator({ db: one, provider, allowUnorderedMigrations: true });
    const { error, results } = await migrator.migrateToLatest();
    await sql`reset statement_timeout`.execute(one);
    if (error !== undefined)
      throw error instanceof Error ? error : new Error('the ledger could not be migrated', { cause: error });
    return (results ?? []).map((r) => r.migrationName);
  });
