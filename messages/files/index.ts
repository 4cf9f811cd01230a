import type { Attachment } from '../input';
import type { InputsTable } from '../inputs-table';
import type { Letter } from '../letters/letter';
import { inputsXlsx } from './inputs-xlsx';
import { letterDocx } from './letter-docx';
import { DOCX, inputsName, letterName, XLSX } from './names';

export const letterFile = async (letter: Letter, as: { readonly isDraft: boolean }): Promise<Attachment> =>
  ({ filename: letterName(letter, as), contentType: DOCX, content: await letterDocx(letter, as) });
/** Biểu 03 as a file. */
export const inputsFile = async (table: InputsTable): Promise<Attachment> => ({ filename: inputsName(table), contentType: XLSX, content: await inputsXlsx(table) });
