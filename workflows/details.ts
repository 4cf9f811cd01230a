import type { Instant } from '../domain/time';
import { dateAt, dmy } from '../domain/time';
import { leadOf, type TaskState } from '../domain/task';
import { projectionOf } from '../domain/projection';
import { rungName, stateName } from '../domain/words';

/** Whom the task waits for now. */
const awaited = (state: TaskState): string => {
  if (state.suspended !== null) return `${state.supervisor} (văn bản cho tiếp tục)`;
  if (state.submission !== null || state.rejected !== null) return `${state.supervisor}/officer`;
  if (state.prepared !== null) return `${leadOf(state)}/leader`;
  return state.letters.length > 0 ? `${leadOf(state)}; ${state.supervisor}/leader (duyệt văn bản)` : leadOf(state);
};

/** What Temporal's own UI shows of a task, in Markdown: state, dates, next rung, who is awaited. Unit ids only, nothing personal. */
export const detailsOf = (state: TaskState): string => {
  const { nextRung, nextRungOn } = projectionOf(state);
  return [
    `**${state.seed.id}** · ${stateName(state.name)}`,
    `- Đơn vị chủ trì: ${leadOf(state)}; cơ quan giám sát: ${state.supervisor}`,
    `- Thời hạn: ${state.dueOn === null ? 'chưa xác định' : dmy(state.dueOn)}${state.dueOn === state.dueOriginalOn || state.dueOriginalOn === null ? '' : ` (theo Kế hoạch: ${dmy(state.dueOriginalOn)})`}`,
    `- Bước tiếp theo: ${nextRung === null || nextRungOn === null ? 'không có' : `${rungName(nextRung)}, ngày ${dmy(nextRungOn)}`}`,
    `- Đang chờ: ${state.completedOn === null ? awaited(state) : 'không'}`,
  ].join('\n');
};

/** The summary of the timer: what the task wakes for. */
export const wakeSummary = (state: TaskState, at: Instant): string => {
  const { nextRung, nextRungOn } = projectionOf(state);
  return `${state.seed.id}: ${nextRung !== null && nextRungOn === dateAt(at) ? rungName(nextRung) : 'xem xét'} – ${dmy(dateAt(at))}`;
};
