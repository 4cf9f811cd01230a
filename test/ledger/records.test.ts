import type { CalendarYear } from '../../domain/calendar';
import type { PlanHeader } from '../../domain/plan';
import { CalendarGap, loadCalendarYears, readCalendar } from '../../ledger/calendar';
import type { Ledger } from '../../ledger/connect';
import { insertPlan, type NewPlan, PlanCodeTaken, readPlan, readPlanFile, recordStart, setPlanNumber, withdrawPlan } from '../../ledger/plans';
import { readClock, writeClock } from '../../ledger/settings';
import { readTexts, textRef, writeText } from '../../ledger/texts';
import { onEachEngine } from '../support/ledger';
import { START } from '../support/task-values';

const header: PlanHeader = {
  code: 'CN18', type: 'KẾ HOẠCH', number: null, numberSuffix: '/KH-UBND', issuedOn: '2018-10-22', title: 'Phát triển công nghiệp', issuer: 'Ủy ban nhân dân tỉnh', carriesOut: null,
  hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB',
};
const plan = (hash = 'h1'): NewPlan => ({ header, tasks: [], file: { name: 'kế hoạch.txt', content: Buffer.from('nội dung'), hash }, startedAt: START });
const year = (y: number, off: readonly string[] = []): CalendarYear => ({ year: y, status: 'decreed', off, madeUp: [], tet: `${y}-02-05`, sources: ['TB 1'] });

onEachEngine((fresh) => {
  let db: Ledger;
  beforeEach(async () => {
    db = await fresh();
  });

  test('a plan is kept with its file; the same text again is harmless, another one under its code is refused with its title', async () => {
    expect(await insertPlan(db, plan())).toBe('written');
    expect(await insertPlan(db, plan())).toBe('same');
    await expect(insertPlan(db, plan('h2'))).rejects.toThrow(PlanCodeTaken);
    await expect(insertPlan(db, plan('h2'))).rejects.toMatchObject({ code: 'CN18', title: 'Phát triển công nghiệp' });
    expect(await readPlan(db, 'CN18')).toEqual({ header, tasks: [], hash: 'h1', fileName: 'kế hoạch.txt', startedAt: START, withdrawn: null });
    expect(Buffer.from((await readPlanFile(db, 'CN18'))?.content ?? []).toString()).toBe('nội dung');
    expect(await readPlan(db, 'CN19')).toBeUndefined();
  });

  test('the number is entered later; a withdrawal keeps its first reason', async () => {
    await insertPlan(db, plan());
    expect(await setPlanNumber(db, 'CN18', '71')).toBe(true);
    expect(await setPlanNumber(db, 'CN19', '71')).toBe(false);
    expect(await withdrawPlan(db, 'CN18', { reason: 'nhầm tệp', at: START + 1 })).toBe(true);
    expect(await withdrawPlan(db, 'CN18', { reason: 'khác', at: START + 2 })).toBe(false);
    expect(await readPlan(db, 'CN18')).toMatchObject({ header: { number: '71', title: header.title }, withdrawn: { at: START + 1, reason: 'nhầm tệp' } });
  });

  test('a start records which tasks it starts, once', async () => {
    await insertPlan(db, plan());
    await recordStart(db, { id: 's1', plan: 'CN18', tasks: ['CN18-01', 'CN18-02'], startedAt: START, messages: 7, isHeld: true });
    await recordStart(db, { id: 's1', plan: 'CN18', tasks: ['CN18-09'], startedAt: START });
    expect(await db.selectFrom('start').selectAll().execute()).toEqual([
      { id: 's1', plan: 'CN18', tasks: ['CN18-01', 'CN18-02'], started_at: START, messages: 7, held_at: START, released_at: null },
    ]);
  });

  test('a text comes back as it was typed, its reference tells its hash and its length in characters', async () => {
    const content = 'Đề nghị lùi thời hạn 😀 do chờ văn bản.\nTrân trọng';
    const ref = await writeText(db, { subject: 'CN18-05', field: 'reason', content: content.normalize('NFD'), now: START });
    expect(ref).toEqual({ ...textRef(ref.id, content.normalize('NFC')), length: [...content].length });
    expect(ref.hash).toMatch(/^[0-9a-f]{64}$/);
    await db.updateTable('text').set({ content: null }).where('id', '=', (await writeText(db, { subject: 's', field: 'f', content: 'x', now: START })).id).execute();
    expect(await readTexts(db, [ref.id, 'tx-unknown'])).toEqual(new Map([[ref.id, content]]));
  });

  test('the clock of the installation', async () => {
    expect(await readClock(db)).toBeUndefined();
    await writeClock(db, { anchor: 1, from: START, rate: 3600, until: START + 5 });
    await writeClock(db, { anchor: 2, from: START, rate: 1 });
    expect(await readClock(db)).toEqual({ anchor: 2, from: START, rate: 1 });
  });

  test('calendar years are added and replaced; the version follows the content; a gap is refused and changes nothing', async () => {
    expect(await readCalendar(db)).toBeUndefined();
    const one = await loadCalendarYears(db, [year(2019), year(2018)]);
    expect(one.years.map((y) => y.year)).toEqual([2018, 2019]);
    expect(await readCalendar(db)).toEqual(one);
    expect((await loadCalendarYears(db, [year(2018)])).version).toBe(one.version);
    const two = await loadCalendarYears(db, [year(2019, ['2019-04-29'])]);
    expect(two.version).not.toBe(one.version);
    await expect(loadCalendarYears(db, [year(2021)])).rejects.toThrow(CalendarGap);
    expect(await readCalendar(db)).toEqual(two);
  });
});
