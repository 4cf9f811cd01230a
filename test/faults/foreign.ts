import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createImapMailbox } from '../../activities/adapters/imap';
import { MINUTE_MS } from '../../domain/time';
import { hasDovecot, startDovecot } from '../support/dovecot';
import { freePort } from '../../embedded/free-port';
import { untilListening } from '../support/listening';
import { until } from '../support/live-site';
import { hasPostfix, startPostfix } from '../support/postfix';
import { within } from './cell';
import { type Count, count } from './count';
import { createTelling, personOf, type Told } from './people';
import type { Row } from './run';
import type { Site } from './site';

/** Servers that others wrote, where Debian's packages are installed. What they took is what the line saw the end of. */
const SINK = '/usr/sbin/smtp-sink';
const PEOPLE = 40;
const TOGETHER = 5;
const KILLS = 8;
const DROPS = 30;

const row = (fault: string, point: string, found: Count): Row => ({ cell: { channel: 'email', honoursKeys: true, fault, point }, count: found });
const skipped = (what: string): readonly Row[] => {
  process.stdout.write(`SKIPPED: ${what}\n`);
  return [];
};
const copy = ({ submissions }: Site): { readonly to: string; readonly bytes: Buffer }[] => submissions.map(({ to, bytes }) => ({ to, bytes }));

/** `smtp-sink -q .` takes a whole mail and ends the line without a word. */
const throughSink = async (site: Site): Promise<readonly Row[]> => {
  if (!existsSync(SINK)) return skipped('smtp-sink of Postfix is not installed here');
  await site.fresh();
  const telling = createTelling(site.ledger, 'email');
  const port = await freePort();
  const sink: ChildProcess = spawn(SINK, ['-u', 'nobody', '-q', '.', `127.0.0.1:${port}`, '100'], { stdio: 'ignore' });
  const ended = once(sink, 'exit');
  await untilListening(port, () => 'smtp-sink');
  let faults = 0;
  for (let left = DROPS; left > 0; left -= TOGETHER * 3) {
    const back = site.lines.smtp.lead({ port, host: '127.0.0.1' });
    await telling.tell(TOGETHER * 3, site.hands.now(), false);
    await site.hands.pass();
    faults += site.submissions.filter((s) => !s.isAnswered).length - faults;
    site.lines.smtp.lead(back);
    site.hands.later(MINUTE_MS);
    await site.hands.settle();
  }
  sink.kill('SIGTERM');
  await ended;
  return [row('smtp-sink -q . ends the line', 'after the dot', await count({ ...site, taken: copy(site) }, telling.told, { faults, stuck: 0 }))];
};

/** How many mails a mailbox shows, for each of those who were told something. */
const shownTo = async (told: readonly Told[], urlOf: (address: string) => string): Promise<ReadonlyMap<string, number>> => {
  const found = await Promise.all(told.map(async ({ person, notice }) => {
    const { mails } = await createImapMailbox({ url: urlOf(person.email) }).read(undefined, 200);
    return [notice, mails.length] as const;
  }));
  return new Map(found);
};

/**
 * The worker is killed when Postfix has taken mails and nothing is recorded; behind Postfix is a Dovecot that drops repetitions, and what counts is what its
 * mailboxes show.
 */
const throughPostfix = async (site: Site): Promise<readonly Row[]> => {
  if (!hasPostfix() || !hasDovecot()) return skipped('Postfix and Dovecot (IMAP, LMTP, Sieve) are not installed here, or this is not root');
  await site.fresh();
  const telling = createTelling(site.ledger, 'email');
  const dovecot = await startDovecot(Array.from({ length: PEOPLE }, (_, n) => personOf(n).email));
  const postfix = await startPostfix({ routes: { 'don-vi.example': `lmtp:inet:127.0.0.1:${dovecot.lmtpPort}`, '*': 'discard:' } });
  const back = site.lines.smtp.lead({ port: postfix.port, host: '127.0.0.1' });
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const [victim] = await telling.tell(1, site.hands.now(), false);
      await telling.tell(TOGETHER - 1, site.hands.now(), false);
      const reached = site.hands.gate('answered', victim!.person.email);
      const running = site.hands.pass();
      await within('Postfix has taken it', reached);
      await site.hands.kill();
      await running;
      await site.hands.restart();
      site.hands.later(MINUTE_MS);
      await site.hands.settle();
    }
    let shown = new Map<string, number>() as ReadonlyMap<string, number>;
    await until('every mailbox shows its mail', async () => {
      shown = await shownTo(telling.told, dovecot.imapUrl);
      return [...shown.values()].every((n) => n > 0);
    }, 20_000).catch(() => undefined);
    const found = await count({ ...site, taken: copy(site) }, telling.told, { faults: KILLS, stuck: 0 });
    const those = (isIt: (n: number) => boolean): string[] => [...shown].filter(([, n]) => isIt(n)).map(([notice]) => notice);
    const seen = { ...found, lost: those((n) => n === 0), seenTwice: those((n) => n > 1) };
    return [row('SIGKILL worker, through Postfix to Dovecot', 'after the answer, before the commit', seen)];
  } finally {
    site.lines.smtp.lead(back);
    await postfix.stop();
    await dovecot.stop();
  }
};

export const foreignRows = async (site: Site, onRow: (row: Row) => void): Promise<readonly Row[]> => {
  const rows = [...(await throughSink(site)), ...(await throughPostfix(site))];
  rows.forEach(onRow);
  return rows;
};
