import { MockActivityEnvironment } from '@temporalio/testing';
import { inParallel } from '../../../client/pool';
import type { Activities } from '../../../contracts/activities';
import { addWorkingDays } from '../../../domain/calendar';
import { type CivilDate, type Instant, instantAt } from '../../../domain/time';
import { createDependencies } from '../../../worker/dependencies';
import { inTurns, stopwatch, until } from '../arms';
import { pooledTransport, type RawMail, sendRaw } from '../bare/raw';
import { againstRate, atLeast, type Part, sum } from '../figure';
import { CALENDAR, TODAY } from '../people';
import { plantDigests, plantTasks } from '../plant';
import { LINK_SECRET, SETTINGS, SILENT } from '../settings';
import { BARE_QUEUE, type Site, startSite } from '../site';

const MAILS = 1000;
const ROUNDS = 3;
/** As `workflows/post.ts` has it. */
const BATCH = 500;
/** As `activities/send.ts` has it. */
const AT_A_TIME = 60;
const BY_WORKFLOW = 300;

const dayOf = (round: number): CivilDate => addWorkingDays(CALENDAR, TODAY, round) ?? TODAY;

type Hands = Pick<Activities, 'freeze' | 'send'> & { close(): Promise<void> };
const handsOf = ({ ledger, client, smtpUrl }: Site): Hands => {
  const { activities, mailer } = createDependencies({ settings: SETTINGS, smtpUrl, linkSecret: LINK_SECRET, sms: null, ledger, client, log: SILENT });
  const env = new MockActivityEnvironment();
  return { freeze: (input) => env.run(activities.freeze, input), send: (input) => env.run(activities.send, input), close: () => mailer.close() };
};

const sendAll = async ({ send }: Hands, now: Instant): Promise<void> => {
  let sent = 0;
  for (let left = MAILS; left > 0;) {
    const done = await send({ now, limit: BATCH });
    sent += done.sent;
    left = done.left;
  }
  if (sent !== MAILS) throw new Error(`${sent} of ${MAILS} mails were sent`);
};

/** Seconds of freezing and sending; those of sending alone are left in `sending`. */
const ours = (site: Site, hands: Hands, sending: number[]) => async (round: number): Promise<number> => {
  const now = instantAt(dayOf(round), 8 * 60);
  await plantDigests(site, dayOf(round), MAILS, MAILS);
  const took = stopwatch();
  const { frozen } = await hands.freeze({ now });
  if (frozen !== MAILS) throw new Error(`${frozen} of ${MAILS} messages were frozen`);
  const frozenAfter = took();
  await sendAll(hands, now);
  sending.push(took() - frozenAfter);
  return took();
};

/** The same bytes for each side: those that ours froze in the first round. */
const frozenBytes = async ({ ledger }: Site): Promise<readonly RawMail[]> =>
  ledger.selectFrom('message').innerJoin('body', 'body.message', 'message.key')
    .select(['message.key', 'message.address', 'body.content']).where('message.grp', '=', dayOf(0)).execute();

const raw = (site: Site, transport: ReturnType<typeof pooledTransport>) => async (round: number): Promise<number> => {
  const mails = (await frozenBytes(site)).map((m) => ({ ...m, key: `${m.key}-${round}` }));
  const took = stopwatch();
  await inParallel(mails, AT_A_TIME, (mail) => sendRaw(transport, site.pool, mail));
  return took();
};

/** One workflow with one activity for each mail; seconds until the last one is taken. */
const byWorkflow = async (site: Site): Promise<number> => {
  const mails = (await frozenBytes(site)).slice(0, BY_WORKFLOW);
  for (const m of mails) await site.pool.query('insert into raw_mail values ($1, $2, $3)', [m.key, m.address, m.content]);
  const before = await site.sink.ask('taken');
  const took = stopwatch();
  await inParallel(mails, 40, ({ key }) => site.client.workflow.start('bareDelivery', { workflowId: `delivery-${key}`, taskQueue: BARE_QUEUE, args: [key] }));
  await until('every mail of a workflow is taken', async () => (await site.sink.ask('taken')) - before === mails.length);
  return took();
};

const rate = (seconds: readonly number[]): number => (MAILS * seconds.length) / sum(seconds);

const run = async (site: Site, hands: Hands, say: (line: string) => void) => {
  const transport = pooledTransport(site.smtpUrl);
  const sending: number[] = [];
  await plantTasks(site, MAILS, MAILS);
  const seconds = await inTurns({ ours: ours(site, hands, sending), raw: raw(site, transport) }, ROUNDS, say);
  transport.close();
  await site.startBareWorker();
  const workflows = await byWorkflow(site);
  return { both: rate(seconds.ours), sending: rate(sending), raw: rate(seconds.raw), workflows: BY_WORKFLOW / workflows };
};

export const delivery: Part = {
  name: 'delivery', title: `Mails per second, ${MAILS} addresses`,
  about: `The activities \`freeze\` and \`send\` (batches of ${BATCH}) in one process over PostgreSQL, against the loop that somebody writes first: the same `
    + `frozen bytes, the same pooled nodemailer with ${AT_A_TIME} mails at a time, one row written for each. And against one workflow with one activity for `
    + `each mail (${BY_WORKFLOW} of them).`,
  run: async (say) => {
    const site = await startSite(MAILS);
    const hands = handsOf(site);
    try {
      const r = await run(site, hands, say);
      return [
        atLeast('freezing and sending', r.both / r.raw, 2 / 3, againstRate(r.both, r.raw, 'mails per second'),
          'Ours also reads the notices, renders text and HTML, makes the links and writes message, body and links; the raw loop finds its bytes ready.'),
        atLeast('sending alone', r.sending / r.raw, 2 / 3, againstRate(r.sending, r.raw, 'mails per second'),
          'Both send bytes that are frozen; ours commits that a body was begun before it gives it, and the result with its fence after.'),
        atLeast('against one workflow per mail', r.both / r.workflows, 20, againstRate(r.both, r.workflows, 'mails per second'),
          'Freezing and sending against start, one activity and its end.'),
      ];
    } finally {
      await hands.close();
      await site.stop();
    }
  },
};
