import { actOnTask } from '../../client/tasks';
import type { Position } from '../../domain/plan';
import { insertLinks } from '../../ledger/links';
import { insertTask } from '../../ledger/tasks';
import { hashSecret, linkKeyOf, mintSecret } from '../../links';
import { type BlackHole, startBlackHole } from '../support/black-hole';
import { at, command, text } from '../support/builders';
import { emailOf, TASKS } from '../support/delivery';
import { doorTo, LINK_SECRET } from '../support/door';
import { formOf, hiddenFields } from '../support/link-office';
import { type LiveSite, startLiveSite, until, untilSettled } from '../support/live-site';
import { furnishManyOffices } from '../support/many-offices';
import { FIRST_MORNING, SHORT_TASKS, startShortPlan } from '../support/short-plan';
import { seedOf, START } from '../support/task-values';
import { startWebProcess, type WebProcess } from '../support/web-process';
import type { Row } from './run';
import { counted, type Play, TAKEN, write } from './temporal';

/**
 * PostgreSQL says nothing any more, to worker and web: what stands between them swallows what it is given. Officials go
 * on acting, by command and at pages, and reminders become due.
 */
export type Silence = {
  /** The longest that anybody waited, in ms: for a page to say that it cannot be had now. */
  readonly said: number;
  /** After the database spoke again: for a page, for a press with what had been typed, for acts, for mails. */
  readonly page: number;
  readonly press: number;
  readonly acts: number;
  readonly mails: number;
};
/** What is promised of each, in ms. */
const GOES_ON_MS = 10_000;
const PROMISED: Silence = { said: 5_000, page: GOES_ON_MS, press: GOES_ON_MS, acts: GOES_ON_MS, mails: GOES_ON_MS };
/** Those that were not kept. `slack`: so many times as long, on a machine that does much besides. */
export const tooLate = (silence: Silence, slack = 1): readonly string[] =>
  Object.entries(PROMISED)
    .map(([what, ms]) => ({ what, ms, took: silence[what as keyof Silence] }))
    .filter(({ ms, took }) => took > ms * slack)
    .map(({ what, ms, took }) => `PostgreSQL silent: ${what} after ${took.toFixed(0)} ms, not ${ms}`);
/** The longest of each. */
export const longest = (all: readonly Silence[]): Silence =>
  all.reduce((a, b) => ({
    said: Math.max(a.said, b.said),
    page: Math.max(a.page, b.page),
    press: Math.max(a.press, b.press),
    acts: Math.max(a.acts, b.acts),
    mails: Math.max(a.mails, b.mails),
  }));

const DUE = '2018-11-12';
const [ACTED, PRESSED] = [SHORT_TASKS[2]!, SHORT_TASKS[0]!];
const [ACTOR, PRESSER]: readonly Position[] = ['tb-stc/officer', 'tb-skhdt/officer'];
const TYPED = 'Đang lấy ý kiến các sở, ngành';

type Scene = Play & { readonly hole: BlackHole; readonly web: WebProcess; readonly link: string };

/** A link of the lead's officer to a task, as a mail would have it. */
const linkTo = async (site: LiveSite, task: string): Promise<string> => {
  const secret = mintSecret({ ...linkKeyOf(LINK_SECRET), linkId: 'of-the-test', kind: 'email' });
  const { keyId } = linkKeyOf(LINK_SECRET);
  const bare = { slot: 'of-the-test', message: null, notice: null, person: null, step: null, version: null };
  const link = { ...bare, id: 'of-the-test', hash: hashSecret(secret), keyId, kind: 'step' as const };
  await insertLinks(site.ledger, [{ ...link, position: PRESSER!, task, expiresOn: '2030-01-01' }], site.storyNow());
  return `/t/${secret}`;
};
const reportsOn = async ({ ledger }: LiveSite, task: string): Promise<number> => {
  const events = ledger.selectFrom('event').select('seq').where('task', '=', task);
  return (await events.where('act', '=', 'report-progress').execute()).length;
};
const took = async (work: Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};

/** What a person meets at a page meanwhile; answers the form as it comes back, to be sent again. */
const atPages = async ({ web, link }: Scene, form: Readonly<Record<string, string>>) => {
  const begun = performance.now();
  const [shown, sent] = await Promise.all([web.get(link), web.post(link, form)]);
  const said = performance.now() - begun;
  if (shown.status !== 503 || sent.status !== 503) throw new Error(`pages answered ${shown.status}, ${sent.status}`);
  if (!sent.html.includes(TYPED)) throw new Error('what was typed is lost');
  return { said, again: { ...hiddenFields(sent), ok: 'yes' } };
};

