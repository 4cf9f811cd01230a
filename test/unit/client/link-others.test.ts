import type { Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, HOST, type LinkOffice, openLinkOffice } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeEach(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
});
afterAll(() => engine.stop());

const TASK = 'CN18-05';
const LEADER = 'tb-skhdt/leader';
const typed = { summary: 'Đã trình ban hành quyết định' };
const submissions = () => ledger.selectFrom('event').select(['person', 'position']).where('act', '=', 'submit').execute();

describe('the code of another person', () => {
  beforeEach(() => ledger.insertInto('seat').values({
    position: LEADER, person: 'p900', name: 'Người được ủy quyền', email: 'pho@skhdt.example', phone: '+84000000900', from_on: '2019-12-01', deputy_of: LEADER,
  }).execute());

  it('at the same position is none: a deputy does not act with the code of the holder, nor under the name of the holder', async () => {
    const path = await office.link(LEADER, TASK);
    const [holder, deputy] = [await office.press(path, 'submit', { ...typed, person: 'p007' }), await office.press(path, 'submit', { ...typed, person: 'p900' })];
    expect([holder.status, deputy.status]).toEqual([200, 200]);
    const tries = [
      { ...hiddenFields(deputy), code: office.codeFor(holder) },
      { ...hiddenFields(deputy), codeId: hiddenFields(holder)['codeId'] ?? '', code: office.codeFor(holder) },
      { ...hiddenFields(holder), person: 'p900', code: office.codeFor(holder) },
    ];
    for (const form of tries) expect(await office.post(path, form)).toMatchObject({ status: 422, text: expect.stringContaining('hưa ghi nhận gì') });
    expect(await submissions()).toEqual([]);
    await office.post(path, { ...hiddenFields(deputy), code: office.codeFor(deputy) });
    expect(await submissions()).toEqual([{ person: 'p900', position: LEADER }]);
  });

  it('at another link is none, and what was typed stands in the page again', async () => {
    const [mine, theirs] = [await office.link(LEADER, TASK), await office.link(LEADER, TASK)];
    const form = { ...typed, person: 'p007' };
    const [page, other] = [await office.press(mine, 'submit', form), await office.press(theirs, 'submit', form)];
    const answer = await office.post(mine, { ...hiddenFields(page), codeId: hiddenFields(other)['codeId'] ?? '', code: office.codeFor(other) });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(typed.summary);
    expect(await submissions()).toEqual([]);
  });
});

describe('the link of a text message', () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
  const statusOf = async (path: string, address: string): Promise<number> => (await office.app.request(`https://${HOST}${path}`, {}, from(address))).status;

  it('opens while somebody else guesses; from where it was guessed it opens again ten minutes after', async () => {
    const path = await office.link('tb-skhdt/officer', TASK, { kind: 'sms' });
    expect(path.length - '/t/'.length).toBe(12);
    for (let n = 0; n < 30; n += 1) await statusOf(`/t/${n.toString(32).toUpperCase().replace(/[ILOU]/g, 'Z').padStart(12, '0')}`, '192.0.2.99');
    expect([await statusOf(path, '192.0.2.99'), await statusOf(path, '192.0.2.7')]).toEqual([429, 200]);
    office.real += 10 * 60_000 + 1;
    expect(await statusOf(path, '192.0.2.99')).toBe(200);
  });

  it('with any one character changed opens nothing', async () => {
    const path = await office.link('tb-skhdt/officer', TASK, { kind: 'sms' });
    for (let i = 3; i < path.length; i += 1) {
      for (const [n, letter] of [...'09AHJMNZ'].filter((one) => one !== path[i]).entries()) {
        expect(await statusOf(`${path.slice(0, i)}${letter}${path.slice(i + 1)}`, `198.51.100.${i}0${n}`)).toBe(404);
      }
    }
    expect(await statusOf(path, '192.0.2.7')).toBe(200);
  });
});
