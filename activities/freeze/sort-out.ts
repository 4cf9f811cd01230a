import type { WorkingCalendar } from '../../domain/calendar';
import { dateAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type Holder, type IsUsable, peopleOf, resolverOf } from '../../ledger/directory';
import type { KeptDirectory } from '../../ledger/kept';
import {
  planDetours, type PlannedDelivery, readBadAddresses, readPlanned, readProjections, readStarts, readWithdrawn, settleDeliveries,
} from '../../ledger/outbox';
import type { DirectoryHeader } from '../../ledger/settings';
import type { Log } from '../ports';
import { holdStarts, startsOf } from './hold';
import { reportProblems } from './problems';
import { unsayable } from './sayable';
import { type Known, type Ready, triage } from './triage';
import { keepBack } from './unsaid';

type Deps = { readonly ledger: Ledger; readonly log: Log; readonly hasSms: boolean };
/** What stays the same through one pass. */
export type PassContext = {
  readonly now: Instant; readonly codesOnly: boolean; readonly calendar: WorkingCalendar; readonly header: DirectoryHeader | null; readonly directory: KeptDirectory;
};
export type Sorted = { readonly ready: readonly Ready[]; readonly known: Known; readonly recheckAt?: Instant };

/** Who is meant where a notice is for one person and nobody else. */
const peopleFor = async (ledger: Ledger, planned: readonly PlannedDelivery[], now: Instant): Promise<Known['personAt']> => {
  const known = new Map<string, readonly Holder[]>();
  for (const { notice: { to, facts } } of planned) {
    if (facts.person !== undefined && !known.has(to)) known.set(to, await peopleOf(ledger, to, dateAt(now)));
  }
  return (position, person) => known.get(position)?.find((one) => one.person === person);
};

const knownFor = async ({ ledger, hasSms }: Deps, planned: readonly PlannedDelivery[], { now, directory }: PassContext): Promise<Known> => {
  const today = dateAt(now);
  const understood = planned.filter((p) => unsayable(p) === undefined);
  const [bad, projections, withdrawn, personAt] = await Promise.all([
    readBadAddresses(ledger), readProjections(ledger, understood.flatMap((p) => p.notice.task ?? [])), readWithdrawn(ledger), peopleFor(ledger, understood, now),
  ]);
  const isUsable: IsUsable = (channel, address) => (channel !== 'sms' || hasSms) && !bad.has(`${channel} ${address}`);
  return { projections, withdrawn, today, resolve: resolverOf(directory.seats, today, isUsable), personAt, hasSms };
};

/** Everything due, held back or settled or ready; again where the reports of the first round are due themselves. */
export const sortOut = async (deps: Deps, context: PassContext, isAgain = false): Promise<Sorted> => {
  const { ledger } = deps;
  const { now, codesOnly, header } = context;
  const planned = (await readPlanned(ledger, now)).filter((p) => !codesOnly || p.notice.class === 'code');
  const { free, recheckAt } = holdStarts(planned, await readStarts(ledger, startsOf(planned)), now);
  const known = await knownFor(deps, free, context);
  const { ready, settled, problems, detours, unsaid } = triage(free, known);
  await planDetours(ledger, detours, now);
  await settleDeliveries(ledger, settled);
  const isTold = await keepBack({ ...deps, ...context }, unsaid, free, now);
  const isNew = await reportProblems(ledger, header, problems, now);
  if ((isNew || isTold || detours.length > 0) && !isAgain) return sortOut(deps, context, true);
  return { ready, known, ...(recheckAt === undefined ? {} : { recheckAt }) };
};
