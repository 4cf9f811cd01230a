import type { Command } from '../../domain/acts';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { live, type Played } from '../../domain/life';
import type { Directory, PlanHeader, Seat, TaskSpec, Unit } from '../../domain/plan';
import { seedOf } from '../../domain/seed';
import type { TaskSeed } from '../../domain/task';
import { addDays, type CivilDate, instantAt } from '../../domain/time';

/** A Tuesday between holidays; what was issued before it has nothing due for a while. */
export const ISSUED_ON: CivilDate = '2025-01-06';
export const TODAY: CivilDate = '2025-03-11';
/** The only calendar of a benchmark is the shipped one. */
export const CALENDAR = SHIPPED_CALENDAR;
const TEXT = { id: 'text-1', hash: 'hash-of-text-1', length: 12 };

export const header = (code: string): PlanHeader => ({
  code, type: 'KẾ HOẠCH', number: '25', numberSuffix: '/KH-UBND', issuedOn: ISSUED_ON, title: 'Thực hiện Chương trình hành động số 25-CTr/TU',
  issuer: 'Ủy ban nhân dân tỉnh Thái Bình', carriesOut: 'Chương trình hành động số 25-CTr/TU ngày 10/8/2018',
  hostUnit: 'don-vi-0', authorityOffice: 'don-vi-1', smsPrefix: 'SCT TB',
});

const unit = (i: number): Unit => ({
  id: `don-vi-${i}`, name: `Sở Thử nghiệm ${i}`, shortName: `Sở ${i}`, smsName: `SO ${i}`, type: 'department', address: 'quý Sở', aliases: [],
});
export const addressOf = (i: number): string => `don-vi-${i}@thaibinh.example`;
const seat = (i: number, role: 'officer' | 'head' | 'leader'): Seat => ({
  position: `don-vi-${i}/${role}`, person: `p-${i}-${role}`, name: 'Nguyễn Văn Thử', from: '2018-01-01',
  email: role === 'officer' ? addressOf(i) : `${role}.${addressOf(i)}`,
});

/** A directory of so many units, each with its three seats. */
export const directory = (units: number): Directory => ({
  hostUnit: 'don-vi-0', authorityOffice: 'don-vi-1', smsPrefix: 'SCT TB', groups: [], units: Array.from({ length: units }, (_, i) => unit(i)),
  seats: Array.from({ length: units }, (_, i) => [seat(i, 'officer'), seat(i, 'head'), seat(i, 'leader')]).flat(),
});

export const spec = (id: string, lead: number, dueOn: CivilDate): TaskSpec => ({
  id, no: id, title: 'Xây dựng cơ chế, chính sách hỗ trợ phát triển các ngành công nghiệp ưu tiên trên địa bàn tỉnh',
  lead: `don-vi-${lead}`, coLeads: [], leadText: `Sở Thử nghiệm ${lead}`,
  coordinating: [], coordinatingText: '', timeText: 'Năm 2025', timing: 'period', rule: 'R1', confirmedBy: null,
  startsOn: ISSUED_ON, dueOn, kind: 'document', supervisor: 'don-vi-0', milestones: [],
});

export const seedFor = (code: string, task: TaskSpec, startId = 'start-1'): TaskSeed =>
  seedOf({ plan: header(code), task, calendar: CALENDAR, startAt: instantAt(ISSUED_ON, 8 * 60), startId });

/** The life of a task that was acknowledged on the second day, as it stands on a day before the office opens. */
export const lived = (seed: TaskSeed, on: CivilDate): Played => {
  const acknowledge = { act: 'acknowledge', fields: { deliverable: TEXT }, actor: { by: `${seed.spec.lead}/officer`, via: 'link' } } as Command;
  return live(seed, [{ at: instantAt(addDays(ISSUED_ON, 1), 9 * 60), command: acknowledge }], instantAt(on, 0));
};
