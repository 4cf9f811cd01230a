import type { Client } from '@temporalio/client';
import { textsOf, withTextRefs } from '../config/act-fields';
import type { Act, Actor, Command } from '../domain/acts';
import type { TextRef } from '../domain/refs';
import { isClosed } from '../domain/task';
import type { Instant } from '../domain/time';
import { findTask } from '../ledger/board';
import type { Ledger } from '../ledger/connect';
import { readClock } from '../ledger/settings';
import { readSeed } from '../ledger/tasks';
import { writeText } from '../ledger/texts';
import { type ActAnswer, actOnClosed, actOnTask } from './tasks';

export type PlainCommand = { readonly task: string; readonly act: Act; /** As `parseActFields` gives them. */ readonly fields: object; readonly actor: Actor };

/**
 * Writes the free texts of an act to the ledger, then has the workflow decide: nothing that was typed is lost, and no
 * text stands in a history. A task that
 * is over takes no act but the number of a paper. @throws Unreachable
 */
export const decideAct = async (
  ledger: Ledger, temporal: () => Promise<Client>, { task, act, fields, actor }: PlainCommand, now: Instant
): Promise<ActAnswer> => {
  const refs = new Map<string, TextRef>();
  for (const [field, content] of Object.entries(textsOf(act, fields))) refs.set(field, await writeText(ledger, { subject: task, field, content, now }));
  const command: Command = { ...withTextRefs(act, fields, (field) => refs.get(field) ?? { id: '', hash: '', length: 0 }), actor };
  const client = await temporal();
  const answer = await actOnTask(client, task, command);
  return !answer.ok && answer.code === 'no-workflow' && ALSO_CLOSED.includes(act)
    ? onClosed(ledger, client, command, task)
    : answer;
};

/** Acts that a task takes when it is over. */
const ALSO_CLOSED: readonly Act[] = ['enter-document'];

/** Only where the ledger says that the task is over: an open one without a workflow is a matter of `repair`. */
const onClosed = async (ledger: Ledger, client: Client, command: Command, task: string): Promise<ActAnswer> => {
  const [row, seed, clock] = await Promise.all([findTask(ledger, task), readSeed(ledger, task), readClock(ledger)]);
  if (row?.state == null || !isClosed(row.state) || seed === undefined || clock === undefined)
    return { ok: false, code: 'no-workflow' };
  return actOnClosed(client, seed, clock, command);
};
