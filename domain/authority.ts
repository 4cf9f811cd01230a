import type { Act, Command, Refusal, RefusalCode } from './acts';
import { consultedUnits } from './consultation';
import { type Role, ROLES, roleOf, unitOf } from './plan';
import { coordinatingOf, leadOf, STATES, type TaskState, type TaskStateName } from './task';

/** Who may do an act, in which states, and whether the counter path needs a document (docs/architecture.md, "Acts"). */
type Rule = {
  readonly unit: 'lead' | 'supervisor' | 'authority' | 'host' | 'consulted' | 'lead-or-supervisor' | 'task-units'
    | 'any' | 'acted';
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
  'open-consultation': rule('lead', STAFF, OPEN),
  'give-input': rule('consulted', STAFF, ALIVE),
  'respond-to-input': rule('lead', STAFF, RUNNING, false),
  'close-consultation': rule('lead', STAFF, RUNNING, false),
  'request-extension': rule('lead', ['leader'], OPEN),
  'give-opinion': rule('host', STAFF, RUNNING),
  'refuse-extension': rule('authority', STAFF, RUNNING),
  'enter-event': rule('lead-or-supervisor', STAFF, RUNNING),
  'raise-obstacle': rule('task-units', STAFF, RUNNING),
  'acknowledge-obstacle': rule('host', STAFF, ALIVE, false),
  'consolidate-obstacle': rule('host', STAFF, ALIVE),
  'decide-obstacle': rule('authority', STAFF, ALIVE),
  delegate: rule('any', ROLES, ALIVE),
  forward: rule('any', ROLES, ALIVE, false),
  undo: rule('any', STAFF, ALIVE, false),
  'enter-document': rule('acted', ROLES, STATES),
};

/** Acts of which only one can win: a second one is told who decided, and when. */
const DECISIONS: readonly Act[] = [
  'acknowledge', 'reject-assignment', 'submit', 'confirm', 'return', 'approve-letter', 'reject-letter', 'suspend', 'resume', 'discontinue', 'merge', 'carry-over', 'reassign',
];

export const refuse = (code: RefusalCode, message: string, last?: Refusal['last']): Refusal => ({ ok: false, code, message, ...(last ? { last } : {}) });

/** Who did one of these acts last, and when. */
export const lastOf = (state: TaskState, ...acts: readonly Act[]): Refusal['last'] => {
  const found = state.recent.filter((r) => (acts as readonly string[]).includes(r.act)).at(-1);
  return found && { act: found.act, by: found.by, at: found.at };
};

/** Who decided last, where another act was faster. */
export const lastDecision = (state: TaskState): Refusal['last'] => lastOf(state, ...DECISIONS);

const unitsFor = (state: TaskState, unit: Rule['unit']): readonly string[] => {
  const { authorityOffice, hostUnit } = state.seed;
  switch (unit) {
    case 'lead': return [leadOf(state)];
    case 'supervisor': return [state.supervisor];
    case 'authority': return [authorityOffice];
    case 'host': return [hostUnit];
    case 'consulted': return [...consultedUnits(state), ...coordinatingOf(state)];
    case 'lead-or-supervisor': return [leadOf(state), state.supervisor];
    case 'task-units': return [leadOf(state), ...coordinatingOf(state)];
    case 'acted': return [state.supervisor, ...unitsFor(state, 'any'), ...state.undocumented.map((u) => u.unit)];
    case 'any': return [leadOf(state), ...coordinatingOf(state), ...consultedUnits(state), state.supervisor, hostUnit, authorityOffice];
  }
};
const UNIT_WORDS: Readonly<Record<Rule['unit'], string>> = {
  lead: 'đơn vị chủ trì', supervisor: 'cơ quan giám sát', authority: 'Văn phòng UBND tỉnh', host: 'đơn vị được giao đôn đốc',
  consulted: 'đơn vị được lấy ý kiến',
  'lead-or-supervisor': 'đơn vị chủ trì, cơ quan giám sát', 'task-units': 'đơn vị chủ trì, đơn vị phối hợp', any: 'các đơn vị của nhiệm vụ',
  acted: 'văn thư của đơn vị đã thực hiện, cơ quan giám sát',
};

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
  if (!isAdmin && (!unitsFor(state, unit).includes(unitOf(by)) || !roles.includes(roleOf(by)))) {
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

/** True for decisions above acknowledgement: the counter path needs a document, a link a one-time code. */
export const isWeighty = (act: Act): boolean => RULES[act].needsBasis;
