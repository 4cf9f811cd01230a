import { sql } from 'kysely';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { evolve, initialState } from '../../domain/evolve';
import { projectionOf } from '../../domain/projection';
import type { TaskSeed } from '../../domain/task';
import { nextWake, tick } from '../../domain/tick';
import { type Instant, isoInstant } from '../../domain/time';
import { loadCalendarYears } from '../../ledger/calendar';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { insertPlan } from '../../ledger/plans';
import { insertTask } from '../../ledger/tasks';
import { at } from './builders';
import { desk } from './delivery';
import { embeddedEngine, ledgerEngines } from './ledger';
import { startSmtpPeer } from './smtp-peer';
import { exampleStory } from './story';

/**
 * A program of its own, for a host whose zone has clock changes: lives the example plan from its start through 2019 without any act, on PostgreSQL where it is
 * installed, and prints a line for each message that left, with what a reader sees of time in it.
 */

const UNTIL = at('2020-01-01T00:00');

type Due = { readonly at: Instant; readonly notices: readonly { readonly sendAt: Instant }[] };

/** Commits everything that time alone brings to one task. */
const live = async (ledger: Ledger, seed: TaskSeed): Promise<Due[]> => {
  await insertTask(ledger, seed, seed.startAt);
  const due: Due[] = [];
  let state = initialState(seed);
  for (let wake = nextWake(state); wake !== null && wake < UNTIL; wake = nextWake(state)) {
    const { events, notices } = tick(state, wake);
    if (events.length === 0) break;
    state = events.reduce(evolve, state);
    await commitBatch(ledger, { task: seed.id, events, notices, projection: projectionOf(state), now: wake });
    due.push({ at: wake, notices });
  }
  return due;
};

const furnish = async (ledger: Ledger): Promise<readonly TaskSeed[]> => {
  const { plan, directory, file, startAt, seeds } = exampleStory();
  await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
  await importDirectory(ledger, directory, { replace: true, today: '2018-10-22' });
  const content = { name: file.name, content: file.bytes, hash: 'hash-of-the-plan' };
  await insertPlan(ledger, { header: plan.plan, tasks: plan.tasks, file: content, startedAt: startAt });
  return seeds;
};

const messagesOf = async (ledger: Ledger): Promise<readonly string[]> => {
  const rows = await ledger.selectFrom('message').innerJoin('body', 'body.message', 'message.key')
    .select(['message.frozen_at', 'message.channel', 'message.address', 'message.class', 'message.state', 'message.subject', 'body.content']).execute();
  return rows.map((r) => {
    const date = /^Date: (.*)$/m.exec(r.content.toString('latin1'))?.[1] ?? '';
    return [isoInstant(r.frozen_at), r.channel, r.address, r.class, r.state, r.subject ?? '', date.trim()].join(' | ');
  }).sort();
};

const main = async (zone: string): Promise<void> => {
  const engine = ledgerEngines().at(-1) ?? embeddedEngine();
  const peer = await startSmtpPeer();
  const ledger = await engine.freshLedger();
  await sql`select set_config('timezone', ${zone}, false)`.execute(ledger);
  if (engine.name === 'PostgreSQL') await sql`alter role postgres set timezone = ${sql.lit(zone)}`.execute(ledger);
  const due: Due[] = [];
  for (const seed of await furnish(ledger)) due.push(...(await live(ledger, seed)));
  const hands = desk(ledger, peer.url);
  const slots = [...new Set(due.flatMap((d) => d.notices.map((n) => n.sendAt)))].filter((slot) => slot < UNTIL).sort((a, b) => a - b);
  for (const slot of slots) {
    while ((await hands.freeze({ now: slot })).frozen > 0) await hands.send({ now: slot, limit: 500 });
  }
  process.stdout.write(JSON.stringify({ offsetInSummer: new Date(at('2019-07-01T00:00')).getTimezoneOffset(), messages: await messagesOf(ledger) }));
  await Promise.all([hands.mailer.close(), peer.stop(), engine.stop()]);
};

void main(process.env['TZ'] ?? 'UTC');
