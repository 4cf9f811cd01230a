import { DatabaseError } from 'pg';
import { grouped } from '../../../activities/send/grouped';

const refusal = (code: string): DatabaseError => Object.assign(new DatabaseError('no', 2, 'error'), { code });
type Item = { readonly key: string };
/** A ledger that refuses every statement that holds the item `bad`. */
const ledger = (code: string) => {
  const statements: string[] = [];
  const write = grouped<Item>(async (items) => {
    statements.push(items.map((i) => i.key).join(' '));
    if (items.some((i) => i.key === 'bad')) throw refusal(code);
    return new Set(items.map((i) => i.key));
  });
  return { statements, writeAll: (keys: readonly string[]) => Promise.allSettled(keys.map((key) => write({ key }))) };
};
const fates = (all: readonly PromiseSettledResult<boolean>[]) => all.map((a) => a.status);

describe('small writes that go together', () => {
  it('fail alone where the ledger cannot take one of them', async () => {
    const { statements, writeAll } = ledger('22P05');
    expect(fates(await writeAll(['a', 'bad', 'b']))).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(statements).toEqual(['a bad b', 'a', 'bad', 'b']);
  });

  it('fail together where the ledger goes away: each alone would fare no better', async () => {
    const { statements, writeAll } = ledger('57P01');
    expect(fates(await writeAll(['a', 'bad', 'b']))).toEqual(['rejected', 'rejected', 'rejected']);
    expect(statements).toEqual(['a bad b']);
  });
});
