import type { Register } from '../command';
import { auditCommand } from './audit';
import { calendarCount } from './calendar-count';
import { calendarLoad } from './calendar-load';
import { calendarShow } from './calendar-show';
import { directoryImport } from './directory-import';
import { directoryShow } from './directory-show';
import { doctorCommand } from './doctor';
import { outboxForecast } from './outbox-forecast';
import { outboxList } from './outbox-list';
import { outboxRelease } from './outbox-release';
import { outboxRetry } from './outbox-retry';
import { outboxShow } from './outbox-show';
import { outboxTexts } from './outbox-texts';
import { planCheck } from './plan-check';
import { planConvert } from './plan-convert';
import { planSet } from './plan-set';
import { planStart } from './plan-start';
import { planStatus } from './plan-status';
import { planWithdraw } from './plan-withdraw';
import { processCommands } from './processes';
import { rehearseCommand } from './rehearse';
import { repairCommand } from './repair';
import { taskActs } from './task-act';
import { taskHistoryCommand } from './task-history';
import { taskList } from './task-list';
import { taskShow } from './task-show';

type Say = Parameters<Register>[2];
const GROUPS: readonly { readonly name: string; readonly description: readonly [vi: string, en: string]; readonly commands: readonly Register[] }[] = [
  { name: 'plan', description: ['Kế hoạch', 'Plans'], commands: [planCheck, planConvert, planStart, planSet, planWithdraw, planStatus] },
  { name: 'task', description: ['Nhiệm vụ', 'Tasks'], commands: [taskList, taskShow, taskHistoryCommand, taskActs] },
  {
    name: 'directory',
    description: ['Danh bạ: người và địa chỉ của các chức danh', 'Directory: people and contacts of positions'],
    commands: [directoryImport, directoryShow],
  },
  { name: 'calendar', description: ['Lịch làm việc', 'Working calendar'], commands: [calendarShow, calendarCount, calendarLoad] },
  { name: 'outbox', description: ['Thư và tin nhắn đã lập', 'Messages'], commands: [outboxList, outboxShow, outboxRetry, outboxRelease, outboxForecast, outboxTexts] },
];
const TOP: readonly Register[] = [rehearseCommand, repairCommand, doctorCommand, auditCommand, processCommands];

/** Every command of dondoc. */
export const registerCommands = (program: Parameters<Register>[0], run: Parameters<Register>[1], say: Say): void => {
  for (const { name, description, commands } of GROUPS) {
    const group = program.command(name).description(say(...description)).helpCommand(false);
    for (const register of commands) register(group, run, say);
  }
  for (const register of TOP) register(program, run, say);
};
