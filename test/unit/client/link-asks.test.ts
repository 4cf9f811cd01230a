import type { Act } from '../../../domain/acts';
import { evolve } from '../../../domain/evolve';
import type { Position } from '../../../domain/plan';
import { projectionOf } from '../../../domain/projection';
import { tick } from '../../../domain/tick';
import { instantAt } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import type { Ledger } from '../../../ledger/connect';
import { stateFromEvents } from '../../../ledger/rebuild';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, type LinkOffice, openLinkOffice, type Page } from '../../support/link-office';

const TASK = 'CN18-05';
const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeEach(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
});
afterAll(() => engine.stop());

const state = async () => {
  const found = await stateFromEvents(ledger, TASK);
  if (found === undefined) throw new Error(`no ${TASK}`);
  return found;
};
/** What time alone brings until nine o'clock of a day. */
const passTo = async (day: string): Promise<void> => {
  office.now = instantAt(day, 9 * 60);
  const { events, notices } = tick(await state(), office.now);
  await commitBatch(ledger, { task: TASK, events, notices, projection: projectionOf(events.reduce(evolve, await state())), now: office.now });
};
const pageOf = async (position: Position): Promise<Page> => office.get(await office.link(position, TASK));
/** Presses and proves it. */
const decideBy = async (position: Position, act: Act, typed: Readonly<Record<string, string>>): Promise<Page> => {
  const path = await office.link(position, TASK);
  const ask = await office.press(path, act, typed);
  const done = await office.post(path, { ...hiddenFields(ask), code: office.codeFor(ask) });
  expect({ status: done.status, text: done.status === 303 ? '' : done.text }).toEqual({ status: 303, text: '' });
  return ask;
};
const draftIn = (page: Page): string => /<textarea[^>]*name="text"[^>]*>([^<]*)</.exec(page.html.slice(page.html.indexOf('id="act-approve-letter"')))?.[1] ?? '';
const lastFields = async (act: Act): Promise<object> =>
  (await ledger.selectFrom('event').select('body').where('act', '=', act).orderBy('seq', 'desc').executeTakeFirstOrThrow()).body as object;

describe('a consultation by link', () => {
  const subject = { subject: 'Dự thảo cơ chế, chính sách' };

  it('goes to the units that were ticked, until the day that was typed; each sees what it is asked, by when and what comes otherwise', async () => {
    const ask = await decideBy('tb-skhdt/officer', 'open-consultation', { ...subject, 'to.tb-stc': 'yes', 'to.tb-stnmt': 'yes', dueOn: '20/01/2020' });
    expect(ask.text).toContain('Sở Tài chính; Sở Tài nguyên và Môi trường');
    expect((await state()).consultations[0]?.units.map((u) => u.unit)).toEqual(['tb-stc', 'tb-stnmt']);
    const asked = await pageOf('tb-stc/officer');
    for (const said of ['Có ý kiến góp ý', 'ngày 20/01/2020', 'ngày 15/01/2020: nhắc sắp hết hạn góp ý', subject.subject]) expect(asked.text).toContain(said);
    const other = await pageOf('tb-skhcn/officer');
    expect(other.text).not.toContain('Có ý kiến góp ý');
  });

  it('goes to all of them where none was ticked, and its day may be counted back from the date of the task', async () => {
    await decideBy('tb-vp/officer', 'grant-extension', { to: '2020-06-30', documentNumber: '15/UBND', documentDate: '2020-01-02' });
    const page = await pageOf('tb-skhdt/officer');
    expect(page.text).toContain('02/06/2020 (trước thời hạn 20 ngày làm việc)');
    await decideBy('tb-skhdt/officer', 'open-consultation', { ...subject, beforeDue: '20' });
    const [opened] = (await state()).consultations;
    expect(opened).toMatchObject({ dueOn: '2020-06-02' });
    expect(opened?.units).toHaveLength(15);
  });

  it('is refused beside its fields for a unit or a day that was not offered, and keeps the ticks', async () => {
    const path = await office.link('tb-skhdt/officer', TASK);
    const wrong = await office.press(path, 'open-consultation', { ...subject, 'to.tb-vp': 'yes', 'to.tb-stc': 'yes', dueOn: '32/01/2020' });
    expect(wrong.status).toBe(422);
    for (const id of ['open-consultation-to-error', 'open-consultation-dueOn-error']) expect(wrong.html).toContain(`id="${id}"`);
    expect(wrong.html).toMatch(/name="to\.tb-stc" value="yes" checked/);
    expect((await state()).consultations).toEqual([]);
  });
});

