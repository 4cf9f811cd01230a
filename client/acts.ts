import type { Client } from '@temporalio/client';
import { textsOf, withTextRefs } from '../config/act-fields';
import type { Act, Actor, Command } from '../domain/acts';
import type { TextRef } from '../domain/notice';
import type { Instant } from '../domain/time';
import { isPosition } from '../domain/plan';
import type { Ledger } from '../ledger/connect';
import { addDeputy } from '../ledger/directory';
import { revokeTaskLinks } from '../ledger/links';
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
  const answer = await actOnTask(await temporal(), task, command);
  if (answer.ok) await carryOut(ledger, task, command, now);
  return answer;
};

/** What an act does beyond its task: a deputy sits beside the position, and who has passed a task on has no link to it any more. Twice is as once. */
const carryOut = async (ledger: Ledger, task: string, command: Command, now: Instant): Promise<void> => {
  const { by } = command.actor;
  if (by === 'admin' || !isPosition(by)) return;
  if (command.act === 'delegate') await addDeputy(ledger, { position: by, person: command.fields.to, from: command.fields.from, until: command.fields.until });
  if (command.act === 'forward') await revokeTaskLinks(ledger, task, by, 'đã chuyển người khác xử lý', now);
};
