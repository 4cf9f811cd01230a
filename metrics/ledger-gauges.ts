import { Gauge, type Registry } from 'prom-client';
import { isSendingTime, lastDay } from '../domain/calendar';
import { DAY_MS, type Instant, instantAt } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { type Figures, readFigures } from '../ledger/figures';

/** Scrapes within this time share one look. */
const FRESH_MS = 10_000;
/** A ledger that is silent is not waited for: its figures are left out, and `dondoc_ledger_up` is 0. */
const PATIENCE_MS = 5_000;
const SECOND_MS = 1_000;

type Look = { readonly figures: Figures; readonly now: Instant };
export type LedgerSource = { readonly ledger: Ledger; /** Our time. */ readonly now: () => Promise<Instant> };

const within = <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms).unref());
  return Promise.race([work, late]);
};

/** One look at a time, shared by whoever scrapes; undefined where the ledger does not answer. */
const createLook = ({ ledger, now }: LedgerSource): (() => Promise<Look | undefined>) => {
  let seen: { readonly at: number; readonly look: Look | undefined } | undefined;
  let looking: Promise<Look | undefined> | undefined;
  const look = async (): Promise<Look | undefined> => {
    const at = await now();
    return { now: at, figures: await readFigures(ledger, at) };
  };
  const begin = (): Promise<Look | undefined> => look().catch(() => undefined).then((found) => {
    seen = { at: performance.now(), look: found };
    return found;
  }).finally(() => { looking = undefined; });
  return async () => {
    if (seen !== undefined && performance.now() - seen.at < FRESH_MS) return seen.look;
    return within(looking ??= begin(), PATIENCE_MS);
  };
};

type Labels = Readonly<Record<string, string>>;
type Value = readonly [labels: Labels, value: number];
type Row = { readonly name: string; readonly help: string; readonly labels?: readonly string[]; readonly of: (look: Look) => readonly Value[] };

const one = (value: number | undefined | null): readonly Value[] => (value === undefined || value === null ? [] : [[{}, value]]);
const counts = <K extends string>(rows: readonly ({ readonly n: number } & Readonly<Record<K, string>>)[], names: readonly K[]): readonly Value[] =>
  rows.map((row) => [Object.fromEntries(names.map((name) => [name, row[name]])), row.n]);
const ofState = ({ figures }: Look, state: 'planned' | 'held'): readonly Value[] => {
  const found = figures.notices.filter((row) => row.state === state);
  return (['email', 'sms'] as const).map((channel) => [{ channel }, found.find((row) => row.channel === channel)?.n ?? 0]);
};
const endOf = ({ figures: { calendar } }: Look): number | undefined =>
  (calendar === undefined ? undefined : (instantAt(lastDay(calendar), 0) + DAY_MS) / SECOND_MS);
const seconds = (at: Instant | undefined | null): number | undefined => (at === undefined || at === null ? undefined : at / SECOND_MS);

/** Every figure of the ledger: the same from each process, so that one that is dead hides none. */
const ROWS: readonly Row[] = [
  { name: 'dondoc_tasks', help: 'Tasks by state', labels: ['state'], of: ({ figures }) => counts(figures.tasks, ['state']) },
  { name: 'dondoc_tasks_needing_repair', help: 'Tasks that stopped until a person looks', of: ({ figures }) => one(figures.needRepair) },
  { name: 'dondoc_notices_planned', help: 'Notices that wait to be sent, by channel', labels: ['channel'], of: (look) => ofState(look, 'planned') },
  { name: 'dondoc_notices_held', help: 'Notices that wait for a person, by channel', labels: ['channel'], of: (look) => ofState(look, 'held') },
  {
    name: 'dondoc_oldest_unsent_seconds', help: 'Age of the oldest notice that is due, or message that is frozen, and was not taken; 0 where nothing waits',
    of: ({ figures, now }) => one(figures.oldestUnsentAt === null ? 0 : Math.max(0, now - figures.oldestUnsentAt) / SECOND_MS),
  },
  {
    name: 'dondoc_messages_open', help: 'Messages that are not final, by channel and state', labels: ['channel', 'state'],
    of: ({ figures }) => counts(figures.open, ['channel', 'state']),
  },
  {
    name: 'dondoc_messages_last_day', help: 'Messages frozen in the last 24 hours, by channel and where they are now', labels: ['channel', 'state'],
    of: ({ figures }) => counts(figures.lastDay, ['channel', 'state']),
  },
  { name: 'dondoc_post_last_pass_timestamp_seconds', help: 'When the post went through what is planned last', of: ({ figures }) => one(seconds(figures.lastPassAt)) },
  {
    name: 'dondoc_sending_open', help: '1 within the sending hours of a working day, else 0',
    of: ({ figures: { calendar }, now }) => one(calendar === undefined ? undefined : Number(isSendingTime(calendar, now))),
  },
  { name: 'dondoc_calendar_end_timestamp_seconds', help: 'Where the working calendar ends', of: (look) => one(endOf(look)) },
  { name: 'dondoc_mailbox_last_read_timestamp_seconds', help: 'The last look into the mailbox of bounces and answers', of: ({ figures }) => one(seconds(figures.mailbox?.at)) },
  {
    name: 'dondoc_mailbox_readable', help: '1 where the last look into the mailbox ended well, else 0',
    of: ({ figures: { mailbox } }) => one(mailbox === undefined ? undefined : Number(mailbox.problem === null)),
  },
  { name: 'dondoc_audit_last_run_timestamp_seconds', help: 'When the audit ran last', of: ({ figures }) => one(seconds(figures.audit?.at)) },
  {
    name: 'dondoc_audit_findings', help: 'What the last audit found, by code', labels: ['code'],
    of: ({ figures }) => (figures.audit?.codes ?? []).map((code) => [{ code }, 1]),
  },
];

/** Figures of the ledger, looked up when somebody scrapes and at most every ten seconds. */
export const addLedgerGauges = (registry: Registry, source: LedgerSource): void => {
  const look = createLook(source);
  const registers = [registry];
  for (const { name, help, labels = [], of } of ROWS) {
    const gauge = new Gauge({
      name, help, labelNames: [...labels], registers,
      collect: async () => {
        gauge.reset();
        if (labels.length === 0) gauge.remove();
        const found = await look();
        for (const [values, value] of found === undefined ? [] : of(found)) gauge.set(values, value);
      },
    });
  }
  const up: Gauge = new Gauge({
    name: 'dondoc_ledger_up', help: '1 where the ledger answers this process, else 0', registers,
    collect: async () => up.set((await look()) === undefined ? 0 : 1),
  });
};
