import { serveWeb } from '../../../client/web/serve';
import type { Ledger } from '../../../ledger/connect';
import { linkKeyId } from '../../../links';
import { inTurns, stopwatch } from '../arms';
import { atMost, median, type Part, percentile, round, sum } from '../figure';
import { acknowledge, OFFICE, openAll, openPage, plantLinks } from '../officials';
import { rememberingLedger } from '../remembering';
import { LINK_SECRET } from '../settings';
import { BARE_QUEUE, type Site, startSite } from '../site';

const CODE = 'BL0';
const TASKS = 240;
const ROUNDS = 4;
const AT_ONCE = 50;
const OPENED_A_ROUND = 500;
const PRESSED_A_ROUND = TASKS / ROUNDS;

const webOf = ({ client }: Site, ledger: Ledger) =>
  serveWeb({ ledger, port: 0, acting: { key: LINK_SECRET, keyId: linkKeyId(LINK_SECRET), temporal: async () => client, hasSms: false } });

const times = (values: readonly number[]): string => `${round(median(values))} and ${round(percentile(values, 0.99))} ms`;

/** Milliseconds of each opening, by the pages of the site and by the same pages without a database. */
const open = async (site: Site, paths: readonly string[], say: (line: string) => void) => {
  const [real, remembered] = [await webOf(site, site.ledger), await webOf(site, rememberingLedger(site.ledger))];
  const ms = { ours: [] as number[], bare: [] as number[] };
  const side = (name: keyof typeof ms, url: string) => async (): Promise<number> => {
    const took = stopwatch();
    const urls = Array.from({ length: OPENED_A_ROUND }, (_, i) => `${url}${paths[i % paths.length]}`);
    ms[name].push(...(await openAll(urls, AT_ONCE)));
    return took();
  };
  await openAll(paths.flatMap((path) => [`${real.url}${path}`, `${remembered.url}${path}`]), AT_ONCE);
  await inTurns({ ours: side('ours', real.url), bare: side('bare', remembered.url) }, ROUNDS, say);
  await Promise.all([real.close(), remembered.close()]);
  return ms;
};

/** Milliseconds of each press until its receipt is to be read, and of a bare Update, one after the other in turns. */
const press = async (site: Site, paths: readonly string[], say: (line: string) => void) => {
  const web = await webOf(site, site.ledger);
  const bare = await site.client.workflow.start('bareActs', { workflowId: 'bare-acts', taskQueue: BARE_QUEUE });
  await bare.executeUpdate('bareAct', { args: ['the first one'] });
  const ms = { ours: [] as number[], bare: [] as number[] };
  await inTurns({
    ours: async (round) => {
      for (const path of paths.slice(round * PRESSED_A_ROUND, (round + 1) * PRESSED_A_ROUND)) {
        const url = `${web.url}${path}`;
        ms.ours.push((await acknowledge(url, (await openPage(url)).html)).ms);
      }
      return sum(ms.ours) / 1000;
    },
    bare: async () => {
      for (let i = 0; i < PRESSED_A_ROUND; i += 1) {
        const took = stopwatch();
        await bare.executeUpdate('bareAct', { args: [`act ${i}`] });
        ms.bare.push(took() * 1000);
      }
      return sum(ms.bare) / 1000;
    },
  }, ROUNDS, say);
  await web.close();
  return ms;
};

export const links: Part = {
  name: 'links', title: 'Links',
  about: `Pages behind links of ${TASKS} tasks, over HTTP: opened with ${AT_ONCE} at once, against the same pages whose ledger knows each answer from the time `
    + 'before; then pressed one after the other ("Xác nhận tiếp nhận"), until the answer that sends to the receipt, against a bare Update of a workflow on the '
    + 'same Temporal server.',
  run: async (say) => {
    const site = await startSite(TASKS);
    try {
      const clock = { anchor: Date.now(), from: OFFICE, rate: 1 };
      await site.setClock(clock);
      await Promise.all([site.startWorker(), site.startBareWorker()]);
      const paths = await plantLinks(site, CODE, TASKS, clock);
      const opened = await open(site, paths, say);
      const pressed = await press(site, paths, say);
      return [
        atMost('opening, the slowest hundredth', percentile(opened.ours, 0.99) / percentile(opened.bare, 0.99), 3,
          `${round(percentile(opened.ours, 0.99) / percentile(opened.bare, 0.99))} (${times(opened.ours)} against ${times(opened.bare)})`,
          `Median and 99th percentile of ${opened.ours.length} openings each; the browser's side runs in the same process.`),
        atMost('press to recorded answer', median(pressed.ours) / median(pressed.bare), 2,
          `${round(median(pressed.ours) / median(pressed.bare))} (${times(pressed.ours)} against ${times(pressed.bare)})`,
          `Of ${pressed.ours.length} presses: the form is checked, the text and the press are written, the act is decided and committed before the answer.`),
      ];
    } finally {
      await site.stop();
    }
  },
};
