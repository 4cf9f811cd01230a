import type { Client } from '@temporalio/client';
import { textsOf, withTextRefs } from '../config/act-fields';
import type { Act, Actor, Command } from '../domain/acts';
import type { TextRef } from '../domain/refs';
import type { Instant } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { writeText } from '../ledger/texts';
import { type ActAnswer, actOnTask } from './tasks';

export type PlainCommand = { readonly task: string; readonly act: Act; /** As `parseActFields` gives them. */ readonly fields: object; readonly actor: Actor };

/**
 * Writes the free texts of an act to the ledger, then has the workflow decide: nothing that was typed is lost, and no text stands in a history. @throws
 * Unreachable
 */
export const decideAct = async (
  ledger: Ledger, temporal: () => Promise<Client>, { task, act, fields, actor }: PlainCommand, now: Instant
): Promise<ActAnswer> => {
  const refs = new Map<string, TextRef>();
  for (const [field, content] of Object.entries(textsOf(act, fields))) refs.set(field, await writeText(ledger, { subject: task, field, content, now }));
  const command: Command = { ...withTextRefs(act, fields, (field) => refs.get(field) ?? { id: '', hash: '', length: 0 }), actor };
  return actOnTask(await temporal(), task, command);
};
