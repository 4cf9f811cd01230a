import mammoth from 'mammoth';
import PostalMime, { type Email } from 'postal-mime';
import readXlsxFile from 'read-excel-file/node';
import type { Command } from '../../domain/acts';
import { live, type Played } from '../../domain/life';
import type { Notice } from '../../domain/notice';
import { positionOf } from '../../domain/plan';
import { projectionOf } from '../../domain/projection';
import type { Instant } from '../../domain/time';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { listLetters, readLetter } from '../../ledger/letters';
import { supersede } from '../../ledger/outbox';
import { setPlanNumber } from '../../ledger/plans';
import { insertTask } from '../../ledger/tasks';
import { writeText } from '../../ledger/texts';
import { at, command, seed } from '../support/builders';
import { type Desk, desk, emailOf, furnish } from '../support/delivery';
import { onEachEngine } from '../support/ledger';

const TASK = 'CN18-05';
const LEADER = positionOf('tb-sct', 'leader');
const DRAFTED = at('2020-01-15T08:00');
const APPROVED = at('2020-01-16T09:00');

onEachEngine((fresh) => {
  describe('letters and tables', () => {
    let ledger: Ledger;
    let post: Desk;
    beforeEach(async () => {
      ledger = await fresh();
      post = desk(ledger, 'smtp://127.0.0.1:1');
      await furnish(ledger, (seats) => seats.map((s) => (s.position === LEADER ? { ...s, name: 'Trần Thị Thử' } : s)));
    });
    afterEach(() => post.mailer.close());

    /** Writes a task's life until an instant, with those of its notices that are wanted. */
    const written = async (acts: readonly { readonly at: Instant; readonly command: Command }[], until: Instant, isWanted: (n: Notice) => boolean): Promise<Played> => {
      const row = seed({ id: TASK, coordinating: ['tb-stc'] });
      const played = live(row, acts, until);
      expect(played.acts.map((a) => a.refusal)).toEqual(acts.map(() => null));
      await insertTask(ledger, row, row.startAt);
      await commitBatch(ledger, { task: TASK, events: played.events, notices: played.notices.filter(isWanted), projection: projectionOf(played.state), now: until });
      return played;
    };
    const text = (field: string, content: string) => writeText(ledger, { subject: TASK, field, content, now: DRAFTED });
    const approve = async () => ({ at: APPROVED, command: command('approve-letter', LEADER, { number: '12/SCT-KHTH', text: await text('text', 'Đề nghị quý Sở báo cáo trước ngày 31/01/2020') }, { person: 'p-0-2' }) });
    const isLetter = (n: Notice): boolean => n.kind === 'overdue' && n.rung === 'L3';

    const mails = async () => {
      const rows = await ledger.selectFrom('message').innerJoin('body', 'body.message', 'message.key').select(['message.key', 'message.address', 'message.state', 'body.content'])
        .where('message.channel', '=', 'email').orderBy('message.frozen_at').orderBy('message.address').execute();
      return Promise.all(rows.map(async ({ content, ...row }) => ({ ...row, mail: await PostalMime.parse(content) })));
    };
    const fileIn = ({ attachments }: Email, end: string): Buffer => {
      const content = attachments.find((a) => a.filename?.endsWith(end))?.content ?? '';
      return Buffer.from(typeof content === 'string' ? content : new Uint8Array(content));
    };
    const wordsOf = async (docx: Buffer): Promise<string> => (await mammoth.extractRawText({ buffer: docx })).value;

    it('brings the draft with its history to the leader, who signs; nothing is kept as a letter', async () => {
      await written([], DRAFTED, (n) => n.kind === 'letter-draft');
      await post.freeze({ now: DRAFTED });
      const [message, ...rest] = await mails();
      expect([message?.address, rest]).toEqual([emailOf(LEADER), []]);
      const said = await wordsOf(fileIn(message!.mail, '.docx'));
      for (const words of ['DỰ THẢO', 'chưa xác nhận tiếp nhận nhiệm vụ', 'Trần Thị Thử', 'Quá hạn mức 2']) expect(said).toContain(words);
      expect(message?.mail.text).toContain('Tệp kèm theo thư này: CN18-05-du-thao-cong-van-don-doc.docx.');
      expect(await listLetters(ledger, TASK)).toEqual([]);
    });

    it('sends an approved letter, as edited and numbered, the same bytes to everybody, and keeps it with the task', async () => {
      await written([await approve()], APPROVED, isLetter);
      await post.freeze({ now: APPROVED });
      const sent = await mails();
      expect(sent.map((m) => m.address).sort()).toEqual([emailOf('tb-skhdt/leader'), emailOf('tb-skhdt/officer')]);
      const [first, second] = sent.map((m) => fileIn(m.mail, '.docx'));
      expect(first).toEqual(second);
      const said = await wordsOf(first!);
      for (const words of ['Số: 12/SCT-KHTH', 'Đề nghị quý Sở báo cáo trước ngày 31/01/2020./.', 'Trần Thị Thử']) expect(said).toContain(words);
      expect(said).not.toContain('DỰ THẢO');
      const [letter, ...more] = await listLetters(ledger, TASK);
      expect([letter, more]).toMatchObject([{ rung: 'L3', number: '12/SCT-KHTH', name: 'CN18-05-cong-van-don-doc.docx', approvedAt: APPROVED }, []]);
      expect((await readLetter(ledger, TASK, letter!.id))?.content).toEqual(first);
      expect(await readLetter(ledger, 'CN18-01', letter!.id)).toBeUndefined();
    });

    it('is not written anew when it is frozen once more, whatever has changed meanwhile', async () => {
      await written([{ at: APPROVED, command: command('approve-letter', LEADER, {}) }], APPROVED, isLetter);
      await post.freeze({ now: APPROVED });
      const [first] = await mails();
      await setPlanNumber(ledger, 'CN18', '999');
      await supersede(ledger, [{ key: first!.key, attempt: 0, reason: 'test', dead: [] }], APPROVED + 1);
      await post.freeze({ now: APPROVED + 60_000 });
      const again = (await mails()).filter((m) => m.address === first?.address);
      expect(again.map((m) => m.state)).toEqual(['superseded', 'frozen']);
      expect(again[1]?.mail.text).toContain('999/KH-UBND');
      expect(fileIn(again[1]!.mail, '.docx')).toEqual(fileIn(first!.mail, '.docx'));
    });

    it('brings Biểu 03 to the lead when a consultation is over', async () => {
      const [deliverable, subject, comment] = [await text('deliverable', 'Quyết định'), await text('subject', 'Dự thảo'), await text('text', 'Bổ sung nguồn vốn')];
      const closedOn = at('2019-05-20T09:00');
      await written([
        { at: at('2018-10-23T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable }) },
        { at: at('2019-04-24T09:00'), command: command('open-consultation', 'tb-skhdt/officer', { subject, to: ['tb-stc', 'tb-sct'] }) },
        { at: at('2019-05-06T09:00'), command: command('give-input', 'tb-stc/officer', { answer: 'agree-with-comments', text: comment }) },
      ], closedOn, (n) => n.kind === 'inputs-status' && n.facts.isConsultationClosed === true);
      await post.freeze({ now: closedOn });
      const [message] = await mails();
      expect(message?.address).toBe(emailOf('tb-skhdt/officer'));
      const [sheet] = await readXlsxFile(fileIn(message!.mail, '.xlsx'));
      const cells = (sheet?.data ?? []).flat();
      for (const said of ['Sở tb-stc', 'Thống nhất, có góp ý', 'Bổ sung nguồn vốn', 'Sở tb-sct', 'Không trả lời (coi như thống nhất)']) expect(cells).toContain(said);
    });
  });
});