describe('what is asked', () => {
  it('of whoever decides on an extension stands with its reason, its date and the next reminder', async () => {
    await decideBy('tb-skhdt/leader', 'request-extension', { to: '30/06/2020', reason: 'Chờ hướng dẫn của bộ' });
    const page = await pageOf('tb-sct/officer');
    for (const said of ['Cho ý kiến về đề nghị gia hạn', 'Chờ hướng dẫn của bộ', 'ngày 07/01/2020: nhắc Đầu mối theo dõi, Sở Công Thương']) expect(page.text).toContain(said);
  });

  it('of the host unit about an obstacle stands with its text, three days to acknowledge it, and who is reminded', async () => {
    await decideBy('tb-skhdt/officer', 'raise-obstacle', { text: 'Chưa có quỹ đất' });
    const page = await pageOf('tb-sct/officer');
    for (const said of ['Tiếp nhận khó khăn, vướng mắc số 1', 'Chưa có quỹ đất', 'ngày 07/01/2020', 'ngày 08/01/2020: nhắc']) expect(page.text).toContain(said);
  });

  it('in English is English: facts, state, what comes, history', async () => {
    const path = await office.link('tb-skhdt/officer', TASK);
    const { text } = await office.get(`${path}?lang=en`);
    for (const said of ['What is asked', 'If nothing comes', 'Coordinating units', '1 working day over', 'In progress, overdue, level 1', 'Officer, Sở Kế hoạch', 'deliverable: ']) expect(text).toContain(said);
    for (const word of ['Đơn vị', 'Thời hạn', 'Tình trạng', 'Nội dung', 'Đầu mối', 'quá 1 ngày', 'Hệ thống']) expect(text).not.toContain(word);
  });
});

describe('a letter that waits', () => {
  it('stands in its form to be edited; left as it is, the letter leaves as drafted', async () => {
    await passTo('2020-01-15');
    const draft = draftIn(await pageOf('tb-sct/leader'));
    expect(draft).toContain('khẩn trương hoàn thành nhiệm vụ');
    await decideBy('tb-sct/leader', 'approve-letter', { text: draft.replaceAll('&quot;', '"'), number: '12' });
    expect(await lastFields('approve-letter')).toMatchObject({ fields: { number: '12' } });
    expect((await lastFields('approve-letter') as { fields: object }).fields).not.toHaveProperty('text');
  });

  it('leaves in the words of the leader where they were changed', async () => {
    await passTo('2020-01-15');
    await decideBy('tb-sct/leader', 'approve-letter', { text: 'Đề nghị Quý Sở hoàn thành trước ngày 20/01/2020' });
    expect(await lastFields('approve-letter')).toMatchObject({ fields: { text: { length: 47 } } });
  });

  it('is chosen where two wait', async () => {
    await passTo('2020-01-15');
    await passTo('2020-02-05');
    expect(draftIn(await pageOf('tb-sct/leader'))).toBe('');
    await decideBy('tb-sct/leader', 'reject-letter', { rung: 'L4' });
    expect((await state()).letters.map((l) => l.rung)).toEqual(['L3']);
  });
});

describe('a slip of the plan', () => {
  const amended = { reason: 'Đính chính', documentNumber: '15/UBND', documentDate: '2020-01-02' };
  it('is mended in its window and in its coordinating units', async () => {
    await decideBy('tb-sct/officer', 'amend', { ...amended, field: 'window', startsOn: '01/01/2019', dueOn: '30/06/2020' });
    expect(await state()).toMatchObject({ startsOn: '2019-01-01', dueOn: '2020-06-30' });
    await decideBy('tb-sct/officer', 'amend', { ...amended, field: 'coordinating', 'units.tb-stc': 'yes' });
    expect((await state()).coordinators.filter((c) => c.to === undefined).map((c) => c.unit)).toEqual(['tb-stc']);
  });

  it('without its new value is refused beside the input that lacks it', async () => {
    const path = await office.link('tb-sct/officer', TASK);
    const wrong = await office.press(path, 'amend', { ...amended, field: 'window', startsOn: '01/01/2019' });
    expect(wrong.html).toContain('id="amend-dueOn-error"');
    expect((await office.press(path, 'amend', { ...amended, field: 'coordinating' })).html).toContain('id="amend-units-error"');
  });
});
