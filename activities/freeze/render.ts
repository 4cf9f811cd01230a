import type { FrozenMessage, Unsaid } from '../../ledger/outbox';
import type { Ledger } from '../../ledger/connect';
import type { Unsayable } from '../../ledger/schema';
import type { Log } from '../ports';
import { type Group, narrowed } from './group';
import { nameOf, throwIfAway } from './own-fault';
import { type Pass, writeMessage, type WriteDeps } from './write';

type Deps = WriteDeps & { readonly ledger: Ledger; readonly log: Log };
/** `silent`: nothing of it is said on the channel. */
export type Rendered =
  | { readonly as: 'written'; readonly group: Group; readonly message: FrozenMessage }
  | { readonly as: 'silent'; readonly group: Group };
export type Rendering = { readonly done: readonly Rendered[]; readonly unsaid: readonly Unsaid[] };

const unsaidOf = ({ members }: Group, why: Unsayable): readonly Unsaid[] => members.map((m) => ({ notice: m.notice.key, channel: m.channel, why }));

type Tried = Rendered | { readonly as: 'unsaid'; readonly why: Unsayable };
/** One group; an error is its own where the ledger answers right after it. */
const tried = async (deps: Deps, group: Group, pass: Pass): Promise<Tried> => {
  try {
    const message = await writeMessage(deps, group, pass);
    if (message === undefined) return { as: 'unsaid', why: 'no-plan' };
    return message === null ? { as: 'silent', group } : { as: 'written', group, message };
  } catch (error) {
    await throwIfAway(deps.ledger, error);
    deps.log.warn({ notice: group.members[0]?.notice.key, of: group.members.length, error: nameOf(error) }, 'a text could not be made');
    return { as: 'unsaid', why: 'no-words' };
  }
};

/** A group that failed: what fails alone too is left out, and the rest is one message all the same. */
const withoutFailing = async (deps: Deps, group: Group, pass: Pass): Promise<Rendering> => {
  const apart = [];
  for (const member of group.members) apart.push({ member, alone: await tried(deps, narrowed(group, [member]), pass) });
  const unsaid = apart.flatMap(({ member, alone }) => (alone.as === 'unsaid' ? unsaidOf(narrowed(group, [member]), alone.why) : []));
  const sound = narrowed(group, apart.flatMap(({ member, alone }) => (alone.as === 'unsaid' ? [] : [member])));
  if (sound.members.length === 0) return { done: [], unsaid };
  const rest = await tried(deps, sound, pass);
  return rest.as === 'unsaid' ? { done: [], unsaid: [...unsaid, ...unsaidOf(sound, rest.why)] } : { done: [rest], unsaid };
};

/** Groups as messages; what cannot be said is named with its reason, and keeps back nothing else. @throws where the ledger is away */
export const render = async (deps: Deps, groups: readonly Group[], pass: Pass): Promise<Rendering> => {
  const done: Rendered[] = [];
  const unsaid: Unsaid[] = [];
  for (const group of groups) {
    const first = await tried(deps, group, pass);
    const made = first.as === 'unsaid' ? await withoutFailing(deps, group, pass) : { done: [first], unsaid: [] };
    done.push(...made.done);
    unsaid.push(...made.unsaid);
    for (const one of made.done) {
      if (one.as === 'written') one.message.receipts.forEach(({ plan, unit }) => pass.material.receipts.add(`${plan} ${unit}`));
    }
  }
  return { done, unsaid };
};
