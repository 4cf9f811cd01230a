import type { Context } from 'hono';
import { isPosition, type Position, type UnitId, unitOf } from '../../../domain/plan';
import { dateAt, dmy, type Instant } from '../../../domain/time';
import { findLink, type LinkRow } from '../../../ledger/board';
import { peopleOf, resolvePosition } from '../../../ledger/directory';
import { countOne, readCount } from '../../../ledger/tally';
import { hashSecret, readSecret, SECRET_LENGTH } from '../../../links';
import { clockOf } from '../../services';
import type { Word } from '../../words';
import { MISSES_ALLOWED, missesOf, peerOf } from './peer';
import type { LinkDeps } from './deps';

/** A link that may be used, and its path: forms and links of its pages begin with it. */
export type OpenLink = { readonly row: LinkRow; readonly position: Position; readonly path: string; readonly at: Instant };
export type Opening =
  | { readonly ok: true; readonly link: OpenLink }
  | { readonly ok: false; readonly why: 'blocked' | 'unknown' }
  /** A link that was given out: its page says why it is dead, and offers another one. */
  | { readonly ok: false; readonly why: 'dead'; readonly link: OpenLink; readonly reason: Word };

/** Who got the link is none of those who may act for the position today. */
const isOfOthers = async (
  { ledger }: Pick<LinkDeps, 'ledger'>, { createdAt, person: given }: LinkRow, position: Position, at: Instant
): Promise<boolean> => {
  const now = await peopleOf(ledger, position, dateAt(at));
  if (given !== null) return !now.some(({ person }) => person === given);
  const then = await resolvePosition(ledger, position, dateAt(createdAt));
  return then !== undefined && then.position === position && !now.some(({ person }) => person === then.person);
};

/** On the demonstration's clock ninety days are over while a person reads a mail: there links do not expire. */
const isStory = async ({ ledger, realNow }: Pick<LinkDeps, 'ledger' | 'realNow'>): Promise<boolean> => (await clockOf(ledger, realNow())).rate !== 1;

/** Why a link opens nothing any more; undefined while it does. */
export const deadReason = async (deps: Pick<LinkDeps, 'ledger' | 'realNow'>, row: LinkRow, position: Position, at: Instant): Promise<Word | undefined> => {
  if (row.revokedAt !== null) {
    const [day, why] = [dmy(dateAt(row.revokedAt)), row.revokedReason === null ? '' : ` (${row.revokedReason})`];
    return [`Đường dẫn đã hết hiệu lực từ ngày ${day}${why}.`, `The link ended on ${day}${why}.`];
  }
  if (dateAt(at) > row.expiresOn && !(await isStory(deps))) return [
    `Đường dẫn đã hết hạn từ sau ngày ${dmy(row.expiresOn)}.`, `The link expired after ${dmy(row.expiresOn)}.`,
  ];
  if (await isOfOthers(deps, row, position, at)) return [
    'Người giữ chức danh đã thay đổi, đường dẫn gửi cho người trước hết hiệu lực.', 'The position is held by somebody else now.',
  ];
  return undefined;
};

/**
 * The link of a secret as it stands in a path. Misses are counted in the ledger, for every process; where there were
 * too many, only links of a mail (130 bits, beyond any guess) still open from there.
 */
export const openLink = async (deps: LinkDeps, c: Context, token: string, kind: 'page' | 'calendar' = 'page'): Promise<Opening> => {
  const secret = readSecret(token);
  const misses = missesOf(deps.acting?.key, peerOf(c, deps.trustProxy), deps.realNow());
  const isBlocked = (await readCount(deps.ledger, misses)) >= MISSES_ALLOWED;
  if (isBlocked && secret?.length !== SECRET_LENGTH.email) return { ok: false, why: 'blocked' };
  const row = secret === undefined ? undefined : await findLink(deps.ledger, hashSecret(secret));
  if (row === undefined || !isPosition(row.position) || (row.kind === 'calendar') !== (kind === 'calendar')) {
    return { ok: false, why: isBlocked || (await countOne(deps.ledger, misses)) > MISSES_ALLOWED ? 'blocked' : 'unknown' };
  }
  const at = await deps.now();
  const link = { row, position: row.position, path: `/t/${token}`, at };
  const reason = await deadReason(deps, row, row.position, at);
  return reason === undefined ? { ok: true, link } : { ok: false, why: 'dead', link, reason };
};

/** What a unit has to do with a task; undefined: nothing, then its links do not show it. */
export const partOf = (
  unit: string, task: { readonly lead: string; readonly coordinating: readonly string[]; readonly supervisor: string }, offices: readonly string[]
): boolean =>
  task.lead === unit || task.coordinating.includes(unit) || task.supervisor === unit || offices.includes(unit);
export const unitOfLink = ({ position }: Pick<OpenLink, 'position'>): string => unitOf(position);

type Offices = { readonly hostUnit: UnitId; readonly authorityOffice: UnitId };
/** Whose tasks a position's page shows: its unit's, or (undefined) every unit's, where it looks after the whole. */
export const unitSeen = (link: Pick<OpenLink, 'position'>, offices: Offices | undefined): UnitId | undefined => {
  const unit = unitOfLink(link);
  return offices?.hostUnit === unit || offices?.authorityOffice === unit ? undefined : unit;
};
