import type { Ledger } from '../../../ledger/connect';
import { writeSealKeys } from '../../../ledger/settings';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, type LinkOffice, openLinkOffice } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeEach(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
});
afterAll(() => engine.stop());

const stateOf = async (task: string): Promise<string | null | undefined> => (
  await ledger.selectFrom('task').select('state').where('id', '=', task).executeTakeFirst()
)?.state;
const events = async (): Promise<number> => Number((await ledger.selectFrom('event').select((e) => e.fn.countAll().as('n')).executeTakeFirstOrThrow()).n);
const lead = 'tb-sct/officer';

describe('an act that needs no code', () => {
  const deliverable = { deliverable: 'Quyết định của UBND tỉnh' };
  const leadOf = async (task: string): Promise<string> => `${(
    await ledger.selectFrom('task').select('lead').where('id', '=', task).executeTakeFirstOrThrow()
  ).lead}`;

  it('is recorded with its text and its person, and the receipt says so, again when it is reloaded', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    const answer = await office.press(path, 'acknowledge', deliverable);
    expect(answer.status).toBe(303);
    const to = answer.headers.get('location') ?? '';
    for (const page of [await office.get(to), await office.get(to)]) {
      expect(page.status).toBe(200);
      for (const said of ['Đã ghi nhận.', 'Xác nhận tiếp nhận', 'không thay thế chữ ký số', 'Mã biên nhận']) expect(page.text).toContain(said);
    }
    expect(await stateOf('CN18-01')).toBe('in_progress');
    const row = await ledger.selectFrom('event').select(['person', 'via']).where('act', '=', 'acknowledge').where('task', '=', 'CN18-01')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ via: 'link', person: expect.stringMatching(/^p\d+$/) });
    expect(JSON.stringify(office.temporal.commands)).not.toContain('Quyết định');
    expect(
      (await ledger.selectFrom('text').select('content').where('subject', '=', 'CN18-01').executeTakeFirstOrThrow()).content
    ).toBe(deliverable.deliverable);
  });

  it('is counted by how it ended, once for each press that was sent', async () => {
    const told: string[] = [];
    office = await openLinkOffice(await engine.freshLedger(), { onPress: (outcome) => told.push(outcome) });
    ledger = office.ledger;
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    await office.post(path, office.formOf(await office.get(path), 'acknowledge'));
    expect(told).toEqual([]);
    await office.press(path, 'acknowledge', deliverable);
    expect(told).toEqual(['taken']);
  });

  it('is refused as it was served, with the errors beside their fields and what was typed kept', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    const before = await events();
    const served = await office.post(path, office.formOf(await office.get(path), 'acknowledge'));
    expect(served.status).toBe(422);
    expect(served.html).toContain('id="acknowledge-deliverable-error"');
    expect(served.html).toContain('id="acknowledge-ok-error"');
    const half = await office.post(path, { ...office.formOf(served, 'acknowledge'), deliverable: 'Báo cáo <b>kết quả</b>' });
    expect(half.html).toContain('Báo cáo &lt;b&gt;kết quả&lt;/b&gt;');
    expect(await events()).toBe(before);
  });

  it('by a double click, two tabs and the back button counts once and gives one receipt', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    const form = { ...office.formOf(await office.get(path), 'acknowledge'), ok: 'yes', ...deliverable };
    const before = await events();
    const both = await Promise.all([office.post(path, form), office.post(path, form)]);
    const later = await office.post(path, { ...form, deliverable: 'Khác' });
    expect([...both, later].map((p) => p.headers.get('location'))).toEqual(Array.from({ length: 3 }, () => both[0]?.headers.get('location')));
    expect(await events()).toBe(before + 1);
  });

  it('of two people with one link counts once; the other sees who decided and when', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    const [mine, theirs] = [await office.get(path), await office.get(path)];
    await office.post(path, { ...office.formOf(mine, 'acknowledge'), ok: 'yes', ...deliverable });
    const late = await office.post(path, { ...office.formOf(theirs, 'acknowledge'), ok: 'yes', ...deliverable });
    expect(late.status).toBe(409);
    for (const said of ['đã thay đổi từ khi trang được mở', 'Xác nhận tiếp nhận', '09:00 02/01/2020']) expect(late.text).toContain(said);
  });

  it('is not lost where Temporal is away: the page shows, says so, and keeps what was typed', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    office.temporal.isAway = true;
    const page = await office.get(path);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('hiện chưa thực hiện được') });
    const away = await office.post(path, { ...office.formOf(page, 'acknowledge'), ok: 'yes', ...deliverable });
    expect(away.status).toBe(503);
    expect(away.html).toContain(deliverable.deliverable);
    office.temporal.isAway = false;
    const again = await office.post(path, { ...office.formOf(away, 'acknowledge'), ok: 'yes', ...deliverable });
    expect(again.status).toBe(303);
    expect(await stateOf('CN18-01')).toBe('in_progress');
  });

  it('is not sent where no worker knows this key: the page says so, and it counts when it is pressed after that', async () => {
    await writeSealKeys(ledger, ['another key']);
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    const refused = await office.press(path, 'report-progress', { text: 'Đang lấy ý kiến' });
    expect(refused).toMatchObject({ status: 409, text: expect.stringContaining('Máy chủ đang đổi khóa, chưa ghi nhận gì') });
    expect(refused.html).toContain('Đang lấy ý kiến');
    expect(office.temporal.commands).toEqual([]);
    await writeSealKeys(ledger, ['another key', 'k1']);
    const again = { ...office.formOf(refused, 'report-progress'), ok: 'yes', text: 'Đang lấy ý kiến' };
    expect((await office.post(path, again)).status).toBe(303);
  });

  it('that nobody answers is kept on the page as it was typed, and pressed again counts once, whether the first one had counted or not', async () => {
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    [office.temporal.losesAnswers, office.temporal.commits] = [true, false];
    const silent = await office.press(path, 'report-progress', { text: 'Đang lấy ý kiến' });
    expect(silent).toMatchObject({ status: 503, text: expect.stringContaining('chưa có trả lời') });
    expect(silent.html).toContain('Đang lấy ý kiến');
    [office.temporal.losesAnswers, office.temporal.commits] = [false, true];
    const before = await events();
    const again = { ...office.formOf(silent, 'report-progress'), ok: 'yes', text: 'Đang lấy ý kiến' };
    expect([(await office.post(path, again)).status, (await office.post(path, again)).status]).toEqual([303, 303]);
    expect(await events()).toBe(before + 1);
  });

  it('whose answer got lost is found again, and one that is not written yet is said to be so', async () => {
    const path = await office.link(`${await leadOf('CN18-01')}/officer`, 'CN18-01');
    office.temporal.losesAnswers = true;
    const lost = await office.press(path, 'acknowledge', deliverable);
    expect((await office.get(lost.headers.get('location') ?? '')).text).toContain('Đã ghi nhận.');
    [office.temporal.losesAnswers, office.temporal.commits] = [false, false];
    const slow = await office.press(await office.link('tb-skhdt/officer', 'CN18-05'), 'report-progress', { text: 'Đang lấy ý kiến' });
    expect((await office.get(slow.headers.get('location') ?? '')).text).toContain('Đã tiếp nhận, đang ghi sổ');
  });
});

