import mammoth from 'mammoth';
import readXlsxFile from 'read-excel-file/node';
import type { Command } from '../../../domain/acts';
import { createApp } from '../../../client/web/app';
import { decide } from '../../../domain/decide';
import { evolve } from '../../../domain/evolve';
import { positionOf } from '../../../domain/plan';
import { projectionOf } from '../../../domain/projection';
import type { Decision, TaskState } from '../../../domain/task';
import { tick } from '../../../domain/tick';
import type { Instant } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import type { Ledger } from '../../../ledger/connect';
import { keepLetter } from '../../../ledger/letters';
import { stateFromEvents } from '../../../ledger/rebuild';
import { writeText } from '../../../ledger/texts';
import { at, command } from '../../support/builders';
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

const TASK = 'CN18-05';
const LEADER = positionOf('tb-sct', 'leader');
const OTHER = 'tb-stc/officer';

const stateNow = async (): Promise<TaskState> => {
  const state = await stateFromEvents(ledger, TASK);
  if (state === undefined) throw new Error('no such task');
  return state;
};
const commit = async (state: TaskState, { events, notices }: Decision): Promise<void> => {
  await commitBatch(ledger, { task: TASK, events, notices, projection: projectionOf(events.reduce(evolve, state)), now: office.now });
};
/** Lets the task's time pass, as its workflow would. */
const goTo = async (now: Instant): Promise<void> => {
  office.now = now;
  const state = await stateNow();
  await commit(state, tick(state, now));
};
const act = async (one: Command): Promise<void> => {
  const state = await stateNow();
  const decision = decide(state, one, office.now);
  if (!decision.ok) throw new Error(decision.message);
  await commit(state, decision);
};
const bytesOf = async (path: string): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }> => {
  const answer = await office.app.request(`https://nv.example${path}`, { headers: { host: 'nv.example' } }, { incoming: { socket: { remoteAddress: '192.0.2.7' } } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const hrefOf = (html: string, part: string): string => new RegExp(`href="([^"]*${part}[^"]*)"`).exec(html)?.[1] ?? '';

describe('a draft that waits', () => {
  const wait = async (): Promise<string> => {
    for (const day of ['2020-01-08T08:00', '2020-01-15T08:00']) await goTo(at(day));
    return office.link(LEADER, TASK);
  };

  it("is read on the leader's page and taken as a Word file, as it would leave now", async () => {
    const path = await wait();
    await goTo(at('2020-01-16T08:00'));
    const page = await office.get(path);
    for (const said of ['Dự thảo công văn đôn đốc', 'V/v đôn đốc thực hiện nhiệm vụ CN18-05', 'đã quá hạn 11 ngày làm việc']) expect(page.text).toContain(said);
    expect(page.html.indexOf('Dự thảo chờ duyệt')).toBeLessThan(page.html.indexOf('id="act-approve-letter"'));
    const { status, headers, bytes } = await bytesOf(hrefOf(page.html, '/du-thao/L3'));
    expect([status, headers.get('content-disposition'), headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(
      [200, "attachment; filename*=UTF-8''CN18-05-du-thao-cong-van-don-doc.docx", 'nosniff', 'no-store']
    );
    const words = (await mammoth.extractRawText({ buffer: bytes })).value;
    for (const said of ['DỰ THẢO', 'Thái Bình, ngày 16 tháng 01 năm 2020', 'Sản phẩm dự kiến: Quyết định <b>của</b> UBND tỉnh']) expect(words).toContain(said);
  });

  it('is shown to nobody outside the supervisor, and is gone once it is decided', async () => {
    const path = await wait();
    for (const position of ['tb-skhdt/officer', 'tb-vp/officer', OTHER] as const) {
      const link = await office.link(position, TASK);
      expect((await office.get(link)).text).not.toContain('Dự thảo công văn đôn đốc');
      expect((await bytesOf(`${link}/du-thao/L3`)).status).toBe(404);
    }
    expect((await bytesOf(`${path}/du-thao/L4`)).status).toBe(404);
    const asked = await office.press(path, 'reject-letter', { reason: 'Đã làm việc trực tiếp' });
    expect((await office.post(path, { ...hiddenFields(asked), code: office.codeFor(asked) })).status).toBe(303);
    expect((await office.get(path)).text).not.toContain('Dự thảo công văn đôn đốc');
    expect((await bytesOf(`${path}/du-thao/L3`)).status).toBe(404);
  });
});

describe('a letter that left', () => {
  const letter = { task: TASK, rung: 'L3', number: '12/SCT', approvedAt: at('2020-01-02T08:30') } as const;
  const bytes = Buffer.from('the bytes that were sent');
  beforeEach(() => keepLetter(ledger, letter, { name: 'CN18-05-cong-van-don-doc.docx', contentType: 'application/x-letter', content: bytes }));

  it('stays on the pages of the lead, the supervisor and the office, byte for byte', async () => {
    for (const position of ['tb-skhdt/officer', LEADER, 'tb-vp/officer'] as const) {
      const page = await office.get(await office.link(position, TASK));
      expect(page.text).toMatch(/Công văn đôn đốc số 12\/SCT\s*, duyệt ngày 02\/01\/2020/);
      const file = await bytesOf(hrefOf(page.html, '/van-ban/'));
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/x-letter']);
      expect(file.bytes).toEqual(bytes);
    }
  });

  it('stays on the board too', async () => {
    const board = createApp({ ledger, now: async () => office.now });
    const ask = (path: string) => board.request(`http://localhost${path}`, { headers: { host: 'localhost' } }, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
    const page = await (await ask(`/tasks/${TASK}`)).text();
    expect(page).toContain('Công văn đôn đốc số 12/SCT');
    const file = await ask(hrefOf(page, '/van-ban/'));
    expect([file.status, Buffer.from(await file.arrayBuffer())]).toEqual([200, bytes]);
    expect((await ask('/tasks/CN18-01/van-ban/1')).status).toBe(404);
  });

  it('is no matter of a coordinating unit, nor of another task', async () => {
    const href = hrefOf((await office.get(await office.link(LEADER, TASK))).html, '/van-ban/').split('/').at(-1) ?? '';
    const other = await office.link(OTHER, TASK);
    expect((await office.get(other)).text).not.toContain('Công văn đôn đốc số');
    expect((await bytesOf(`${other}/van-ban/${href}`)).status).toBe(404);
    expect((await bytesOf(`${await office.link(LEADER, 'CN18-01')}/van-ban/${href}`)).status).toBe(404);
    expect((await bytesOf(`${await office.link('tb-skhdt/officer', 'CN18-09')}/van-ban/${href}`)).status).toBe(404);
  });
});

describe('Biểu 03', () => {
  beforeEach(async () => {
    const ref = (field: string, content: string) => writeText(ledger, { subject: TASK, field, content, now: office.now });
    const [subject, text] = [await ref('subject', 'Dự thảo <i>cơ chế</i>'), await ref('text', 'Bổ sung nguồn vốn')];
    await act(command('open-consultation', 'tb-skhdt/officer', { subject, to: ['tb-stc', 'tb-sct'], dueOn: '2020-01-10' }));
    await act(command('give-input', OTHER, { answer: 'agree-with-comments', text }));
  });

  it('is one page and one spreadsheet of what every unit said, for the lead', async () => {
    const path = await office.link('tb-skhdt/officer', TASK);
    const page = await office.get(path);
    const table = await office.get(hrefOf(page.html, '/bieu-03/1'));
    expect(table.status).toBe(200);
    for (const said of ['Dự thảo <i>cơ chế</i>', 'Thống nhất, có góp ý', 'Bổ sung nguồn vốn', 'Chưa trả lời', 'Đã lấy ý kiến 2 đơn vị']) expect(table.text).toContain(said);
    const file = await bytesOf(hrefOf(table.html, '/tep'));
    expect(file.headers.get('content-disposition')).toContain('CN18-05-bieu-03-lan-1.xlsx');
    const [sheet] = await readXlsxFile(file.bytes);
    expect((sheet?.data ?? []).flat()).toEqual(expect.arrayContaining(['Sở Tài chính', 'Bổ sung nguồn vốn', 'Sở Công Thương', 'Chưa trả lời']));
  });

  it('is not for the units that were asked, and there is none of another number', async () => {
    const other = await office.link(OTHER, TASK);
    expect((await office.get(other)).html).not.toContain('bieu-03');
    for (const path of [`${other}/bieu-03/1`, `${other}/bieu-03/1/tep`, `${await office.link('tb-skhdt/officer', TASK)}/bieu-03/2`, `${await office.link('tb-skhdt/officer', TASK)}/bieu-03/x`]) {
      expect((await office.get(path)).status).toBe(404);
    }
  });
});
