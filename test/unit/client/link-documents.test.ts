import type { Act } from '../../../domain/acts';
import type { Position } from '../../../domain/plan';
import { instantAt } from '../../../domain/time';
import { type HistoryRow, taskHistory } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { readRecord } from '../../../ledger/record';
import { stateFromEvents } from '../../../ledger/rebuild';
import { details } from '../../../client/history-details';
import { recordRows } from '../../../messages/letters/history';
import { inputsTable } from '../../../messages/inputs-table';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, type LinkOffice, openLinkOffice, type Page } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeEach(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
});
afterAll(() => engine.stop());

const TASK = 'CN18-05';
type Typed = Readonly<Record<string, string>>;
const PAPER = { documentNumber: '9/TTr-SKHĐT', documentDate: '2020-01-02' };
/** A decision by link, with the code that its page asks for. */
const decideBy = async (position: Position, act: Act, typed: Typed): Promise<Page> => {
  const path = await office.link(position, TASK);
  const ask = await office.press(path, act, typed);
  expect({ act, status: ask.status }).toEqual({ act, status: 200 });
  return office.post(path, { ...hiddenFields(ask), code: office.codeFor(ask) });
};
const done = async (position: Position, act: Act, typed: Typed): Promise<void> => {
  const answer = await decideBy(position, act, typed);
  expect({ act, status: answer.status, text: answer.status === 303 ? '' : answer.text }).toEqual({
    act,
    status: 303,
    text: '',
  });
};
const state = async () => (await stateFromEvents(ledger, TASK))!;
const rowOf = async (act: Act): Promise<HistoryRow> => (await taskHistory(ledger, TASK)).find((r) => r.act === act)!;
const linesOf = async (act: Act): Promise<string[]> => details(await rowOf(act), new Map()).map(([vi]) => vi);
const names = (unit: string): string => unit;

describe('a clerk', () => {
  beforeEach(() => done('tb-skhdt/leader', 'submit', { summary: 'Đã ban hành quyết định' }));

  it('is asked for the numbers of what the own unit did, enters one with a code, and it stands in the history of that act', async () => {
    const page = await office.get(await office.link('tb-skhdt/clerk', TASK));
    expect(page.text).toContain('Bổ sung số, ngày văn bản của 1 việc đã thực hiện');
    expect(page.html).toMatch(
      new RegExp(
        `<option value="${(await rowOf('submit')).seq}">Trình kết quả, Sở Kế hoạch và Đầu tư, ngày 02/01/2020`,
      ),
    );
    await done('tb-skhdt/clerk', 'enter-document', { of: String((await rowOf('submit')).seq), ...PAPER });
    expect((await state()).submission?.document).toEqual({ number: '9/TTr-SKHĐT', date: '2020-01-02' });
    expect(await linesOf('submit')).toContain('văn bản số 9/TTr-SKHĐT ngày 02/01/2020');
    expect(await linesOf('enter-document')).toContain(
      `của việc: Trình kết quả, ngày 02/01/2020 (sự kiện số ${(await rowOf('submit')).seq})`,
    );
    const record = (await readRecord(ledger, TASK, office.now))!;
    expect(recordRows(record, names).find((r) => r.what === 'Trình kết quả')?.details).toContain(
      'Văn bản: văn bản số 9/TTr-SKHĐT ngày 02/01/2020.',
    );
    expect((await office.get(await office.link('tb-skhdt/clerk', TASK))).html).not.toContain('id="act-enter-document"');
  });

  it('enters it after the task has closed as well: its workflow is started once more, and no date changes', async () => {
    await done('tb-sct/officer', 'confirm', {});
    const before = (await state()).completedOn;
    const of = String((await rowOf('submit')).seq);
    await done('tb-skhdt/clerk', 'enter-document', { of, ...PAPER, documentDate: '2019-12-27' });
    expect([office.temporal.starts, (await state()).completedOn, (await state()).name]).toEqual([
      1,
      before,
      'completed',
    ]);
    expect(await linesOf('submit')).toContain('văn bản số 9/TTr-SKHĐT ngày 27/12/2019');
    const other = await office.get(await office.link('tb-skhdt/leader', TASK));
    expect(other.html).not.toContain('id="act-');
  });

  it('finds on the own page what still lacks its number, also where the task has closed, until it is entered', async () => {
    const own = async () => (await office.get(await office.link('tb-skhdt/clerk', null))).text;
    const asked = 'Bổ sung số, ngày văn bản của 1 việc đã thực hiện';
    expect(await own()).toContain(asked);
    await done('tb-sct/officer', 'confirm', {});
    expect(await own()).toContain(asked);
    expect((await office.get(await office.link('tb-skhdt/leader', null))).text).not.toContain(asked);
    await done('tb-skhdt/clerk', 'enter-document', { of: String((await rowOf('submit')).seq), ...PAPER });
    expect(await own()).not.toContain(asked);
  });

  it('of another unit has nothing to enter; a date that is to come is refused', async () => {
    expect((await office.get(await office.link('tb-stc/clerk', TASK))).html).not.toContain('id="act-enter-document"');
    const wrong = await decideBy('tb-skhdt/clerk', 'enter-document', {
      of: String((await rowOf('submit')).seq),
      ...PAPER,
      documentDate: '2020-01-03',
    });
    expect(wrong).toMatchObject({ status: 409, text: expect.stringContaining('Ngày ở mục văn bản không hợp lệ') });
  });
});

