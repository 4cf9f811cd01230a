import { textsOf, withTextRefs } from '../config/act-fields';
import type { Act, Actor, Command } from '../domain/acts';
import type { TextRef } from '../domain/refs';
import { isClosed } from '../domain/task';
import type { Instant } from '../domain/time';
import { findTask } from '../ledger/board';
import type { Ledger } from '../ledger/connect';
import { readClock, readSealKeys } from '../ledger/settings';
import { readSeed } from '../ledger/tasks';
import { writeText } from '../ledger/texts';
import { type ActAnswer, type ActDoor, actOnClosed, actOnTask } from './tasks';

export type PlainCommand = { readonly task: string; readonly act: Act; /** As `parseActFields` gives them. */ readonly fields: object; readonly actor: Actor };

/** Whether the workers take what this key seals; before any worker said which they take, nobody can tell, and it is sent. */
const isTaken = async (ledger: Ledger, keyId: string): Promise<boolean> => (await readSealKeys(ledger))?.includes(keyId) ?? true;

/** Seals and sends an act whose texts are in the ledger already; `now`: when it was pressed, our time. @throws Unreachable */
export const sendAct = async (ledger: Ledger, door: ActDoor, task: string, command: Command, now: Instant): Promise<ActAnswer> =>
  (await isTaken(ledger, door.keyId)) ? actOnTask(door, task, command, now) : { ok: false, code: 'key-unknown' };

/**
 * Writes the free texts of an act to the ledger, then has the workflow decide: nothing that was typed is lost, and no
 * text stands in a history. A task that is over takes no act but the number of a paper. `now`: when it was pressed, our
 * time.
 * @throws Unreachable
 */
export const decideAct = async (
  ledger: Ledger, door: ActDoor, { task, act, fields, actor }: PlainCommand, now: Instant
): Promise<ActAnswer> => {
  const refs = new Map<string, TextRef>();
  for (const [field, content] of Object.entries(textsOf(act, fields))) refs.set(field, await writeText(ledger, { subject: task, field, content, now }));
  const command: Command = { ...withTextRefs(act, fields, (field) => refs.get(field) ?? { id: '', hash: '', length: 0 }), actor };
  const answer = await sendAct(ledger, door, task, command, now);
  return !answer.ok && answer.code === 'no-workflow' && ALSO_CLOSED.includes(act)
    ? onClosed(ledger, door, task, command, now)
    : answer;
};

/** Acts that a task takes when it is over. */
const ALSO_CLOSED: readonly Act[] = ['enter-document'];

/** Only where the ledger says that the task is over: an open one without a workflow is a matter of `repair`. */
const onClosed = async (
  ledger: Ledger, door: ActDoor, task: string, command: Command, now: Instant
): Promise<ActAnswer> => {
  const [row, seed, clock] = await Promise.all([findTask(ledger, task), readSeed(ledger, task), readClock(ledger)]);
  if (row?.state == null || !isClosed(row.state) || seed === undefined || clock === undefined)
    return { ok: false, code: 'no-workflow' };
  return actOnClosed(door, { seed, clock }, command, now);
};
