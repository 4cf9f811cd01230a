import { strToU8, type Zippable, zipSync } from 'fflate';
import ical from 'ical.js';
import { sql } from 'kysely';
import { createApp } from '../../../client/web/app';
import type { Position } from '../../../domain/plan';
import type { Ledger } from '../../../ledger/connect';
import { readDirectoryHeader } from '../../../ledger/directory';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, HOST, type LinkOffice, openLinkOffice, type Page } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeAll(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger, { publicUrl: `https://${HOST}` });
}, 60_000);
afterAll(() => engine.stop());

const pressOf = (page: Page, action: string): Record<string, string> => (
  { press: new RegExp(`action="[^"]*/${action}".*?name="press" value="([^"]*)"`, 's').exec(page.html)?.[1] ?? '' }
);

describe("the host unit's own page", () => {
  it('shows what is overdue, what waits and what has no date, each with its next step', async () => {
    const page = await office.get(await office.link('tb-sct/officer', null));
    expect(page.status).toBe(200);
    for (const said of ['Quá hạn', 'CN18-05', 'Quá hạn mức 2 (đôn đốc lần 2)', 'không gửi được', 'Bảng theo dõi']) expect(page.text).toContain(said);
  });

  /** Asks for the board and types the code of the phone; the cookie of the session. */
  const open = async (path: string, choice = 'begin'): Promise<string> => {
    const ask = await office.post(`${path}/phien`, { ...pressOf(await office.get(path), 'phien'), choice });
    expect(ask).toMatchObject({ status: 200, text: expect.stringContaining('Mã xác nhận: mở bảng theo dõi') });
    const answer = await office.post(`${path}/phien`, { ...hiddenFields(ask), code: office.codeFor(ask) });
    expect(answer).toMatchObject({ status: 303 });
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const part of ['__Host-dondoc=', 'HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', 'Max-Age=3600']) expect(cookie).toContain(part);
    return cookie.split(';')[0] ?? '';
  };
  const boardWith = async (cookie: string): Promise<number> => (await office.get('/outbox', { cookie })).status;
  const rest = () => ledger.deleteFrom('tally').execute();
  afterEach(rest);

  it('opens the board in this browser for an hour, and in no other; a second browser ends the first', async () => {
    const path = await office.link('tb-sct/officer', null);
    expect((await office.get('/')).status).toBe(404);
    const cookie = await open(path);
    for (const place of ['/', '/outbox', '/tasks/CN18-05']) expect((await office.get(place, { cookie })).status).toBe(200);
    expect(JSON.stringify(await ledger.selectFrom('web_session').selectAll().execute())).not.toContain(cookie.split('=')[1]);
    const other = await open(path);
    expect([await boardWith(cookie), await boardWith(other)]).toEqual([404, 200]);
    office.real += 60 * 60_000 + 1;
    expect(await boardWith(other)).toBe(404);
    const third = await open(path);
    await office.post(`${path}/phien`, { ...pressOf(await office.get(path), 'phien'), choice: 'end' });
    expect(await boardWith(third)).toBe(404);
  });

  it('asks for a code before the board: the link alone opens nothing, and a code opens it once', async () => {
    const path = await office.link('tb-sct/officer', null);
    const ask = await office.post(`${path}/phien`, { ...pressOf(await office.get(path), 'phien'), choice: 'begin' });
    expect([ask.status, ask.headers.get('set-cookie')]).toEqual([200, null]);
    const wrong = String((Number(office.codeFor(ask)) + 1) % 1_000_000).padStart(6, '0');
    expect((await office.post(`${path}/phien`, { ...hiddenFields(ask), code: wrong })).headers.get('set-cookie')).toBeNull();
    const typed = { ...hiddenFields(ask), code: office.codeFor(ask) };
    const other = await office.link('tb-sct/officer', null);
    expect((await office.post(`${other}/phien`, { ...typed, ...pressOf(await office.get(other), 'phien') })).status).toBe(422);
    expect((await office.post(`${path}/phien`, typed)).status).toBe(303);
    expect((await office.post(`${path}/phien`, typed)).status).toBe(422);
  });

  it('shows no words of mails that came back: those stand behind the code', async () => {
    await ledger.insertInto('text').values(
      { id: 'tx-reply', subject: 'm-1', field: 'reply', hash: 'h', length: 9, content: 'Gọi tôi số 0000 123 456', created_at: new Date(office.now) }
    ).execute();
    await ledger.insertInto('reply').values({ id: 'r-1', message: 'm-1', text: 'tx-reply', received_at: new Date(office.now) }).execute();
    const path = await office.link('tb-sct/officer', null);
    const page = await office.get(path);
    expect(page.text).toContain('1 thư trả lời không thuộc nhiệm vụ nào');
    expect(page.html).not.toContain('0000 123 456');
    expect((await office.get('/outbox', { cookie: await open(path) })).html).toContain('0000 123 456');
  });

  it('closes it at once when its holder, the host unit or the link is another one, or the link has expired', async () => {
    const path = await office.link('tb-sct/officer', null);
    const cookie = await open(path);
    const seat = ledger.updateTable('seat').where('position', '=', 'tb-sct/officer');
    const check = async (change: () => Promise<unknown>, back: () => Promise<unknown>): Promise<void> => {
      expect(await boardWith(cookie)).toBe(200);
      await change();
      expect(await boardWith(cookie)).toBe(404);
      await back();
    };
    await check(() => seat.set({ to_on: '2020-01-01' }).execute(), () => seat.set({ to_on: null }).execute());
    await check(() => seat.set({ person: 'p990' }).execute(), () => seat.set({ person: 'p001' }).execute());
    const links = ledger.updateTable('link').where('position', '=', 'tb-sct/officer');
    await check(() => links.set({ expires_on: '2020-01-01' }).execute(), () => links.set({ expires_on: '2020-04-01' }).execute());
    const header = await readDirectoryHeader(ledger);
    if (header === undefined) throw new Error('no directory');
    const hostIs = (hostUnit: string) => ledger.updateTable('setting').set({ value: JSON.stringify({ ...header, hostUnit }) }).where('name', '=', 'directory').execute();
    await check(() => hostIs('tb-vp'), () => hostIs(header.hostUnit));
    await check(() => links.set({ revoked_at: new Date(office.now), revoked_reason: 'thử' }).execute(), () => links.set({ revoked_at: null }).execute());
  });

  it('of a position with a deputy asks whose code it is, and ends with the time of that person alone', async () => {
    const deputy = { position: 'tb-sct/officer', person: 'p991', name: 'Người được ủy quyền', phone: '+84000000991', from_on: '2019-12-01', deputy_of: 'tb-sct/officer' } as const;
    await ledger.insertInto('seat').values(deputy).execute();
    const path = await office.link('tb-sct/officer', null);
    expect((await office.post(`${path}/phien`, { ...pressOf(await office.get(path), 'phien'), choice: 'begin' })).status).toBe(422);
    const cookie = await open(path, 'begin.p991');
    await ledger.updateTable('seat').set({ to_on: '2020-01-01' }).where('person', '=', 'p991').execute();
    expect(await boardWith(cookie)).toBe(404);
    await ledger.deleteFrom('seat').where('person', '=', 'p991').execute();
  });

  it('is no way to the board for anybody else: not without a choice, not from another unit', async () => {
    const [path, lead] = [await office.link('tb-sct/officer', null), await office.link('tb-skhdt/officer', null)];
    const fields = pressOf(await office.get(path), 'phien');
    expect((await office.post(`${path}/phien`, fields)).status).toBe(422);
    expect((await office.get(lead)).html).not.toContain('/phien');
    expect((await office.post(`${lead}/phien`, { ...fields, choice: 'begin' })).status).toBe(409);
  });
});