it('the supervisor enters the paper of any unit; nobody else of a unit does', async () => {
  await done('tb-skhdt/leader', 'request-extension', { to: '2020-06-30', reason: 'Chờ quy hoạch' });
  expect((await office.get(await office.link('tb-skhdt/officer', TASK))).html).not.toContain('id="act-enter-document"');
  await done('tb-sct/officer', 'enter-document', { of: String((await rowOf('request-extension')).seq), ...PAPER });
  expect((await state()).extension?.document).toEqual({ number: '9/TTr-SKHĐT', date: '2020-01-02' });
});

it('units that are ticked may have a date of their own; their answers stand in Biểu 03 with their papers', async () => {
  await done('tb-skhdt/officer', 'open-consultation', {
    subject: 'Dự thảo cơ chế',
    'to.tb-stc': 'yes',
    'to.tb-bqlkkt': 'yes',
    'toDue.tb-stc': '20/01/2020',
    'toDue.tb-stnmt': '2020-01-21',
  });
  const [consultation] = (await state()).consultations;
  expect(consultation?.units.map((u) => [u.unit, u.dueOn])).toEqual(
    expect.arrayContaining([
      ['tb-stc', '2020-01-20'],
      ['tb-bqlkkt', '2020-01-16'],
    ]),
  );
  expect(await linesOf('open-consultation')).toContain('đến: tb-stc (20/01/2020); tb-bqlkkt');
  await done('tb-stc/officer', 'give-input', { answer: 'agree-with-comments', text: 'Nêu rõ nguồn vốn' });
  await done('tb-stc/clerk', 'enter-document', {
    of: String((await rowOf('give-input')).seq),
    documentNumber: '12/STC',
    documentDate: '2020-01-02',
  });
  await done('tb-skhdt/clerk', 'enter-document', {
    of: String((await rowOf('open-consultation')).seq),
    documentNumber: '45/SKHĐT',
    documentDate: '2020-01-02',
  });
  const table = inputsTable((await readRecord(ledger, TASK, office.now))!, 1, {
    names,
    title: 'x',
    asOf: '2020-01-02',
  })!;
  expect(table.rows.find((r) => r.unit === 'tb-stc')?.content).toBe(
    'Văn bản số 12/STC ngày 02/01/2020: Nêu rõ nguồn vốn',
  );
  expect(table.subject).toBe('Dự thảo cơ chế (văn bản số 45/SKHĐT ngày 02/01/2020)');
});

it('a date of a unit that is none is said beside the units, and the ticks are kept', async () => {
  const wrong = await office.press(await office.link('tb-skhdt/officer', TASK), 'open-consultation', {
    subject: 'Dự thảo',
    'to.tb-stc': 'yes',
    'toDue.tb-stc': '32/01/2020',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('id="open-consultation-to-error"');
  expect(wrong.html).toMatch(/name="to\.tb-stc" value="yes" checked/);
  expect(wrong.html).toContain('name="toDue.tb-stc" value="32/01/2020"');
});

it('the host unit brings the next rung forward by link', async () => {
  office.now = instantAt('2020-01-03', 9 * 60);
  const answer = await office.press(await office.link('tb-sct/officer', TASK), 'remind', {
    escalate: 'yes',
    text: 'Đề nghị báo cáo ngay',
  });
  expect(answer.status).toBe(303);
  const notices = await ledger
    .selectFrom('notice')
    .select(['kind', 'rung'])
    .where('task', '=', TASK)
    .where('rung', '=', 'L2')
    .execute();
  expect(new Set(notices.map((n) => n.kind))).toEqual(new Set(['overdue', 'overdue-flag']));
  expect(await linesOf('remind')).toContain('đôn đốc ngay bước tiếp theo: có');
});

it('the number of a letter that left is shown with it once its clerk has entered it', async () => {
  office.now = instantAt('2020-01-03', 9 * 60);
  await office.press(await office.link('tb-sct/officer', TASK), 'remind', { escalate: 'yes' });
  await office.press(await office.link('tb-sct/officer', TASK), 'remind', { escalate: 'yes' });
  await done('tb-sct/leader', 'approve-letter', {});
  await done('tb-sct/clerk', 'enter-document', {
    of: String((await rowOf('approve-letter')).seq),
    documentNumber: '100/SCT-KHTH',
    documentDate: '2020-01-03',
  });
  const record = (await readRecord(ledger, TASK, office.now))!;
  expect(recordRows(record, names).map((r) => r.what)).toContain('Công văn đôn đốc số 100/SCT-KHTH');
});
