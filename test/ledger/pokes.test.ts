import { connectLedger, type Ledger } from '../../ledger/connect';
import { beginPass, signalOnce } from '../../ledger/outbox';
import { type Chance, withChance } from '../support/chance';
import { onEachEngine } from '../support/ledger';

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The post as its workflow is: it clears its flag, then gathers, and only then waits. */
const postOver = (ledger: Ledger, { between }: Chance) => {
  const gathered = new Set<string>();
  let [isPoked, isEnded, passes]: [boolean, boolean, number] = [false, false, 0];
  const run = async (): Promise<void> => {
    while (!isEnded) {
      if (!isPoked) {
        await pause(1);
        continue;
      }
      isPoked = false;
      passes += 1;
      await pause(between(0, 5));
      await beginPass(ledger);
      const rows = await ledger.selectFrom('setting').select('name').where('name', 'like', 'written %').execute();
      rows.forEach((r) => gathered.add(r.name));
      await pause(between(0, 10));
    }
  };
  const running = run();
  return { signal: async () => { await pause(between(0, 4)); isPoked = true; }, gathered, passes: () => passes, end: () => { isEnded = true; return running; } };
};

onEachEngine((fresh, engine) => {
  it('of many workers at once none is lost, and the post is signalled no more than once for each of its passes and each worker', () => withChance(async (chance) => {
    const [WORKERS, TRIALS] = [4, 100];
    const ledger = await fresh();
    const post = postOver(ledger, chance);
    const socketDir = await engine.socketDir();
    const workers = Array.from({ length: WORKERS }, () => connectLedger({ socketDir }, { max: 1 }));
    let [signals, written]: [number, number] = [0, 0];
    const tell = async (own: Ledger): Promise<void> => {
      await pause(chance.between(0, 12));
      await own.insertInto('setting').values({ name: `written ${written += 1}`, value: 'true' }).execute();
      await signalOnce(own, async () => { signals += 1; await post.signal(); });
    };
    for (let trial = 0; trial < TRIALS; trial += 1) {
      await Promise.all(workers.map(tell));
      // Nobody pokes any more: what was written last is gathered because of the poke that followed it, or it is lost.
      for (const end = Date.now() + 3_000; post.gathered.size < written && Date.now() < end;) await pause(1);
      if (post.gathered.size < written) break;
    }
    await post.end();
    await Promise.all(workers.map((own) => own.close()));
    expect(written - post.gathered.size).toBe(0);
    expect(written).toBe(WORKERS * TRIALS);
    expect(signals).toBeLessThan(written);
    expect(signals).toBeLessThanOrEqual((post.passes() + 1) * WORKERS);
  }), 60_000);

  it('whose signal fails is given again by the next; after a signal none is given until a pass has begun', async () => {
    const ledger = await fresh();
    await beginPass(ledger);
    await expect(signalOnce(ledger, () => Promise.reject(new Error('Temporal is away')))).rejects.toThrow('Temporal is away');
    let signals = 0;
    const signal = async (): Promise<void> => { signals += 1; };
    for (let n = 0; n < 3; n += 1) await signalOnce(ledger, signal);
    expect(signals).toBe(1);
    await beginPass(ledger);
    for (let n = 0; n < 3; n += 1) await signalOnce(ledger, signal);
    expect(signals).toBe(2);
  });

  it('whose signal came when a pass had begun meanwhile leaves the way free for the next', async () => {
    const ledger = await fresh();
    await beginPass(ledger);
    let signals = 0;
    await signalOnce(ledger, async () => { signals += 1; await beginPass(ledger); });
    await signalOnce(ledger, async () => { signals += 1; });
    expect(signals).toBe(2);
  });
});