describe('tasks that are over', () => {
  /** So many copies of a task of Sở Kế hoạch và Đầu tư, which have come to their end. */
  const close = (count: number) => sql`
    insert into task (id, plan, seed, seq, projection, state, lead, supervisor, due_on, opened_at)
    select 'CN18-05-' || i, plan, seed, seq, projection || '{"state": "completed"}', 'completed', lead, supervisor, due_on, opened_at
    from task, generate_series(1, ${count}::int) i where id = 'CN18-05'`.execute(ledger);
  afterEach(() => ledger.deleteFrom('task').where('id', 'like', 'CN18-05-%').execute());

  it('stand on a page of their own, which says how many there are; the dates of open ones stay in the calendar', async () => {
    const path = await office.link('tb-skhdt/officer', null);
    const before = await office.get(path);
    expect(before.text).not.toContain('Nhiệm vụ đã kết thúc');
    await close(101);
    const page = await office.get(path);
    expect(page.text).toContain('Nhiệm vụ đã kết thúc: 101');
    expect(page.html).not.toContain('CN18-05-1');
    expect(page.html.match(/viec\//g)).toEqual(before.html.match(/viec\//g));
    expect(page.html).toContain(`href="${path}/da-ket-thuc"`);
    const first = await office.get(`${path}/da-ket-thuc`);
    expect([first.html.match(/<a href="[^"]*\/viec\//g)?.length, first.text]).toEqual([100, expect.stringContaining('Trang sau')]);
    const second = await office.get(`${path}/da-ket-thuc?page=2`);
    expect([second.html.match(/<a href="[^"]*\/viec\//g)?.length, second.text]).toEqual([1, expect.stringContaining('Trang trước')]);
    expect((await office.get(`${path}/da-ket-thuc?page=2&lang=en`)).text).toContain('Previous page');
  });

  it('are those of the unit, and all of them for the host unit; a step link and a page that is none lead to none', async () => {
    await close(1);
    const closed = async (position: Position, task: string | null = null, asked = '') => {
      const { status, html } = await office.get(`${await office.link(position, task)}/da-ket-thuc${asked}`);
      return [status, html.includes('CN18-05-1')];
    };
    expect(await closed('tb-skhdt/officer')).toEqual([200, true]);
    expect(await closed('tb-sct/officer')).toEqual([200, true]);
    expect(await closed('tb-sgtvt/officer')).toEqual([200, false]);
    expect(await closed('tb-skhdt/officer', 'CN18-05')).toEqual([404, false]);
    for (const page of ['0', 'x', '9999999']) expect(await closed('tb-skhdt/officer', null, `?page=${page}`)).toEqual([404, false]);
  });
});

describe('the calendar of a position', () => {
  it('is made with a code, its address shown once, read by a foreign program, unchanged while nothing changes, and ended by a choice', async () => {
    const path = await office.link('tb-skhdt/officer', null);
    const choose = async (choice: string) => office.post(`${path}/lich`, { ...pressOf(await office.get(path), 'lich'), choice });
    expect((await office.get(path)).html).not.toContain('.ics');
    const ask = await choose('make');
    expect(ask.text).toContain('Mã xác nhận: tạo đường dẫn lịch');
    const made = await office.post(`${path}/lich`, { ...hiddenFields(ask), code: office.codeFor(ask) });
    const feed = /https:\/\/nv\.example(\/lich\/[0-9A-Z]+\.ics)/.exec(made.html)?.[1] ?? '';
    const page = await office.get(path);
    expect(page.text).toContain('Đang có một đường dẫn lịch, tạo ngày 02/01/2020');
    expect(page.html).not.toContain('.ics');
    const first = await office.get(feed);
    expect(first.headers.get('content-type')).toContain('text/calendar');
    const events = new ical.Component(ical.parse(first.html)).getAllSubcomponents('vevent').map((e) => new ical.Event(e));
    expect(events.map((e) => [e.summary.slice(0, 24), e.startDate.toString()])).toContainEqual(['[CN18-05] Hạn nhiệm vụ: ', '2019-12-31']);
    const etag = first.headers.get('etag') ?? '';
    expect((await office.get(feed, { 'if-none-match': etag })).status).toBe(304);
    expect((await office.get(feed.replace('/lich/', '/t/').replace('.ics', ''))).status).toBe(404);
    expect((await office.get(`/lich/${path.slice(3)}.ics`)).status).toBe(404);
    await choose('end');
    expect((await office.get(feed)).status).toBe(410);
  });
});

describe('files of a task', () => {
  const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n');
  const zipped = (parts: Readonly<Record<string, string>>) => Buffer.from(zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]): [string, Zippable[string]] => [name, [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }]])),
  ));
  const zip = (...names: string[]) => zipped(Object.fromEntries(names.map((name) => [name, `<p>${name}</p>`])));
  /** Its end says (zip64, APPNOTE 4.3.14) that there are as many parts as four bytes can say. */
  const endless = () => {
    const [zip64, locator, end] = [Buffer.alloc(56), Buffer.alloc(20), Buffer.alloc(22)];
    zip64.writeUInt32LE(0x06064b50, 0);
    zip64.writeUInt32LE(0xffffffff, 32);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeUInt32LE(4, 8);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(0xffff, 8);
    end.writeUInt32LE(0xffffffff, 16);
    return Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), zip64, locator, end]);
  };
  const odt = (...names: string[]) => zipped({ mimetype: 'application/vnd.oasis.opendocument.text', ...Object.fromEntries(names.map((name) => [name, 'x'])) });
  const send = async (path: string, name: string, content: Buffer, more: Record<string, string> = {}) => {
    const form = new FormData();
    const page = await office.get(path);
    const inner = page.html.slice(page.html.indexOf('multipart/form-data'));
    form.set('press', /name="press" value="([^"]*)"/.exec(inner)?.[1] ?? '');
    form.set('shown', /name="shown" value="([^"]*)"/.exec(inner)?.[1] ?? '');
    for (const [key, value] of Object.entries(more)) form.set(key, value);
    if (name !== '') form.set('file', new File([new Uint8Array(content)], name));
    return office.app.request(`https://${HOST}${path}/tep`, { method: 'POST', body: form, headers: { host: HOST } });
  };
  const count = async (): Promise<number> => (await ledger.selectFrom('task_file').select('id').execute()).length;

  it('are taken once, shown with their checksum, and given back byte by byte to links of the same task only', async () => {
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    expect((await send(path, '../..\\Dự thảo "quyết định".pdf', pdf)).status).toBe(303);
    const page = await office.get(path);
    expect(page.text).toContain('Dự thảo quyết định.pdf');
    const file = /href="[^"]*(\/tep\/[^"]+)"/.exec(page.html)?.[1] ?? '';
    const answer = await office.app.request(`https://${HOST}${path}${file}`, { headers: { host: HOST } });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''D%E1%BB%B1/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    const other = await office.link('tb-sct/officer', 'CN18-01');
    expect((await office.get(`${other}${file}`)).status).toBe(404);
  });

  it('are named to who reads, from the ledger alone: acts, events, notices and the state hold no name', async () => {
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    await send(path, 'Góp ý của ông Nguyễn Văn Thử 0000123456.pdf', pdf);
    const page = await office.get(path);
    const file = /<option value="([^"]+)">Góp ý của ông/.exec(page.html)?.[1] ?? '';
    const asked = await office.press(path, 'open-consultation', { subject: 'Dự thảo', 'to.tb-stc': 'yes', dueOn: '20/01/2020', file });
    const done = await office.post(path, { ...hiddenFields(asked), code: office.codeFor(asked) });
    expect(done.status).toBe(303);
    const kept = JSON.stringify([
      office.temporal.commands, await ledger.selectFrom('event').select('body').execute(), await ledger.selectFrom('task').select('projection').execute(),
      await ledger.selectFrom('notice').select('facts').execute(),
    ]);
    expect(kept).toContain(file);
    expect(kept).not.toMatch(/Nguyễn Văn Thử 0000123456/u);
    expect((await office.get(await office.link('tb-stc/officer', 'CN18-05'))).html).toContain('download="Góp ý của ông Nguyễn Văn Thử 0000123456.pdf"');
    expect((await office.get(path)).text).toContain('tệp: Góp ý của ông Nguyễn Văn Thử 0000123456.pdf');
  });

  it.each([
    ['a program by another name', 'ke-hoach.pdf', Buffer.from('MZ\u0090')], ['a page', 'trang.html', Buffer.from('<script>')], [
      'a picture that says PDF', 'anh.pdf', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    ],
    [
      'a document with macros', 'van-ban.docx', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
    ],
    ['one whose macros are spelled in capitals', 'van-ban.docx', zip('[Content_Types].xml', 'word/document.xml', 'word/VBAPROJECT.BIN')],
    [
      'one whose macros have another name', 'van-ban.docx',
      zipped({ '[Content_Types].xml': '<Override PartName="/word/x.dat" ContentType="application/vnd.ms-office.VBAProject"/>', 'word/document.xml': 'x', 'word/x.dat': 'x' }),
    ],
    ['a table with macros of Excel 4', 'bang.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/MacroSheets/sheet1.xml')],
    ['an open document with macros', 'van-ban.odt', odt('Basic/Standard/Module1.xml')],
    ['an archive that claims four billion parts', 'van-ban.docx', endless()],
    ['the beginning of an archive', 'van-ban.docx', zip('[Content_Types].xml', 'word/document.xml').subarray(0, 100)],
    ['a plain archive', 'van-ban.docx', zip('a.txt')], ['nothing', '', pdf],
  ])('are not taken where they are %s', async (_what, name, content) => {
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    const before = await count();
    const answer = await send(path, name, content);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('id="file-error"');
    expect(await count()).toBe(before);
  });

  it('are not taken beyond 10 MB, from another page, or with a press of another form', async () => {
    const path = await office.link('tb-skhdt/officer', 'CN18-05');
    const before = await count();
    expect((await send(path, 'to.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))).status).toBe(413);
    expect((await send(path, 'to.pdf', Buffer.concat([pdf, Buffer.alloc(11 * 1024 * 1024)]))).status).toBe(413);
    expect((await send(path, 'to.pdf', pdf, { press: office.formOf(await office.get(path), 'report-progress')['press'] ?? '' })).status).toBe(409);
    expect(await count()).toBe(before);
  });

  it('of one unit leave the place of another: each has 50 MB on a task', async () => {
    const [lead, other] = [await office.link('tb-skhdt/officer', 'CN18-05'), await office.link('tb-stc/officer', 'CN18-05')];
    const full = { id: 'full', task: 'CN18-05', position: 'tb-stc/head', name: 'a.pdf', content_type: 'application/pdf', size: 50 * 1024 * 1024, hash: 'h', content: pdf };
    await ledger.insertInto('task_file').values({ ...full, added_at: new Date(office.now) }).execute();
    expect([(await send(other, 'a.pdf', pdf)).status, (await send(lead, 'a.pdf', pdf)).status]).toEqual([409, 303]);
    await ledger.deleteFrom('task_file').where('id', '=', 'full').execute();
  });

  it('of the right kind are taken: DOCX, XLSX, ODT, PNG, JPEG', async () => {
    for (const [name, content] of [
      ['a.docx', zip('[Content_Types].xml', 'word/document.xml')], ['a.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml')], ['a.odt', odt('content.xml')],
      ['a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])], ['a.jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ] as const) expect([name, (await send(await office.link('tb-skhdt/officer', 'CN18-05'), name, content)).status]).toEqual([name, 303]);
  });
});

describe('a proxy in front', () => {
  it("counts misses by who asks only where the site says that there is a proxy, and by the proxy's own word", async () => {
    const app = (trustProxy: boolean) => createApp({ ledger, publicUrl: 'https://nv.example', now: async () => office.now, realNow: () => office.real, trustProxy });
    const miss = async (web: ReturnType<typeof createApp>, peer: string, forwarded: string) =>
      (
        await web.request(
          `https://${HOST}/t/${'1'.repeat(12)}`, { headers: { 'x-forwarded-for': forwarded } }, { incoming: { socket: { remoteAddress: peer } } }
        )
      ).status;
    const behind = app(true);
    for (let n = 0; n < 21; n += 1) await miss(behind, '127.0.0.1', `198.51.100.${n}, 192.0.2.50`);
    expect(await miss(behind, '127.0.0.1', '198.51.100.77, 192.0.2.50')).toBe(429);
    expect(await miss(behind, '127.0.0.1', '192.0.2.51')).toBe(404);
    const bare = app(false);
    for (let n = 0; n < 21; n += 1) await miss(bare, '192.0.2.60', `198.51.100.${n}`);
    expect(await miss(bare, '192.0.2.60', '198.51.100.88')).toBe(429);
  });
});

test('in English on request, the language kept from page to page', async () => {
  const path = await office.link('tb-skhdt/officer', 'CN18-05');
  const page = await office.get(`${path}?lang=en`);
  expect(page.html).toContain('<html lang="en">');
  for (const said of ['What is asked', 'Due date', 'Report progress']) expect(page.text).toContain(said);
  expect(page.html).toContain(`action="${path}?lang=en"`);
});
