import type { Act, Command, Refusal, RefusalCode } from './acts';
import { roleOf, type Role, unitOf } from './plan';
import { leadOf, type TaskState, type TaskStateName } from './task';

/** Who may do an act, in which states, and whether the counter path needs a document (docs/architecture.md, "Acts"). */
type Rule = {
  readonly unit: 'lead' | 'supervisor' | 'authority' | 'host';
  readonly roles: readonly Role[];
  readonly states: readonly TaskStateName[];
  readonly needsBasis: boolean;
};

const STAFF: readonly Role[] = ['officer', 'head', 'leader'];
const OPEN: readonly TaskStateName[] = ['assigned', 'in_progress'];
const RUNNING: readonly TaskStateName[] = ['assigned', 'in_progress', 'submitted'];
const ALIVE: readonly TaskStateName[] = ['assigned', 'in_progress', 'submitted', 'suspended'];
const rule = (unit: Rule['unit'], roles: readonly Role[], states: readonly TaskStateName[], needsBasis = true): Rule => ({ unit, roles, states, needsBasis });

const RULES: Readonly<Record<Act, Rule>> = {
  acknowledge: rule('lead', STAFF, ['assigned'], false),
  'reject-assignment': rule('lead', STAFF, ['assigned']),
  'report-progress': rule('lead', STAFF, OPEN, false),
  prepare: rule('lead', ['officer', 'head'], OPEN, false),
  submit: rule('lead', ['leader'], OPEN),
  confirm: rule('supervisor', STAFF, ['submitted']),
  return: rule('supervisor', STAFF, ['submitted', 'assigned']),
  'grant-extension': rule('authority', STAFF, RUNNING),
  'set-due-date': rule('supervisor', STAFF, RUNNING),
  amend: rule('supervisor', STAFF, ALIVE),
  'approve-letter': rule('supervisor', ['leader'], OPEN),
  'reject-letter': rule('supervisor', ['leader'], OPEN),
  reassign: rule('supervisor', STAFF, OPEN),
  suspend: rule('supervisor', STAFF, RUNNING),
  resume: rule('supervisor', STAFF, ['suspended']),
  discontinue: rule('supervisor', STAFF, ALIVE),
  merge: rule('supervisor', STAFF, ALIVE),
  'carry-over': rule('supervisor', STAFF, ALIVE),
  remind: rule('host', STAFF, RUNNING, false),
};

/** Acts of which only one can win: a second one is told who decided, and when. */
const DECISIONS: readonly Act[] = [
  'acknowledge', 'reject-assignment', 'submit', 'confirm', 'return', 'approve-letter', 'reject-letter', 'suspend', 'resume', 'discontinue', 'merge', 'carry-over', 'reassign',
];

export const refuse = (code: RefusalCode, message: string, last?: Refusal['last']): Refusal => ({ ok: false, code, message, ...(last ? { last } : {}) });

/** Who decided last, where another act was faster. */
export const lastDecision = (state: TaskState): Refusal['last'] => {
  const found = state.recent.filter((r) => (DECISIONS as readonly string[]).includes(r.act)).at(-1);
  return found && { act: found.act, by: found.by, at: found.at };
};

const unitFor = (state: TaskState, unit: Rule['unit']): string => {
  switch (unit) {
    case 'lead': return leadOf(state);
    case 'supervisor': return state.supervisor;
    case 'authority': return state.seed.authorityOffice;
    case 'host': return state.seed.hostUnit;
  }
};
const UNIT_WORDS = { lead: 'đơn vị chủ trì', supervisor: 'cơ quan giám sát', authority: 'Văn phòng UBND tỉnh', host: 'đơn vị được giao đôn đốc' } as const;

const hasDocument = (command: Command): boolean => command.actor.basis !== undefined || ('document' in command.fields && command.fields.document !== undefined);

/** The refusal that the position, the way or the state gives; undefined where the act may be decided. */
export const mayAct = (state: TaskState, command: Command): Refusal | undefined => {
  const { unit, roles, states, needsBasis } = RULES[command.act];
  const { by, via } = command.actor;
  const isAdmin = by === 'admin';
  if (isAdmin && command.act !== 'remind') return refuse('not-allowed', 'Người quản trị chỉ được gửi nhắc việc; việc này do đơn vị có thẩm quyền thực hiện.');
  if (!isAdmin && unitOf(by) === leadOf(state) && (command.act === 'confirm' || command.act === 'return')) {
    return refuse('self-confirmation', 'Đơn vị chủ trì không tự xác nhận kết quả của mình.');
  }
  if (!isAdmin && (unitOf(by) !== unitFor(state, unit) || !roles.includes(roleOf(by)))) {
    return refuse('not-allowed', `Chức danh ${by} không được thực hiện việc này; việc này thuộc ${UNIT_WORDS[unit]}.`);
  }
  // A mistaken start is taken back before anybody is told.
  if (state.assignedOn === null && command.act !== 'discontinue') return refuse('wrong-state', 'Nhiệm vụ chưa đến ngày giao.');
  if (!states.includes(state.name)) {
    const last = lastDecision(state);
    return last ? refuse('already-decided', 'Việc này đã được xử lý trước đó.', last) : refuse('wrong-state', 'Nhiệm vụ không ở trạng thái cho phép thực hiện việc này.');
  }
  if (via === 'cli' && needsBasis && !hasDocument(command)) {
    return refuse('document-required', 'Thực hiện qua người vận hành thì phải có số và ngày văn bản làm căn cứ.');
  }
  return undefined;
};
