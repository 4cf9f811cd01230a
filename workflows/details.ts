import type { Instant } from '../domain/time';
import { dateAt, dmy } from '../domain/time';
import { openConsultation, pendingOf } from '../domain/consultation';
import { awaitsOf, decidingUnit } from '../domain/extension';
import { openObstacles } from '../domain/obstacles';
import { isClosed, leadOf, type TaskState } from '../domain/task';
import { projectionOf } from '../domain/projection';
import { OBSTACLE_NAMES, rungName, stateName } from '../domain/words';

/** Whose answers, decisions and steps the task waits for besides. */
const alsoAwaited = (state: TaskState): string[] => {
  const open = openConsultation(state);
  const pending = open === undefined ? [] : pendingOf(state, open).map((u) => `${u.unit} (góp ý, hạn ${dmy(u.dueOn)})`);
  const awaits = state.extension === null ? undefined : awaitsOf(state, state.extension);
  const extension = awaits === undefined ? [] : [`${decidingUnit(state, awaits)} (${awaits === 'opinion' ? 'ý kiến về đề nghị gia hạn' : 'quyết định gia hạn'})`];
  const obstacles = openObstacles(state).map((o) =>
    `${o.state === 'consolidated' ? state.seed.authorityOffice : state.seed.hostUnit} (khó khăn, vướng mắc số ${o.no}: ${OBSTACLE_NAMES[o.state].toLowerCase()})`);
  return [...pending, ...extension, ...obstacles];
};

/** Whom the task itself waits for now. */
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
    `- Đang chờ: ${isClosed(state.name) ? 'không' : [awaited(state), ...alsoAwaited(state)].join('; ')}`,
  ].join('\n');
};

/** The summary of the timer: what the task wakes for. */
export const wakeSummary = (state: TaskState, at: Instant): string => {
  const { nextRung, nextRungOn } = projectionOf(state);
  return `${state.seed.id}: ${nextRung !== null && nextRungOn === dateAt(at) ? rungName(nextRung) : 'xem xét'} – ${dmy(dateAt(at))}`;
};
