import { at } from '../../support/builders';
import { type Office, openOffice } from './office';

const PLAN = 'examples/ke-hoach-25-ctr-thai-binh.txt';
let office: Office;
beforeAll(async () => {
  office = await openOffice(at('2018-10-22T08:30'));
  await office.dondoc(['directory', 'import', 'examples/thu-muc-thai-binh.yaml']);
}, 120_000);
afterAll(() => office.stop());

test('a start of too many messages leaves nothing before a person releases it, and everything at once after', async () => {
  const env = { DONDOC_HOLD_OVER: '3' };
  expect((await office.dondoc(['plan', 'start', PLAN, '--code', 'CN18', '--yes'], { env })).exit).toBe(0);
  const held = async () => office.ledger.selectFrom('delivery').select('notice').where('state', '=', 'held').execute();
  await office.until(async () => (await office.ledger.selectFrom('task').select('id').where('seq', '>', 0).execute()).length === 12);
  expect((await held()).length).toBeGreaterThan(20);
  const list = await office.dondoc(['outbox', 'list']);
  expect(list.said).toContain('Đang giữ: lần khởi động start-');
  expect(list.width).toBeLessThanOrEqual(80);
  const forecast = async (): Promise<number> => (await office.dondoc(['outbox', 'forecast', '--days', '3', '--json'])).out.split('\n').filter((line) => line !== '').length;
  expect(await forecast()).toBe(0);
  expect(office.peer.taken).toHaveLength(0);

  const answered = await office.dondoc(['outbox', 'release'], { answer: 'c' });
  expect(answered).toMatchObject({ exit: 0, asked: expect.stringMatching(/Gửi \d+ thông báo của 1 lần khởi động \(kế hoạch CN18\)/) });
  await office.until(async () => office.peer.taken.length > 10);
  expect(await held()).toEqual([]);
  expect(await office.dondoc(['outbox', 'release', '--yes'])).toMatchObject({ exit: 1 });
}, 120_000);
