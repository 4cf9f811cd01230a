import { sql } from 'kysely';
import { pingLedger } from '../../ledger/board';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { PATIENCE_OF_PAGES } from '../../ledger/patience';
import { type BlackHole, startBlackHole } from '../support/black-hole';
import { ledgerEngines } from '../support/ledger';
import { hiddenFields, type LinkOffice, openLinkOffice, type Page } from '../support/link-office';
import { NOW } from '../unit/client/sample-ledger';

/** Five seconds, and three more for a machine that does much besides. */
const MOST_MS = 8_000;
const TYPED = 'Quyết định của UBND tỉnh';
const engine = ledgerEngines().find((e) => e.name === 'PostgreSQL');

(engine === undefined ? describe.skip : describe)('pages before a database that is silent', () => {
  let [hole, pages, ledger, office]: [BlackHole, Ledger, Ledger, LinkOffice] = [
    undefined!,
    undefined!,
    undefined!,
    undefined!,
  ];
  beforeEach(async () => {
    ledger = await engine!.freshLedger();
    hole = await startBlackHole({ path: `${await engine!.socketDir()}/.s.PGSQL.5432` });
    pages = connectLedger(
      { connectionString: `postgres://postgres@127.0.0.1:${hole.port}/postgres` },
      { max: 4, patience: PATIENCE_OF_PAGES },
    );
    office = await openLinkOffice(ledger, { ledger: pages, now: () => pingLedger(pages).then(() => NOW) });
  });
  afterEach(async () => {
    hole.speak();
    await pages.close();
    await hole.stop();
  });
  afterAll(() => engine?.stop());

  const timed = async (page: Promise<Page>): Promise<Page> => {
    const begun = performance.now();
    const answer = await page;
    expect(performance.now() - begun).toBeLessThan(MOST_MS);
    return answer;
  };
  const acknowledged = async (): Promise<number> =>
    (
      await ledger
        .selectFrom('event')
        .select('seq')
        .where('task', '=', 'CN18-01')
        .where('act', '=', 'acknowledge')
        .execute()
    ).length;

  it('say soon that they cannot be had, keep what was typed, and are there when it speaks', async () => {
    const path = await office.link('tb-sct/officer', 'CN18-01');
    const form = { ...office.formOf(await office.get(path), 'acknowledge'), ok: 'yes', deliverable: TYPED };
    hole.swallow();
    const [shown, sent] = await Promise.all([
      timed(office.get(path)),
      timed(office.post(path, form)),
      timed(office.get(path)),
      timed(office.get(path)),
    ]);
    expect(shown).toMatchObject({ status: 503, text: expect.stringContaining('không truy cập được cơ sở dữ liệu') });
    expect(sent).toMatchObject({ status: 503, text: expect.stringContaining(TYPED) });
    expect(await timed(office.post(path, form))).toMatchObject({ status: 503, text: expect.stringContaining(TYPED) });
    hole.speak();
    expect((await timed(office.get(path))).status).toBe(200);
    expect((await office.post(path, { ...hiddenFields(sent), ok: 'yes' })).status).toBe(303);
    expect(await acknowledged()).toBe(1);
  });

  it('keep what was typed where it falls silent after the act was decided, and it counts once', async () => {
    const path = await office.link('tb-sct/officer', 'CN18-01');
    const form = { ...office.formOf(await office.get(path), 'acknowledge'), ok: 'yes', deliverable: TYPED };
    office.temporal.onCommand = () => hole.swallow();
    const sent = await timed(office.post(path, form));
    expect(sent).toMatchObject({ status: 503, text: expect.stringContaining(TYPED) });
    office.temporal.onCommand = () => undefined;
    hole.speak();
    expect((await office.post(path, { ...hiddenFields(sent), ok: 'yes' })).status).toBe(303);
    expect(await acknowledged()).toBe(1);
  });

  it('keep what was typed where another server took over, and this one takes no writes any more', async () => {
    const path = await office.link('tb-sct/officer', 'CN18-01');
    const form = { ...office.formOf(await office.get(path), 'acknowledge'), ok: 'yes', deliverable: TYPED };
    const takeWrites = (one: Ledger, isReadOnly: string): Promise<unknown> =>
      sql`alter database postgres set default_transaction_read_only = ${sql.lit(isReadOnly)}`.execute(one);
    await takeWrites(ledger, 'on');
    hole.strand();
    await timed(office.get(path));
    expect((await timed(office.get(path))).status).toBe(200);
    const sent = await timed(office.post(path, form)).finally(() => takeWrites(ledger, 'off'));
    expect(sent).toMatchObject({ status: 503, text: expect.stringContaining(TYPED) });
  });
});
