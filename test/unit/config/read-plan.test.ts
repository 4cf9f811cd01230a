import { planToYaml, readPlan } from '../../../config/read-plan';
import { demoDirectory, example, readFixture, readSeed } from './support';

const tally = (values: readonly (string | null)[]): Record<string, number> => values.reduce<Record<string, number>>((t, v) => ({ ...t, [String(v)]: (t[String(v)] ?? 0) + 1 }), {});

describe('the published plan of 22/10/2018', () => {
  const { plan, warnings, errors } = readSeed();
  const tasks = plan?.tasks ?? [];
  const task = (no: number) => tasks[no - 1]!;

  test('gives 12 tasks with their leads, due dates and kinds, and no error', () => {
    expect(errors).toEqual([]);
    expect(tasks.map((t) => t.id)).toEqual(Array.from({ length: 12 }, (_, i) => `CN18-${String(i + 1).padStart(2, '0')}`));
    expect(tally(tasks.map((t) => t.lead))).toEqual({ 'tb-sct': 4, 'tb-skhdt': 1, 'tb-stnmt': 2, 'tb-sldtbxh': 1, 'tb-skhcn': 1, 'tb-stttt': 1, 'tb-bqlkkt': 2 });
    expect(tally(tasks.map((t) => t.dueOn))).toEqual({ '2019-12-31': 3, '2020-12-31': 4, '2025-12-31': 5 });
    const P = 'programme', D = 'document', DP = 'document-then-programme', I = 'investment';
    expect(tasks.map((t) => t.kind)).toEqual([P, P, D, DP, D, DP, D, D, D, P, I, I]);
  });

  test('reads a range with its milestones and a single year without', () => {
    expect(task(11)).toMatchObject({ rule: 'R2', timing: 'period', startsOn: '2018-10-22', timeText: '2018-2020', milestones: [{ label: '2018', dueOn: '2018-12-31' }, { label: '2019', dueOn: '2019-12-31' }] });
    expect(task(1).milestones.map((m) => m.label)).toEqual(['2018', '2019', '2020', '2021', '2022', '2023', '2024']);
    expect(task(5)).toMatchObject({ rule: 'R1', startsOn: '2019-01-01', dueOn: '2019-12-31', milestones: [], confirmedBy: null });
  });

  test('expands the groups to 15 units, and to 8 where one district is named', () => {
    expect(tasks.map((t) => t.coordinating.length)).toEqual([15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 8, 8]);
    expect(task(11).coordinating.filter((id) => id.startsWith('tb-ubnd-'))).toEqual(['tb-ubnd-quynhphu']);
    expect(tasks.filter((t) => t.coordinating.includes(t.lead))).toEqual([]);
  });

  test('puts the office of UBND tỉnh over what the host unit leads', () => {
    expect(tasks.map((t) => t.supervisor)).toEqual([...Array<string>(4).fill('tb-vp'), ...Array<string>(8).fill('tb-sct')]);
  });

  test('keeps the text of row 6 and mends its quotation mark for display only', () => {
    expect(task(6).title.endsWith('đến năm 2025')).toBe(true);
    expect(task(6).displayTitle).toBe(`${task(6).title}"`);
    expect(tasks.filter((t) => t.displayTitle !== undefined)).toHaveLength(1);
  });

  test('reads the header', () => {
    expect(plan?.plan).toMatchObject({
      code: 'CN18', type: 'KẾ HOẠCH', number: null, numberSuffix: '/KH-UBND', issuedOn: '2018-10-22', issuer: 'Ủy ban nhân dân tỉnh Thái Bình',
      carriesOut: 'Chương trình hành động số 25-CTr/TU ngày 10/8/2018 của Ban Thường vụ Tỉnh ủy', hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB',
    });
  });

  test('gives every warning that holds for it, each with a place and a proposal', () => {
    expect(warnings.map((w) => w.code)).toEqual(['W01', 'W02', 'W03', 'W04', 'W11', 'W12', 'W13', 'W14', 'W15', 'W16', 'W17', 'W18', 'W19', 'W23', 'W24', 'W26', 'W27']);
    expect(warnings.filter((w) => w.where === '' || w.message === '' || w.proposal === '')).toEqual([]);
    expect(warnings.find((w) => w.code === 'W15')?.where).toBe('Nhiệm vụ số 1, 2, 3, 4');
    expect(warnings.find((w) => w.code === 'W03')?.proposal).toContain('25-CTr/TU');
  });

  test('reads the duties of section IV', () => {
    expect(plan?.duties.map((d) => d.id)).toEqual([
      'IV.1.a', 'IV.1.b', 'IV.1.c', 'IV.1.d', 'IV.2.a', 'IV.2.b', 'IV.3.a', 'IV.4.a', 'IV.4.b', 'IV.4.c', 'IV.5.a', 'IV.5.b', 'IV.6.a', 'IV.6.b', 'IV.7.a', 'IV.7.b', 'IV.8.a', 'IV.9.a', 'IV.9.b', 'IV.9.c', 'IV.10.a',
    ]);
    expect(plan?.duties.find((d) => d.id === 'IV.5.a')?.unit).toBe('tb-sldtbxh');
    expect(plan?.duties.find((d) => d.id === 'IV.9.a')?.unit).toBeNull();
  });

  test('reads the targets with their comparators', () => {
    expect(plan?.indicators.map((i) => [i.id, i.comparator, i.value, i.unit, i.year])).toEqual([
      ['CT1', '>', 30, '%', 2030], ['CT2', '≈', 25, '%', 2030], ['CT3', '>=', 45, '%', 2030], ['CT4', '>', 12, '%/năm', 2030], ['CT5', '>', 12, '%/năm', 2030], ['CT6', '>', 70, '%', 2030], ['CT7', 'text', null, null, 2030],
    ]);
  });

  test('reads the recipients', () => {
    expect(plan?.recipients).toHaveLength(6);
    expect(plan?.recipients[1]).toBe('Chủ tịch, các PCT UBND tỉnh');
  });

  test('comes back the same from its YAML, warnings included', () => {
    const again = readPlan({ name: 'plan.yaml', bytes: Buffer.from(planToYaml(plan!)) }, { directory: demoDirectory() });
    expect(again).toEqual({ plan, warnings, errors });
  });

  test('knows the bodies outside the province\'s line from the directory, by text and by YAML alike', () => {
    const known = demoDirectory();
    const outside = { ...known, units: known.units.map((u) => (u.id === 'tb-stc' ? { ...u, type: 'external' as const } : u)) };
    const read = readPlan({ name: 'a.txt', bytes: example('ke-hoach-25-ctr-thai-binh.txt') }, { directory: outside, code: 'CN18' }).plan!;
    expect(read.plan.externalUnits).toEqual(['tb-stc']);
    expect(readPlan({ name: 'plan.yaml', bytes: Buffer.from(planToYaml(read)) }, { directory: outside }).plan?.plan).toEqual(read.plan);
    expect(plan?.plan).not.toHaveProperty('externalUnits');
  });

  test('a number entered in the YAML ends the warning about it', () => {
    const yaml = planToYaml(plan!).replace('  number: null', '  number: 73');
    const again = readPlan({ name: 'plan.yaml', bytes: Buffer.from(yaml) }, { directory: demoDirectory() });
    expect(again.plan?.plan.number).toBe('73');
    expect(again.warnings.map((w) => w.code)).not.toContain('W01');
  });

  test('code and day of issue given by hand win; left out, the code is KH and the year', () => {
    const bytes = example('ke-hoach-25-ctr-thai-binh.txt');
    expect(readPlan({ name: 'a.txt', bytes }, { directory: demoDirectory() }).plan?.plan.code).toBe('KH18');
    const given = readPlan({ name: 'a.txt', bytes }, { directory: demoDirectory(), issuedOn: '2018-11-01' }).plan;
    expect([given?.plan.issuedOn, given?.tasks[0]?.startsOn]).toEqual(['2018-11-01', '2018-11-01']);
  });

  test('reads the same from a file of Windows: BOM, CRLF, decomposed letters, UTF-16', () => {
    const text = example('ke-hoach-25-ctr-thai-binh.txt').toString();
    const read = (bytes: Uint8Array) => readPlan({ name: 'ke-hoach-25-ctr-thai-binh.txt', bytes }, { directory: demoDirectory(), code: 'CN18' });
    const forms = [Buffer.from(`\ufeff${text.replace(/\n/g, '\r\n')}`), Buffer.from(text.normalize('NFD')), Buffer.from(`\ufeff${text}`, 'utf16le')];
    for (const bytes of forms) expect(read(bytes)).toEqual({ plan, warnings, errors });
  });
});

test('a Markdown table with other columns, groups, restarted numbers and a page break reads by the meaning of its headers', () => {
  const { plan, errors, warnings } = readFixture('markdown-ngat-trang.md', { code: 'LN19' });
  expect(errors).toEqual([]);
  expect(plan?.plan).toMatchObject({ number: '21', issuedOn: '2019-03-05', carriesOut: 'Chương trình số 07-CTr/TU' });
  expect(plan?.tasks.map((t) => [t.id, t.no, t.group, t.lead, t.dueOn, t.coordinating.length])).toEqual([
    ['LN19-01', '1', 'Về quy hoạch', 'tb-sct', '2020-12-31', 8], ['LN19-02', '2', 'Về quy hoạch', 'tb-sct', '2021-12-31', 2], ['LN19-03', '1', 'Về môi trường', 'tb-stnmt', '2020-12-31', 1],
  ]);
  expect(plan?.tasks[0]?.title).toBe('Lập "Quy hoạch làng nghề | giai đoạn 2021-2030"');
  expect(warnings.map((w) => w.code)).not.toContain('W-NO');
});
