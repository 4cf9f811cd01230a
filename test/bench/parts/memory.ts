import { startTasks } from '../../../client/tasks';
import { instantAt } from '../../../domain/time';
import { until } from '../arms';
import { countOf } from '../count';
import type { Child } from '../child';
import { type Part, plain } from '../figure';
import { seedFor, spec, TODAY } from '../people';
import { type Site, startSite } from '../site';
import { CACHED_WORKFLOWS } from '../../../worker/create-worker';

/** Fewer than the cache of a worker holds. */
const FIRST = 20;
const CACHED = 400;
const MORE = 800;
const UNITS = 40;
const KIB = 1024;
/** Before the office opens: the tasks are opened and wait for their assignment. */
const NOW = instantAt(TODAY, 5 * 60);

type Taken = { readonly heap: number; readonly rss: number };
const take = async (worker: Child): Promise<Taken> => {
  const heap = await worker.ask('heap');
  return { heap, rss: await worker.ask('rss') };
};

const countOpened = ({ ledger }: Site): Promise<number> => countOf(ledger.selectFrom('task'));

/** Starts tasks and waits until each has written its row, the first thing that it does. */
const open = async (site: Site, from: number, count: number): Promise<void> => {
  const seeds = Array.from({ length: count }, (_, i) => ({ ...seedFor('BD0', spec(`BD0-${from + i}`, i % UNITS, '2025-12-31')), startAt: NOW }));
  await startTasks(site.client, seeds, { anchor: Date.now(), from: NOW, rate: 1 });
  await until('every task is open', async () => (await countOpened(site)) === from + count);
};

const measure = async (site: Site, say: (line: string) => void) => {
  await site.setClock({ anchor: Date.now(), from: NOW, rate: 1 });
  const worker = await site.startWorker();
  await open(site, 0, FIRST);
  const first = await take(worker);
  await open(site, FIRST, CACHED);
  const cached = await take(worker);
  await open(site, FIRST + CACHED, CACHED_WORKFLOWS - FIRST - CACHED);
  const full = await take(worker);
  await open(site, CACHED_WORKFLOWS, MORE);
  const beyond = await take(worker);
  [first, cached, full, beyond].forEach(({ heap, rss }) => say(`heap ${Math.round(heap / KIB)} KiB, resident ${Math.round(rss / KIB)} KiB`));
  return { first, cached, full, beyond };
};

export const memory: Part = {
  name: 'memory', title: 'Memory of a worker per open task',
  about: 'Heaps of all threads of a worker process after a collection in each, and what of it is resident: with ' + `${FIRST} open tasks, `
    + `${CACHED} more, as many as its cache holds (${CACHED_WORKFLOWS}), and ${MORE} more than that.`,
  run: async (say) => {
    const site = await startSite(UNITS);
    try {
      const { first, cached, full, beyond } = await measure(site, say);
      const kib = (a: number, b: number, tasks: number): number => (b - a) / tasks / KIB;
      return [
        plain('heap per cached task', `${kib(first.heap, cached.heap, CACHED).toFixed(0)} KiB`,
          `Resident: ${kib(first.rss, cached.rss, CACHED).toFixed(0)} KiB, with what the collector has not given back.`),
        plain('heap per task beyond the cache', `${kib(full.heap, beyond.heap, MORE).toFixed(0)} KiB`,
          `Resident: ${kib(full.rss, beyond.rss, MORE).toFixed(0)} KiB, what the collector has kept. A task outside the cache lives on the server alone.`),
      ];
    } finally {
      await site.stop();
    }
  },
};
