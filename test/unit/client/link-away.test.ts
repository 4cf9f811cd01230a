import type { Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, openLinkOffice } from '../../support/link-office';

const deliverable = { deliverable: 'Quyết định <b>của</b> UBND tỉnh' };
const engine = embeddedEngine();
afterAll(() => engine.stop());

/** The ledger, which refuses every connection while it is away. */
const breakable = (ledger: Ledger) => {
  const line = { isAway: false };
  const refuse = (): never => { throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }); };
  const broken = new Proxy(ledger, {
    get: (whole, name) => {
      const value: unknown = Reflect.get(whole, name, whole);
      return line.isAway && typeof value === 'function' ? refuse : typeof value === 'function' ? value.bind(whole) : value;
    },
  });
  return { line, broken };
};

it('a form sent while the database is away comes back with what was typed, is not valid as it is served, and sent again counts once', async () => {
  const { line, broken } = breakable(await engine.freshLedger());
  const office = await openLinkOffice(broken);
  const path = await office.link('tb-sct/officer', 'CN18-01');
  const form = { ...office.formOf(await office.get(path), 'acknowledge'), ok: 'yes', ...deliverable };
  line.isAway = true;
  expect(await office.get(path)).toMatchObject({ status: 503, text: expect.stringContaining('không truy cập được cơ sở dữ liệu') });
  const away = await office.post(path, form);
  expect(away).toMatchObject({ status: 503, text: expect.stringContaining(deliverable.deliverable) });
  expect((await office.post(path, form, { 'sec-fetch-site': 'cross-site' })).text).not.toContain(deliverable.deliverable);

  line.isAway = false;
  const events = async () => (await broken.selectFrom('event').select('seq').where('task', '=', 'CN18-01').where('act', '=', 'acknowledge').execute()).length;
  expect((await office.post(path, hiddenFields(away))).status).toBe(422);
  expect(await events()).toBe(0);
  const again = { ...hiddenFields(away), ok: 'yes' };
  expect([(await office.post(path, again)).status, (await office.post(path, again)).status]).toEqual([303, 303]);
  expect(await events()).toBe(1);
});
