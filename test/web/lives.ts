import { type Played, live } from '../../domain/life';
import type { Notice } from '../../domain/notice';
import { rehearse, type RehearsalInput } from '../../domain/rehearsal';
import { dateAt, isoInstant } from '../../domain/time';
import type { LedSite } from './led-site';

/** What became of a task, in words that do not say by which way its people acted. */
export type Life = {
  readonly events: readonly object[];
  readonly notices: readonly string[];
  readonly end: Readonly<Record<string, unknown>>;
};
type Event = Played['events'][number];

/** Which text, which paper and which seal stand behind an act depends on the way; what it did does not. */
const OF_THE_WAY = ['document', 'schema', 'fields', 'actor', 'seal'];
const isOfWay = (name: string, value: unknown): boolean => OF_THE_WAY.includes(name) || (name === 'reason' && typeof value === 'object');
const withoutWay = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, inner]) => !isOfWay(name, inner)).map(([name, inner]) => [name, withoutWay(inner)]));
};

/** By whom and when to the second where somebody acted; what a task decides by itself it decides within the minutes of its own on that day. */
const shown = (event: Event): object => ({
  ...(withoutWay(event) as object),
  ...(event.type === 'acted' ? { by: event.actor.by, at: isoInstant(event.at), effectiveAt: isoInstant(event.effectiveAt) } : { at: dateAt(event.at) }),
});
const noticeLine = (key: string, to: string, kind: string): string => `${kind} ${key} → ${to}`;
const END = ['state', 'timeliness', 'completedOn', 'workingDaysLate', 'dueOn', 'dueOriginalOn', 'everOverdue'] as const;
const endOf = (line: object): Life['end'] => Object.fromEntries(END.map((name) => [name, (line as Readonly<Record<string, unknown>>)[name]]));

/** The life that the rehearsal gives one task. */
export const rehearsedLife = (input: RehearsalInput): Life => {
  const { notices, tasks } = rehearse(input);
  const [seed] = input.seeds;
  if (seed === undefined) throw new Error('there is no task to rehearse');
  return {
    events: live(seed, input.acts, input.until).events.map(shown),
    notices: notices.map((n: Notice) => noticeLine(n.key, n.to, n.kind)).sort(), end: endOf(tasks[0] ?? {}),
  };
};

/** The life that a site has on record of one task, under the name of another that lives the same. */
export const recordedLife = async ({ ledger, dondoc }: Pick<LedSite, 'ledger' | 'dondoc'>, task: string, as: string): Promise<Life> => {
  const renamed = (line: string): string => line.replaceAll(task, as);
  const events = await ledger.selectFrom('event').select('body').where('task', '=', task).orderBy('seq').execute();
  const notices = await ledger.selectFrom('notice').select(['key', 'to_position', 'kind']).where('task', '=', task).execute();
  return {
    events: events.map(({ body }) => shown(body)), notices: notices.map((n) => renamed(noticeLine(n.key, n.to_position, n.kind))).sort(),
    end: endOf((await dondoc('task', 'show', task)) as object),
  };
};

/** Acts on record that nobody has sealed. */
export const unsealedActs = async ({ ledger }: Pick<LedSite, 'ledger'>, task: string): Promise<readonly string[]> => {
  const events = await ledger.selectFrom('event').select('body').where('task', '=', task).where('type', '=', 'acted').orderBy('seq').execute();
  return events.flatMap(({ body }) => (body.type === 'acted' && body.seal === undefined ? [`${body.seq} ${body.act}`] : []));
};
