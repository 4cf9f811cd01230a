import type { Context } from './context';
import type { Block } from './document';
import { subjectOf } from './subject';

/** Of a confidential task nobody reads more than its code, its date and where the document is (docs/domain.md, "Style of messages"). */
export const CONFIDENTIAL_SENTENCE = 'Đề nghị xem văn bản đã gửi qua đường văn thư.';

const term = (c: Context): string => (c.facts.dueOn ? ` (hạn ${c.due})` : '');

export const confidentialSubject = (c: Context): string => subjectOf({ tag: c.code, before: 'Thông báo về nhiệm vụ', after: term(c) });
export const confidentialBlocks = (c: Context): Block[] => [
  { type: 'facts', rows: [['Mã nhiệm vụ', c.code], ['Thời hạn', c.due]] },
  { type: 'paragraph', text: CONFIDENTIAL_SENTENCE },
];
export const confidentialLine = (c: Context): string => `${c.code}${term(c)}. ${CONFIDENTIAL_SENTENCE}`;
export const isConfidential = (c: Context): boolean => c.item.task?.confidential === true;
