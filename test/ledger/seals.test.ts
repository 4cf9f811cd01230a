import { type Kysely, sql } from 'kysely';
import { createCommit } from '../../activities/commit';
import type { CommitBatch } from '../../contracts/task';
import type { TaskEvent } from '../../domain/task';
import type { Ledger } from '../../ledger/connect';
import { up as bringSeals } from '../../ledger/migrations/0012-seals';
import { insertTask, readEvents } from '../../ledger/tasks';
import { listUnsealed } from '../../ledger/unsealed';
import { linkKeyOf } from '../../links';
import { KEYS, sealedEvent } from '../support/door';
import { onEachEngine } from '../support/ledger';
import { acknowledgedEvent, assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

const TASK = 'CN18-05';
const acted = (seq: number, nonce = `press-${seq}`): TaskEvent => sealedEvent(TASK, acknowledgedEvent(seq), nonce);
const batchOf = (...events: readonly TaskEvent[]): CommitBatch => ({
  task: TASK, events, notices: [], projection: projectionFor(TASK, events.at(-1)?.seq ?? 0), now: START,
});

onEachEngine((fresh) => {
  let ledger: Ledger;
  let commit: ReturnType<typeof createCommit>;
  const commitBy = (keys: Readonly<Record<string, string>>) => createCommit({ ledger, keys, pokePost: async () => undefined });
  const told = async (): Promise<readonly string[]> => (await listUnsealed(ledger, 1)).map((a) => `${a.task} ${a.act} ${a.position} ${a.why}`);
  beforeEach(async () => {
    ledger = await fresh();
    await insertTask(ledger, seedOf(TASK), START);
    commit = commitBy(KEYS);
    await commit(batchOf(assignedEvent()));
  });

  test('a batch with an act that no door of ours has sealed is not written at all, and who looks is told once', async () => {
    const batch = batchOf(acted(2), acknowledgedEvent(3), acted(4));
    for (let attempt = 0; attempt < 2; attempt += 1) expect(await commit(batch)).toEqual({ outcome: 'unsealed', acts: [3] });
    expect(await readEvents(ledger, TASK)).toEqual([assignedEvent()]);
    expect(await told()).toEqual([`${TASK} acknowledge tb-skhdt/officer missing`]);
    expect(await commit(batchOf(acted(2), acted(3)))).toEqual({ outcome: 'written', head: 3 });
  });

  test('what no table takes is told too, cut and without what no text holds', async () => {
    const odd = acknowledgedEvent();
    const forged: object = odd.type === 'acted' ? { ...odd, act: `x\u0000${'y'.repeat(1_000)}`, actor: { ...odd.actor, nonce: '\u0000' } } : odd;
    expect(await commit(batchOf(forged as TaskEvent))).toEqual({ outcome: 'unsealed', acts: [2] });
    expect((await listUnsealed(ledger, 1))[0]?.act).toBe(`x${'y'.repeat(199)}`);
  });

  test('a nonce is taken once for a task: later, and within one batch', async () => {
    expect(await commit(batchOf(acted(2, 'one')))).toEqual({ outcome: 'written', head: 2 });
    expect(await commit(batchOf(acted(3, 'one')))).toEqual({ outcome: 'unsealed', acts: [3] });
    expect(await commit(batchOf(acted(3, 'two'), acted(4, 'two')))).toEqual({ outcome: 'unsealed', acts: [4] });
    expect(await commit(batchOf(acted(2, 'one')))).toEqual({ outcome: 'same', head: 2 });
    expect(await told()).toHaveLength(2);
  });

  test('a ledger that lacks what came before, or holds other content, says that first: it is never adopted for the sake of a forged act', async () => {
    expect(await commit(batchOf(acknowledgedEvent(4)))).toEqual({ outcome: 'behind', head: 1 });
    await commit(batchOf(acted(2)));
    expect(await commit(batchOf(acknowledgedEvent(2)))).toEqual({ outcome: 'ahead' });
    expect(await told()).toEqual([]);
  });

  test('a ledger restored from before takes back what was sealed, each nonce once more', async () => {
    await commit(batchOf(acted(2)));
    const restored = await fresh();
    await insertTask(restored, seedOf(TASK), START);
    const again = createCommit({ ledger: restored, keys: KEYS, pokePost: async () => undefined });
    expect(await again({ ...batchOf(assignedEvent(), acted(2)), isRestored: true })).toEqual({ outcome: 'written', head: 2 });
    expect(await readEvents(restored, TASK)).toEqual([assignedEvent(), acted(2)]);
  });

  test('after a change of the key what was sealed with the old one is taken as long as the old one is named', async () => {
    const next = 'the key of next year, at least 32 characters';
    const changed = { [linkKeyOf(next).keyId]: next };
    expect(await commitBy(changed)(batchOf(acted(2)))).toEqual({ outcome: 'unsealed', acts: [2] });
    expect(await told()).toEqual([`${TASK} acknowledge tb-skhdt/officer unknown-key`]);
    expect(await commitBy({ ...changed, ...KEYS })(batchOf(acted(2)))).toEqual({ outcome: 'written', head: 2 });
  });

  test('a ledger of a release without seals takes acts without one for three days, never one that is sealed for something else', async () => {
    const sealedFrom = async (at: number): Promise<void> => {
      await sql`insert into setting (name, value) values ('sealed-from', to_jsonb(${at}::bigint)) on conflict (name) do update set value = excluded.value`.execute(ledger);
    };
    await sql`drop table unsealed_act`.execute(ledger);
    const tables: object = ledger;
    await bringSeals(tables as Kysely<unknown>);
    expect(await commit(batchOf(sealedEvent('CN18-06', acknowledgedEvent())))).toEqual({ outcome: 'unsealed', acts: [2] });
    expect(await commit(batchOf(acknowledgedEvent()))).toEqual({ outcome: 'written', head: 2 });
    await sealedFrom(Date.now() - 1_000);
    expect(await commit(batchOf(acknowledgedEvent(3)))).toEqual({ outcome: 'unsealed', acts: [3] });
    expect(await commit(batchOf(acknowledgedEvent(2)))).toEqual({ outcome: 'same', head: 2 });
  });
});
