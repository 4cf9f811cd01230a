import type { Notice } from '../../domain/notice';
import { type Position, positionOf } from '../../domain/plan';
import { dateAt } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { personName, resolvePosition } from '../../ledger/directory';
import { keepLetter, letterId, readLetter } from '../../ledger/letters';
import { readRecord } from '../../ledger/record';
import { fileKind, fileOf } from '../../messages/files/of-item';
import type { Attachment, MessageInput, NoticeItem } from '../../messages/input';
import type { Signer, TaskRecord } from '../../messages/record';

/** Who holds a position himself, or stands in for its holder; an empty seat signs nothing. */
const holderOf = async (ledger: Ledger, position: Position, { decidedAt }: Notice): Promise<Signer | undefined> => {
  const holder = await resolvePosition(ledger, position, dateAt(decidedAt));
  return holder?.position === position ? { name: holder.name, isDeputy: holder.isDeputy } : undefined;
};

/** Who let the letter go, where a person did; otherwise the supervisor's leader of that day. */
const signerOf = async (ledger: Ledger, notice: Notice, events: TaskRecord['events']): Promise<Signer | undefined> => {
  const leader = positionOf(notice.facts.supervisor, 'leader');
  const approval = notice.kind === 'overdue' ? events.findLast((e) => e.type === 'acted' && e.act === 'approve-letter' && e.at === notice.decidedAt) : undefined;
  const actor = approval?.type === 'acted' ? approval.actor : undefined;
  const name = actor?.person === undefined ? undefined : await personName(ledger, actor.person);
  return name === undefined ? holderOf(ledger, leader, notice) : { name, isDeputy: actor?.onBehalfOf !== undefined };
};

const recordOf = async (ledger: Ledger, notice: Notice): Promise<TaskRecord | undefined> => {
  if (notice.task === null || fileKind(notice) === undefined) return undefined;
  const record = await readRecord(ledger, notice.task, notice.decidedAt);
  const signer = record && await signerOf(ledger, notice, record.events);
  return record && { ...record, ...(signer === undefined ? {} : { signer }) };
};

const letterOf = ({ task, rung, decidedAt }: Notice) => ({ task: task ?? '', rung: rung === 'L4' ? 'L4' as const : 'L3' as const, approvedAt: decidedAt });

/** A letter that leaves is kept, and is the same for all who get it, today or with a later mail. */
const kept = async (ledger: Ledger, notice: Notice, { file, number }: { readonly file: Attachment; readonly number: string | null }): Promise<Attachment> => {
  if (fileKind(notice) !== 'letter') return file;
  const there = await keepLetter(ledger, { ...letterOf(notice), number }, { name: file.filename, contentType: file.contentType, content: file.content });
  return { filename: there.name, contentType: there.contentType, content: there.content };
};

const isKept = async (ledger: Ledger, notice: Notice): Promise<Attachment | undefined> => {
  const letter = letterOf(notice);
  const there = fileKind(notice) === 'letter' ? await readLetter(ledger, letter.task, letterId(letter)) : undefined;
  return there && { filename: there.name, contentType: there.contentType, content: there.content };
};

const withFile = async (ledger: Ledger, input: MessageInput, item: NoticeItem): Promise<NoticeItem> => {
  const record = await recordOf(ledger, item.notice);
  if (record === undefined) return item;
  const known = { ...item, record };
  const there = await isKept(ledger, item.notice);
  if (there !== undefined) return { ...known, files: [there] };
  const made = await fileOf(input, known);
  return made === undefined ? known : { ...known, files: [await kept(ledger, item.notice, made)] };
};

/** The items of a mail with what has happened to their tasks and with their files, where they bring some: drafts, letters, tables of inputs. */
export const withFiles = async (ledger: Ledger, input: MessageInput): Promise<MessageInput> => {
  if (input.channel !== 'email') return input;
  const items: NoticeItem[] = [];
  for (const item of input.items) items.push(await withFile(ledger, input, item));
  return { ...input, items };
};
