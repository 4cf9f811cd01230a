import { type Position, roleOf, unitOf } from '../../../domain/plan';
import { coordinatingOf, isClosed, leadOf, type TaskState } from '../../../domain/task';
import type { Word } from '../../words';

const ofLead = (s: TaskState, role: string): Word[] => {
  if (s.name === 'assigned') return s.rejected === null ? [['Xác nhận tiếp nhận', 'Acknowledge']] : [['Chờ xử lý đề nghị điều chỉnh phân công', 'The assignment is being looked at']];
  if (s.name === 'in_progress' && s.prepared !== null && role === 'leader') return [['Xem xét, trình kết quả đã được chuẩn bị', 'Submit what was prepared']];
  return s.name === 'in_progress' ? [['Báo cáo tiến độ, trình kết quả', 'Report progress, submit the result']] : [];
};

const ofSupervisor = (s: TaskState, role: string): Word[] => [
  ...(s.name === 'submitted' ? [['Xác nhận hoàn thành hoặc trả lại', 'Confirm or return'] as const] : []),
  ...(s.rejected !== null && !isClosed(s.name) ? [['Xem xét đề nghị điều chỉnh phân công', 'Look at the rejected assignment'] as const] : []),
  ...(s.letters.length > 0 && role === 'leader' ? [['Duyệt dự thảo văn bản đôn đốc', 'Approve the draft letter'] as const] : []),
  ...(s.dueOn === null && !isClosed(s.name) && s.name !== 'suspended' && s.timing !== 'continuous' ? [['Ấn định thời hạn', 'Set the due date'] as const] : []),
];

/** What a task asks of a position at this moment, in words; empty where it waits for others. */
export const todoOf = (state: TaskState, position: Position): readonly Word[] => {
  const [unit, role] = [unitOf(position), roleOf(position)];
  if (role === 'clerk') return [];
  return [
    ...(leadOf(state) === unit ? ofLead(state, role) : []),
    ...(state.supervisor === unit ? ofSupervisor(state, role) : []),
    ...(coordinatingOf(state).includes(unit) && (state.name === 'assigned' || state.name === 'in_progress') ? [['Phối hợp theo đề nghị của đơn vị chủ trì', 'Help as the lead asks'] as const] : []),
  ];
};
