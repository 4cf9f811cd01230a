import { isConfidential } from '../confidential';
import { type Context, contextOf } from '../context';
import type { Attachment, MessageInput, NoticeItem } from '../input';
import { inputsTable } from '../inputs-table';
import { approvedOf, draftOf } from '../letters/blocks';
import type { LetterRung } from '../letters/letter';
import { inputsFile, letterFile } from './index';

type Notice = NoticeItem['notice'];
const letterRung = ({ rung }: Notice): LetterRung | undefined => (rung === 'L3' || rung === 'L4' ? rung : undefined);

/** What a mail about a notice brings as a file: a draft, a letter that was approved, or the table of a consultation that has ended. */
export const fileKind = (notice: Notice): 'draft' | 'letter' | 'inputs' | undefined => {
  if (notice.kind === 'inputs-status') return notice.facts.isConsultationClosed === true ? 'inputs' : undefined;
  if (letterRung(notice) === undefined) return undefined;
  return notice.kind === 'letter-draft' ? 'draft' : notice.kind === 'overdue' ? 'letter' : undefined;
};

const tableFile = async (c: Context): Promise<Attachment | undefined> => {
  const { record, notice } = c.item;
  const table = record && inputsTable(record, notice.facts.consultation ?? 1, { names: c.name, title: c.title, asOf: notice.facts.decidedOn });
  return table && inputsFile(table);
};

/**
 * The file that goes with one item of a mail, from the item's record; `number`: of a letter, where it has one. Undefined where none goes, and for a
 * confidential task always.
 */
export const fileOf = async (input: MessageInput, item: NoticeItem): Promise<{ readonly file: Attachment; readonly number: string | null } | undefined> => {
  const c = contextOf(input, item);
  const kind = item.record === undefined || isConfidential(c) ? undefined : fileKind(item.notice);
  const rung = letterRung(item.notice);
  if (kind === undefined) return undefined;
  if (kind === 'inputs' || rung === undefined) {
    const file = await tableFile(c);
    return file && { file, number: null };
  }
  const letter = kind === 'draft' ? draftOf(c, rung) : approvedOf(c, rung);
  return { file: await letterFile(letter, { isDraft: kind === 'draft' }), number: letter.number.startsWith('…') ? null : letter.number };
};
