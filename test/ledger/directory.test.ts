import type { Directory, Seat, Unit } from '../../domain/plan';
import type { Ledger } from '../../ledger/connect';
import { diffDirectory, importDirectory, readDirectory, readDirectoryHeader, readUnits, resolvePosition, seatsOn } from '../../ledger/directory';
import { onEachEngine } from '../support/ledger';

const unit = (id: string, name: string): Unit => ({ id, name, shortName: id, smsName: id.toUpperCase(), type: 'department', address: 'quý Sở', aliases: [] });
const seat = (position: Seat['position'], person: string, from: string, more: Partial<Seat> = {}): Seat => ({
  position, person, name: `Người ${person}`, email: `${person}@coquan.example`, from, ...more,
});
const directory = (more: Partial<Directory> = {}): Directory => ({
  hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB', units: [unit('tb-sct', 'Sở Công Thương'), unit('tb-vp', 'Văn phòng UBND tỉnh')], groups: [],
  seats: [
    seat('tb-sct/officer', 'p1', '2018-01-01', { phone: '+84000000001' }), seat('tb-sct/leader', 'p2', '2018-01-01'),
    seat('tb-vp/officer', 'p3', '2018-01-01', { to: '2018-06-30' }), seat('tb-vp/head', 'p4', '2018-01-01'),
  ],
  ...more,
});
const MERGE = { replace: false, today: '2018-10-22' };
const REPLACE = { replace: true, today: '2018-10-22' };

onEachEngine((fresh) => {
  let db: Ledger;
  beforeEach(async () => {
    db = await fresh();
  });

  test('a dry run names what the import then does, and does nothing', async () => {
    const planned = await diffDirectory(db, directory(), MERGE);
    expect(await readDirectory(db)).toBeUndefined();
    expect(await importDirectory(db, directory(), MERGE)).toEqual(planned);
    expect(planned.map((c) => `${c.what} ${c.change}`)).toEqual(['header added', 'unit added', 'unit added', 'seat added', 'seat added', 'seat added', 'seat added']);
    expect(await readDirectoryHeader(db)).toEqual({ hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB' });
    expect(Object.keys(await readUnits(db))).toEqual(['tb-sct', 'tb-vp']);
  });

  test('the same file again changes nothing', async () => {
    await importDirectory(db, directory(), MERGE);
    expect(await importDirectory(db, directory(), REPLACE)).toEqual([]);
    expect((await readDirectory(db))?.seats).toHaveLength(4);
  });

  test('an import merges: what it does not name stays', async () => {
    await importDirectory(db, directory(), MERGE);
    const changes = await importDirectory(db, directory({ units: [unit('tb-sct', 'Sở Công Thương tỉnh')], seats: [] }), MERGE);
    expect(changes.map((c) => `${c.what} ${c.change}`)).toEqual(['unit changed']);
    expect((await readUnits(db))['tb-vp']?.name).toBe('Văn phòng UBND tỉnh');
    expect((await readDirectory(db))?.seats).toHaveLength(4);
  });

  test('with replace, units go and terms end yesterday; a term that is over stays on record', async () => {
    await importDirectory(db, directory(), MERGE);
    const wanted = directory({ units: [unit('tb-sct', 'Sở Công Thương')], seats: [seat('tb-sct/officer', 'p1', '2018-01-01', { phone: '+84000000001' })] });
    expect((await importDirectory(db, wanted, REPLACE)).map((c) => `${c.what} ${c.change}`)).toEqual(['unit removed', 'seat ended', 'seat ended']);
    expect((await readDirectory(db))?.seats.map((s) => [s.person, s.to])).toEqual([['p2', '2018-10-21'], ['p1', undefined], ['p4', '2018-10-21'], ['p3', '2018-06-30']]);
  });

  test('a new holder ends the open term of the one before', async () => {
    await importDirectory(db, directory(), MERGE);
    await importDirectory(db, directory({ seats: [seat('tb-sct/officer', 'p9', '2018-11-01')] }), MERGE);
    expect((await resolvePosition(db, 'tb-sct/officer', '2018-10-31'))?.person).toBe('p1');
    expect((await resolvePosition(db, 'tb-sct/officer', '2018-11-01'))?.person).toBe('p9');
    expect((await readDirectory(db))?.seats.find((s) => s.person === 'p1')?.to).toBe('2018-10-31');
  });

  test('an empty seat is passed over upwards, and where it ended is reported', async () => {
    await importDirectory(db, directory(), MERGE);
    const on = await seatsOn(db, '2018-10-22');
    expect(on('tb-sct/officer')).toMatchObject({ position: 'tb-sct/officer', person: 'p1', email: 'p1@coquan.example', phone: '+84000000001', passedOver: [], isDeputy: false });
    expect(on('tb-sct/head')).toMatchObject({ asked: 'tb-sct/head', position: 'tb-sct/leader', person: 'p2', passedOver: ['tb-sct/head'] });
    expect(on('tb-vp/officer')).toMatchObject({ position: 'tb-vp/head', person: 'p4', passedOver: ['tb-vp/officer'] });
    expect(on('tb-vp/leader')).toBeUndefined();
    expect((await seatsOn(db, '2018-06-30'))('tb-vp/officer')?.person).toBe('p3');
  });

  test('a holder without any address counts as an empty seat', async () => {
    const { email: _, ...silent } = seat('tb-sct/officer', 'p1', '2018-01-01');
    await importDirectory(db, directory({ seats: [silent, seat('tb-sct/leader', 'p2', '2018-01-01')] }), MERGE);
    expect(await resolvePosition(db, 'tb-sct/officer', '2018-10-22')).toMatchObject({ position: 'tb-sct/leader', passedOver: ['tb-sct/officer', 'tb-sct/head'] });
  });

  test('a deputy stands in for the holder from day to day, and keeps a seat of their own', async () => {
    const seats = [
      seat('tb-sct/leader', 'p2', '2018-01-01'), seat('tb-sct/head', 'p5', '2018-10-01'),
      seat('tb-sct/head', 'p5', '2018-10-01', { deputyOf: 'tb-sct/leader', to: '2018-10-31' }),
    ];
    await importDirectory(db, directory({ seats }), MERGE);
    expect(await resolvePosition(db, 'tb-sct/leader', '2018-10-22')).toMatchObject({ position: 'tb-sct/leader', person: 'p5', isDeputy: true, passedOver: [] });
    expect(await resolvePosition(db, 'tb-sct/head', '2018-10-22')).toMatchObject({ person: 'p5', isDeputy: false });
    expect(await resolvePosition(db, 'tb-sct/leader', '2018-11-01')).toMatchObject({ person: 'p2', isDeputy: false });
  });
});
