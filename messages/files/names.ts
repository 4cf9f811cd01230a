import type { InputsTable } from '../inputs-table';
import type { Letter } from '../letters/letter';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `CN18-05-du-thao-cong-van-don-doc.docx`: letters that every mail program and disk takes. */
export const letterName = ({ code, rung }: Pick<Letter, 'code' | 'rung'>, { isDraft }: { readonly isDraft: boolean }): string =>
  `${code}-${isDraft ? 'du-thao-' : ''}${rung === 'L3' ? 'cong-van-don-doc' : 'bao-cao-qua-han'}.docx`;
export const inputsName = ({ task, no }: Pick<InputsTable, 'task' | 'no'>): string => `${task}-bieu-03-lan-${no}.xlsx`;
