import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, Seal } from '../domain/acts';
import { canonicalJson } from '../domain/canonical';
import type { Instant } from '../domain/time';
import type { LinkKey } from './secret';

/** An official act as it crosses to Temporal. */
export type SealedAct = { readonly task: string; readonly act: string; readonly fields: object; readonly actor: Actor };
/** `missing`: no seal, or an act without a nonce. `unknown-key`: made with a key that is not among ours. `wrong`: made for something else. */
export type SealProblem = 'missing' | 'unknown-key' | 'wrong';

const MAC = /^[0-9a-f]{64}$/;

const macOf = ({ key, keyId }: LinkKey, { task, act, fields, actor }: SealedAct, at: Instant): string => {
  const hash = createHash('sha256').update(canonicalJson(fields)).digest('hex');
  return createHmac('sha256', key).update(`act\n${canonicalJson({ keyId, task, act, fields: hash, actor, at })}`).digest('hex');
};

/** HMAC-SHA256 (RFC 2104) over task, act, the hash of its fields, everything about the actor (nonce and proof too) and the time of the press. */
export const sealAct = (key: LinkKey, act: SealedAct, at: Instant): Seal => ({ key: key.keyId, at, mac: macOf(key, act, at) });

const isSeal = (value: unknown): value is Seal =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && 'at' in value && typeof value.at === 'number' &&
  'mac' in value && typeof value.mac === 'string' && MAC.test(value.mac);

/** What is wrong with the seal of an act; undefined where it was made with one of `keys` (by id) for exactly this. Compares in constant time. */
export const sealProblem = (
  keys: Readonly<Record<string, string>>, act: SealedAct & { readonly seal?: unknown },
): SealProblem | undefined => {
  const { seal } = act;
  if (!isSeal(seal) || typeof act.actor.nonce !== 'string') return 'missing';
  const key = Object.hasOwn(keys, seal.key) ? keys[seal.key] : undefined;
  if (key === undefined) return 'unknown-key';
  const made = macOf({ key, keyId: seal.key }, act, seal.at);
  return timingSafeEqual(Buffer.from(made), Buffer.from(seal.mac)) ? undefined : 'wrong';
};
