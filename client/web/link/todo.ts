import { type Position, roleOf, unitOf } from '../../../domain/plan';
import { consultedUnits, openConsultation, pendingOf } from '../../../domain/consultation';
import { awaitsOf, decidingUnit } from '../../../domain/extension';
import { openObstacles } from '../../../domain/obstacles';
import { coordinatingOf, isClosed, leadOf, type TaskState } from '../../../domain/task';
import type { Word } from '../../words';

const ofLead = (s: TaskState, role: string): Word[] => {
  if (s.name === 'assigned') return s.rejected === null ? [['Xác nhận tiếp nhận', 'Acknowledge']] : [
    ['Chờ xử lý đề nghị điều chỉnh phân công', 'The assignment is being looked at'],
  ];
  if (s.name === 'in_progress' && s.prepared !== null && role === 'leader') return [['Xem xét, trình kết quả đã được chuẩn bị', 'Submit what was prepared']];
  return s.name === 'in_progress' ? [['Báo cáo tiến độ, trình kết quả', 'Report progress, submit the result']] : [];
};

const ofSupervisor = (s: TaskState, role: string): Word[] => [
  ...(s.name === 'submitted' ? [['Xác nhận hoàn thành hoặc trả lại', 'Confirm or return'] as const] : []),
  ...(s.rejected !== null && !isClosed(s.name) ? [['Xem xét đề nghị điều chỉnh phân công', 'Look at the rejected assignment'] as const] : []),
  ...(s.letters.length > 0 && role === 'leader' ? [['Duyệt dự thảo văn bản đôn đốc', 'Approve the draft letter'] as const] : []),
  ...(s.dueOn === null && !isClosed(s.name) && s.name !== 'suspended' && s.timing !== 'continuous' ? [['Ấn định thời hạn', 'Set the due date'] as const] : []),
];

/** Whose turn an extension, an obstacle or a consultation waits for. */
const ofOthers = (s: TaskState, unit: string): Word[] => {
  const consultation = openConsultation(s);
  const isAsked = consultation !== undefined && pendingOf(s, consultation).some((u) => u.unit === unit);
  const awaits = s.extension === null ? undefined : awaitsOf(s, s.extension);
  const obstacles = openObstacles(s).map((o) => o.state);
  return [
    ...(isAsked ? [['Có ý kiến góp ý', 'Give input'] as const] : []),
    ...(
      awaits !== undefined && decidingUnit(s, awaits) === unit ? [
        awaits === 'opinion' ? [
          'Cho ý kiến về đề nghị gia hạn', 'Opinion on an extension',
        ] as const : ['Quyết định đề nghị gia hạn', 'Decide on an extension'] as const,
      ] : []
    ),
    ...(s.seed.hostUnit === unit && obstacles.some((o) => o !== 'consolidated') ? [['Xử lý khó khăn, vướng mắc', 'Handle an obstacle'] as const] : []),
    ...(s.seed.authorityOffice === unit && obstacles.includes('consolidated') ? [['Quyết định về khó khăn, vướng mắc', 'Decide on an obstacle'] as const] : []),
  ];
};

/** What a task asks of a position at this moment, in words; empty where it waits for others. */
export const todoOf = (state: TaskState, position: Position): readonly Word[] => {
  const [unit, role] = [unitOf(position), roleOf(position)];
  if (role === 'clerk') return [];
  return [
    ...(leadOf(state) === unit ? ofLead(state, role) : []),
    ...(state.supervisor === unit ? ofSupervisor(state, role) : []),
    ...(isClosed(state.name) ? [] : ofOthers(state, unit)),
    ...(
      coordinatingOf(state).includes(unit) && !consultedUnits(state).includes(unit) && (state.name === 'assigned' || state.name === 'in_progress') ? [
        ['Phối hợp theo đề nghị của đơn vị chủ trì', 'Help as the lead asks'] as const,
      ] : []
    ),
  ];
};
