/** Officials who open links and act: what a phone sends, and nothing of the code behind it. */
import type { Client } from '@temporalio/client';
import { inParallel } from '../../client/pool';
import { startTasks } from '../../client/tasks';
import type { Clock } from '../../contracts/clock';
import { addDays, type Instant, instantAt } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { insertLinks } from '../../ledger/links';
import { insertPlan } from '../../ledger/plans';
import { insertTasks } from '../../ledger/tasks';
import { hashSecret, linkKeyId, mintSecret } from '../../links';
import { stopwatch, until } from './arms';
import { countOf } from './count';
import { header, seedFor, spec, TODAY } from './people';
import { LINK_SECRET } from './settings';

/** In the office hours: the tasks are assigned at once. */
export const OFFICE: Instant = instantAt(TODAY, 9 * 60);
const DUE_ON = '2025-12-31';

/** Open tasks of one plan, each led by a unit of its own and assigned today, with a link of its officer to each; answers with their paths. */
export const plantLinks = async ({ ledger, client }: { readonly ledger: Ledger; readonly client: Client }, code: string, count: number, clock: Clock): Promise<readonly string[]> => {
  const specs = Array.from({ length: count }, (_, i) => spec(`${code}-${i}`, i, DUE_ON));
  const seeds = specs.map((s) => ({ ...seedFor(code, s), startAt: OFFICE }));
  await insertPlan(ledger, { header: header(code), tasks: specs, file: { name: 'ke-hoach.txt', content: Buffer.from(code), hash: code }, startedAt: OFFICE });
  await insertTasks(ledger, seeds, OFFICE);
  await startTasks(client, seeds, clock);
  await until('every task is assigned', async () => (await countOf(ledger.selectFrom('task').where('plan', '=', code).where('seq', '>', 0))) === count);
  const links = specs.map((s) => ({ id: `link-${s.id}`, secret: mintSecret({ key: LINK_SECRET, keyId: linkKeyId(LINK_SECRET), linkId: `link-${s.id}`, kind: 'email' }), spec: s }));
  await insertLinks(ledger, links.map(({ id, secret, spec: { id: task, lead } }) => ({
    id, hash: hashSecret(secret), keyId: linkKeyId(LINK_SECRET), kind: 'step' as const, slot: id, message: null, notice: null, position: `${lead}/officer` as const, person: null, task,
    step: 'assigned', version: 1, expiresOn: addDays(TODAY, 90),
  })), OFFICE);
  return links.map(({ secret }) => `/t/${secret}`);
};

const unescaped = (text: string): string => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
const hiddenOf = (form: string): Record<string, string> =>
  Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]));

/** Opens a link; milliseconds until the whole page is there, and the page. @throws where it is not answered with 200 */
export const openPage = async (url: string): Promise<{ readonly ms: number; readonly html: string }> => {
  const took = stopwatch();
  const answer = await fetch(url);
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`a page answered ${answer.status}`);
  return { ms: took() * 1000, html };
};

/** Presses "Xác nhận tiếp nhận" on an open page; milliseconds until the answer, and where its receipt is. @throws where it is anything but a receipt */
export const acknowledge = async (url: string, html: string): Promise<{ readonly ms: number; readonly receipt: string }> => {
  const form = html.slice(html.indexOf('id="act-acknowledge"')).split('</form>')[0] ?? '';
  const took = stopwatch();
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ...hiddenOf(form), ok: 'yes', deliverable: 'Quyết định của UBND tỉnh' }) });
  const receipt = answer.headers.get('location');
  await answer.text();
  if (answer.status !== 303 || receipt === null) throw new Error(`a press was answered ${answer.status}`);
  return { ms: took() * 1000, receipt };
};

/** Opens each of the links, so many at once; milliseconds of each. */
export const openAll = (urls: readonly string[], atOnce: number): Promise<number[]> => inParallel(urls, atOnce, async (url) => (await openPage(url)).ms);

/** How many acknowledgements the ledger holds of a plan's tasks, and of how many tasks. */
export const acknowledged = async (ledger: Ledger, code: string): Promise<{ readonly events: number; readonly tasks: number }> => {
  const rows = await ledger.selectFrom('event').innerJoin('task', 'task.id', 'event.task').select('event.task').where('task.plan', '=', code).where('act', '=', 'acknowledge').execute();
  return { events: rows.length, tasks: new Set(rows.map((r) => r.task)).size };
};
