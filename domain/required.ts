import type { Act, Command, Refusal } from './acts';
import { refuse } from './authority';

/**
 * What every act needs besides what depends on the state, by the names of its fields; `prepare` and `amend` by what
 * they are about.
 */
const REQUIRED: Readonly<Record<Exclude<Act, 'prepare'>, readonly string[]>> = {
  acknowledge: ['deliverable'],
  'reject-assignment': ['reason'],
  'report-progress': ['text'],
  submit: [],
  confirm: [],
  return: ['reason'],
  'grant-extension': ['to', 'document'],
  'set-due-date': ['dueOn'],
  amend: ['field', 'value', 'reason'],
  'approve-letter': [],
  'reject-letter': [],
  reassign: ['lead', 'document'],
  suspend: ['document'],
  resume: ['document'],
  discontinue: ['document'],
  merge: ['document'],
  'carry-over': ['document'],
  remind: [],
  'open-consultation': ['subject'],
  'give-input': ['answer'],
  'respond-to-input': ['unit', 'taken', 'text'],
  'close-consultation': [],
  'request-extension': [],
  'give-opinion': ['support'],
  'refuse-extension': ['reason'],
  'enter-event': ['date', 'document'],
  'raise-obstacle': ['text'],
  'acknowledge-obstacle': [],
  'consolidate-obstacle': [],
  'decide-obstacle': ['document', 'text'],
  delegate: ['to', 'from', 'until'],
  forward: ['to'],
  undo: [],
  'enter-document': ['document'],
};

const requiredOf = ({ act, fields }: Command): readonly string[] => {
  if (act !== 'prepare') return REQUIRED[act];
  return fields.of === 'request-extension' ? ['of', 'to', 'reason'] : ['of', 'summary'];
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  deliverable: 'sản phẩm dự kiến',
  reason: 'lý do',
  text: 'nội dung',
  document: 'số và ngày văn bản',
  lead: 'đơn vị chủ trì mới',
  field: 'mục điều chỉnh',
  value: 'giá trị điều chỉnh',
  subject: 'nội dung lấy ý kiến',
  answer: 'ý kiến',
  unit: 'đơn vị',
  taken: 'tiếp thu hay không',
  support: 'đồng ý hay không',
  date: 'ngày của sự kiện',
  dueOn: 'thời hạn',
  to: 'đến ngày nào hoặc cho ai',
  from: 'từ ngày',
  until: 'đến hết ngày',
  of: 'nội dung trình',
  summary: 'tóm tắt kết quả',
};

/** A document is a number and a date: half of one is none. */
const isThere = (value: unknown): boolean =>
  value !== undefined && value !== null && !(typeof value === 'object' && 'number' in value !== 'date' in value);

/** The refusal of an act that lacks what it always needs; undefined where nothing is missing. */
export const fieldsMissing = (command: Command): Refusal | undefined => {
  const fields: Readonly<Record<string, unknown>> = { ...command.fields };
  const missing = requiredOf(command).filter((name) => !isThere(fields[name]));
  return missing.length === 0
    ? undefined
    : refuse('field-missing', `Thiếu ${missing.map((name) => `${FIELD_WORDS[name] ?? name} (${name})`).join(', ')}.`);
};