/** What goes on, and how soon, once the database speaks again. */
const afterwards = async (scene: Scene, again: Readonly<Record<string, string>>, wanted: Wanted) => {
  const { site, web, link } = scene;
  const has = (to: string): boolean => site.peer.taken.slice(wanted.mailsBefore).some((mail) => mail.to === to);
  const isActed = async (task: string): Promise<boolean> => (await reportsOn(site, task)) === wanted.reports;
  const press = async (): Promise<void> => {
    await until('the press counts', async () => (await web.post(link, again)).status === 303);
    await until('it is on record', () => isActed(PRESSED));
  };
  const [page, pressed, acts, mails] = await Promise.all([
    took(until('the page opens', async () => (await web.get(link)).status === 200)),
    took(press()),
    took(until('the act is on record', () => isActed(ACTED))),
    took(until('mails leave', () => wanted.to.every(has))),
  ]);
  return { page, press: pressed, acts, mails };
};
type Wanted = { readonly to: readonly string[]; readonly mailsBefore: number; readonly reports: number };

/** One silence: with nothing under way, or with mails whose end nobody could record. */
const silenceOnce = async (scene: Scene, isMidway: boolean, ms: number): Promise<Silence> => {
  const { site, hole, web, link } = scene;
  const form = { ...formOf(await web.get(link), 'report-progress'), ok: 'yes', text: TYPED };
  const [reports, mailsBefore] = [1 + (await reportsOn(site, ACTED)), site.peer.taken.length];
  if (isMidway) {
    const taken = TAKEN.moment(site, 0);
    await write(scene);
    await taken;
  }
  hole.swallow();
  const isOver = new Promise((resolve) => setTimeout(resolve, ms));
  const to = (await write(scene)).map(emailOf);
  const report = command('report-progress', ACTOR!, { text: text() });
  const acted = await actOnTask(doorTo(site.server.client), ACTED, report, site.storyNow());
  if (!acted.ok) throw new Error(`the act was refused: ${JSON.stringify(acted)}`);
  const { said, again } = await atPages(scene, form);
  await isOver;
  hole.speak();
  const since = await afterwards(scene, again, { to, mailsBefore, reports });
  await untilSettled(site);
  return { said, ...since };
};

const nameOf = (ms: number): string => `PostgreSQL silent for ${ms / 1000} s`;
const cellOf = (ms: number, isMidway: boolean): Row['cell'] => ({
  channel: 'email',
  honoursKeys: true,
  fault: nameOf(ms),
  point: isMidway ? TAKEN.name : 'planned',
});

/** A site whose worker and web reach the ledger through the hole; `rounds` silences of so many ms at one moment. */
const silentRow = async (ms: number, isMidway: boolean, rounds: number): Promise<{ row: Row; found: Silence }> => {
  const site = await startLiveSite(FIRST_MORNING);
  const hole = await startBlackHole({ path: `${site.socketDir}/.s.PGSQL.5432` });
  const databaseUrl = `postgres://postgres@127.0.0.1:${hole.port}/postgres`;
  let web: WebProcess | undefined;
  try {
    const worker = await site.startWorker({ connectionString: databaseUrl });
    await startShortPlan(site, DUE);
    await furnishManyOffices(site.ledger);
    await insertTask(site.ledger, seedOf(TASKS[0]!), START);
    await site.moveClock(at('2018-10-22T09:00'));
    web = await startWebProcess(databaseUrl, site.server.address);
    const scene: Scene = { site, worker, seq: 0, hole, web, link: await linkTo(site, PRESSED) };
    const found: Silence[] = [];
    for (let round = 0; round < rounds; round += 1) found.push(await silenceOnce(scene, isMidway, ms));
    const count = { faults: rounds, ...(await counted(site)) };
    return { row: { cell: cellOf(ms, isMidway), count }, found: longest(found) };
  } finally {
    hole.speak();
    await web?.stop();
    await site.stop();
    await hole.stop();
  }
};

/** How long, and how many times in a full run. */
const SILENCES: readonly (readonly [ms: number, rounds: number])[] = [
  [15_000, 4],
  [180_000, 2],
];
export type SilentRows = { readonly rows: readonly Row[]; readonly silence?: Silence };
type Choice = { readonly isWanted?: (fault: string) => boolean; readonly isShort?: boolean };

/** Each silence at each moment; in short, the shortest once, with mails under way. */
export const silentRows = async (
  onRow: (row: Row) => void,
  { isWanted = () => true, isShort = false }: Choice = {},
): Promise<SilentRows> => {
  const all: { readonly row: Row; readonly found: Silence }[] = [];
  const wanted = (isShort ? SILENCES.slice(0, 1) : SILENCES).filter(([ms]) => isWanted(nameOf(ms)));
  for (const [ms, rounds] of wanted) {
    for (const isMidway of isShort ? [true] : [false, true]) {
      const one = await silentRow(ms, isMidway, isShort ? 1 : rounds);
      onRow(one.row);
      all.push(one);
    }
  }
  const rows = all.map(({ row }) => row);
  return all.length === 0 ? { rows } : { rows, silence: longest(all.map(({ found }) => found)) };
};