test('what nobody can see is not filled in: the input says so, and nothing is recorded', async () => {
  const path = await office.link('tb-skhdt/officer', 'CN18-05');
  const before = office.temporal.commands.length;
  const answer = await office.press(path, 'report-progress', { text: '\u200b\u2060 \ufeff' });
  expect(answer).toMatchObject({ status: 422, text: expect.stringContaining('Mục này cần được điền.') });
  expect(office.temporal.commands).toHaveLength(before);
});

describe('a decision', () => {
  const summary = { summary: 'Đã ban hành quyết định' };
  const submitPage = async () => office.press(await office.link('tb-skhdt/leader', 'CN18-05'), 'submit', summary);
  const lastPath = async (): Promise<string> => office.link('tb-skhdt/leader', 'CN18-05');

  it('asks for a code that goes to the phone at once, and counts with it', async () => {
    const path = await lastPath();
    const page = await office.press(path, 'submit', summary);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('gửi bằng tin nhắn') });
    expect(office.temporal.pokes).toBe(1);
    expect(
      await ledger.selectFrom('notice').select(['class', 'channels', 'to_position']).where('kind', '=', 'one-time-code').executeTakeFirst()
    ).toEqual({ class: 'code', channels: ['sms'], to_position: 'tb-skhdt/leader' });
    expect(page.html).not.toContain(office.codeFor(page));
    const done = await office.post(path, { ...hiddenFields(page), code: office.codeFor(page) });
    expect(done.status).toBe(303);
    expect(await stateOf('CN18-05')).toBe('submitted');
    const event = await ledger.selectFrom('event').select('body').where('act', '=', 'submit').executeTakeFirstOrThrow();
    expect(event.body).toMatchObject({ actor: { proof: 'sms', person: 'p007', via: 'link' } });
  });

  it('is confirmed by the supervisor in the same way, and the page of the closed task says so', async () => {
    const path = await lastPath();
    const page = await office.press(path, 'submit', summary);
    await office.post(path, { ...hiddenFields(page), code: office.codeFor(page) });
    const above = await office.link(lead, 'CN18-05');
    const ask = await office.press(above, 'confirm');
    const done = await office.post(above, { ...hiddenFields(ask), code: office.codeFor(ask) });
    expect((await office.get(done.headers.get('location') ?? '')).text).toContain('Đã ghi nhận.');
    expect(await stateOf('CN18-05')).toBe('completed');
    const closed = await office.get(path);
    expect(closed.text).toContain('Xác nhận hoàn thành');
    expect(closed.text).toContain('Không có thao tác nào');
  });

  it('needs the code that was sent for exactly this: not a wrong one, not that of another act or with other words', async () => {
    const path = await lastPath();
    const [page, other] = [await office.press(path, 'submit', summary), await office.press(path, 'submit', { summary: 'Khác' })];
    const wrong = String((Number(office.codeFor(page)) + 1) % 1_000_000).padStart(6, '0');
    expect((await office.post(path, { ...hiddenFields(page), code: wrong })).text).toContain('còn 4 lần nhập');
    expect((await office.post(path, { ...hiddenFields(page), code: office.codeFor(other) })).status).toBe(422);
    expect((await office.post(path, { ...hiddenFields(page), codeId: hiddenFields(other)['codeId'] ?? '', code: office.codeFor(other) })).status).toBe(422);
    expect((await office.post(path, { ...hiddenFields(page), summary: 'Khác', code: office.codeFor(page) })).status).toBe(422);
    expect((await office.post(path, { ...hiddenFields(page), code: '' })).status).toBe(422);
    expect(await stateOf('CN18-05')).toBe('in_progress');
  });

  it('is lost to who guesses: after five tries the right code is of no use, and after ten minutes neither', async () => {
    const path = await lastPath();
    const page = await office.press(path, 'submit', summary);
    for (let n = 0; n < 5; n += 1) await office.post(path, { ...hiddenFields(page), code: '000000' === office.codeFor(page) ? '000001' : '000000' });
    expect((await office.post(path, { ...hiddenFields(page), code: office.codeFor(page) })).text).toContain('không dùng được nữa');
    const second = await office.post(path, { ...hiddenFields(page), again: 'yes' });
    office.real += 10 * 60_000 + 1;
    expect((await office.post(path, { ...hiddenFields(second), code: office.codeFor(second) })).status).toBe(422);
    expect(await stateOf('CN18-05')).toBe('in_progress');
  });

  it('stops sending codes after five in ten minutes, whichever process is asked', async () => {
    const path = await lastPath();
    for (let n = 0; n < 5; n += 1) expect((await office.press(path, 'submit', summary)).status).toBe(200);
    const more = await office.press(path, 'submit', summary);
    expect(more.status).toBe(429);
    expect(more.html).toContain(summary.summary);
    office.real += 10 * 60_000 + 1;
    expect((await submitPage()).status).toBe(200);
  });

  it('leaves codes for every other link of the same person, whatever was done with one', async () => {
    const path = await lastPath();
    for (let n = 0; n < 9; n += 1) await office.press(path, 'submit', summary);
    expect((await office.press(path, 'submit', summary)).status).toBe(429);
    expect((await office.press(await lastPath(), 'submit', summary)).status).toBe(200);
  });

  it('is possible for every task of a plan in one morning by one link', async () => {
    const [path, began] = [await lastPath(), office.real];
    for (let n = 0; n < 12; n += 1) {
      expect([n, (await office.press(path, 'submit', summary)).status]).toEqual([n, 200]);
      office.real += 5 * 60_000;
    }
    office.real = began;
    await ledger.deleteFrom('tally').execute();
  });

  it('names in its message the act and the task that it is for', async () => {
    await office.press(await lastPath(), 'submit', summary);
    const { facts } = await ledger.selectFrom('notice').select('facts').where('kind', '=', 'one-time-code').executeTakeFirstOrThrow();
    expect(facts).toMatchObject({ act: 'submit', forTask: 'CN18-05' });
  });

  it('goes by mail only where there is no phone, and the act says so', async () => {
    await ledger.updateTable('seat').set({ phone: null }).where('position', '=', 'tb-skhdt/leader').execute();
    const path = await lastPath();
    const page = await office.press(path, 'submit', summary);
    expect(page.text).toContain('thư điện tử');
    const done = await office.post(path, { ...hiddenFields(page), code: office.codeFor(page) });
    expect((await office.get(done.headers.get('location') ?? '')).text).toContain('thấp hơn mã qua điện thoại');
  });

  it('of a position with a deputy asks who acts, and says KT. of the deputy', async () => {
    await ledger.insertInto('seat').values(
      {
        position: 'tb-skhdt/leader', person: 'p900', name: 'Người được ủy quyền', email: 'pho@skhdt.example', phone: '+84000000900', from_on: '2019-12-01',
        deputy_of: 'tb-skhdt/leader',
      }
    ).execute();
    const path = await lastPath();
    expect((await office.press(path, 'submit', summary)).html).toContain('id="submit-person-error"');
    const page = await office.press(path, 'submit', { ...summary, person: 'p900' });
    await office.post(path, { ...hiddenFields(page), code: office.codeFor(page) });
    const event = await ledger.selectFrom('event').select(['person', 'on_behalf_of']).where('act', '=', 'submit').executeTakeFirstOrThrow();
    expect(event).toEqual({ person: 'p900', on_behalf_of: 'tb-skhdt/leader' });
  });
});
