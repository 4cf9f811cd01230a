import type { Act, ActFields, Command } from '../../domain/acts';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import type { TextRef } from '../../domain/refs';
import type { PlanHeader, Position, TaskSpec } from '../../domain/plan';
import { seedOf } from '../../domain/seed';
import type { TaskSeed } from '../../domain/task';
import { type Instant, parseInstant } from '../../domain/time';

export const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
};

export const header: PlanHeader = {
  code: 'CN18', type: 'KẾ HOẠCH', number: null, numberSuffix: '/KH-UBND', issuedOn: '2018-10-22', title: 'Thực hiện Chương trình hành động số 25-CTr/TU',
  issuer: 'Ủy ban nhân dân tỉnh Thái Bình', carriesOut: 'Chương trình hành động số 25-CTr/TU ngày 10/8/2018', hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB',
};

export const spec = (more: Partial<TaskSpec> = {}): TaskSpec => ({
  id: 'CN18-05', no: '5', title: 'Xây dựng cơ chế, chính sách hỗ trợ các ngành công nghiệp ưu tiên', lead: 'tb-skhdt', coLeads: [], leadText: 'Sở Kế hoạch và Đầu tư',
  coordinating: ['tb-sct', 'tb-stc'], coordinatingText: 'Các sở, ban, ngành', timeText: 'Năm 2019', timing: 'period', rule: 'R1', confirmedBy: null,
  startsOn: '2019-01-01', dueOn: '2019-12-31', kind: 'document', supervisor: 'tb-sct', milestones: [], ...more,
});

export const seed = (more: Partial<TaskSpec> = {}, startAt = '2018-10-22T08:00'): TaskSeed =>
  seedOf({ plan: header, task: spec(more), calendar: SHIPPED_CALENDAR, startAt: at(startAt), startId: 'start-1' });

export const text = (id = 'text-1'): TextRef => ({ id, hash: `hash-of-${id}`, length: 12 });

export const command = <A extends Act>(act: A, by: Position | 'admin', fields: ActFields[A], more: Partial<Command['actor']> = {}): Command =>
  ({ act, fields, actor: { by, via: 'link', ...more } }) as Command;

export const document = { number: '12/UBND', date: '2019-01-15' };
