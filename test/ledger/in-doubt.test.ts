import type { Mailer, SendResult, SmsGateway } from '../../activities/ports';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { failOver, recordReceipt } from '../../ledger/outbox';
import { type Desk, desk, furnish, notice, plan } from '../support/delivery';
import { interrupted } from '../support/interruptions';
import { onEachEngine } from '../support/ledger';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const minute = (n: number): Instant => START + n * MINUTE_MS;
const TIMEOUT: SendResult = { outcome: 'ambiguous', detail: 'timeout' };
const REFUSED: SendResult = { outcome: 'not-sent', detail: 'ECONNREFUSED' };

onEachEngine((fresh) => {
  describe('a message that may have been taken', () => {
    let ledger: Ledger;
    let post: Desk;
    const deskOver = (books: Ledger): Desk => desk(books, 'smtp://127.0.0.1:9', { sms: gateway, mailer });
    let given: string[];
    /** What happens between the claim of an attempt and the moment when its body is asked for. */
    let beforeBody: () => Promise<unknown>;
    let answers: SendResult[];
    const nextAnswer = (): SendResult => answers.shift() ?? { outcome: 'accepted', detail: 'ok' };
    const gateway: SmsGateway = {
      name: 'phones', ratePerSecond: null, concurrency: 1, keyHoldsMinutes: 10,
      send: async ({ key }) => { given.push(key); return nextAnswer(); },
    };
    const mailer: Mailer = {
      close: async () => undefined,
      send: async ({ key, body }) => {
        await beforeBody();
        try { await body(); } catch (error) { return { outcome: 'not-sent', detail: String(error) }; }
        given.push(key);
        return nextAnswer();
      },
    };
    beforeEach(async () => {
      [ledger, given, answers, beforeBody] = [await fresh(), [], [], async () => undefined];
      await furnish(ledger);
      post = deskOver(ledger);
    });

    const message = () => ledger.selectFrom('message').selectAll().where('state', '!=', 'superseded').orderBy('frozen_at').executeTakeFirstOrThrow();
    const sent = async (channel: 'email' | 'sms', first: readonly SendResult[]): Promise<string> => {
      answers = [...first];
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: [channel] })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 10 });
      return (await message()).key;
    };
    const look = (key: string, now: Instant) => post.attend({ now, key });

    it('stays one of which nobody can tell when a later attempt certainly was not taken', async () => {
      const key = await sent('sms', [TIMEOUT, REFUSED]);
      await look(key, minute(5));
      expect(await message()).toMatchObject({ state: 'ambiguous' });
    });

    it('is not given again once the gateway has forgotten its key, however late its worker comes to it', async () => {
      const key = await sent('sms', [TIMEOUT]);
      expect(await message()).toMatchObject({ awaits: 'attempt', next_try_at: minute(5) });
      expect(await look(key, minute(30))).toEqual({ state: 'ambiguous', nextAt: minute(30) + HOUR_MS, attempts: 1 });
      expect(given).toEqual([key]);
      expect(await look(key, minute(90))).toEqual({ state: 'ambiguous', nextAt: null });
      expect(await message()).toMatchObject({ awaits: 'channel' });
    });

    it('is given as often as any other where the answer holds a zero byte', async () => {
      const key = await sent('sms', [{ outcome: 'ambiguous', detail: 'no rule; o\u0000k', providerId: 'g\u0000-1' }]);
      expect(await message()).toMatchObject({ state: 'ambiguous', awaits: 'attempt', reason: 'no rule; o k' });
      await recordReceipt(ledger, [{ source: 'phones', providerId: 'g\u0000-1', status: 'delivered', detail: 'o\u0000k' }], minute(1));
      expect(await look(key, minute(5))).toEqual({ state: 'delivered', nextAt: null });
      expect(given).toEqual([key]);
    });

    it('is a person\'s where the ledger was restored from before an attempt that its own workflow was told of', async () => {
      const key = await sent('email', [TIMEOUT, TIMEOUT]);
      const { state, attempt, awaits, first_started_at: begunAt, next_try_at: tryAt } = await message();
      expect(await look(key, minute(5))).toMatchObject({ state: 'ambiguous', attempts: 2 });
      await ledger.deleteFrom('attempt').where('number', '=', 2).execute();
      const times = { first_started_at: begunAt === null ? null : new Date(begunAt), next_try_at: new Date(tryAt ?? START) };
      await ledger.updateTable('message').set({ state, attempt, awaits, ...times }).execute();
      expect(await post.attend({ now: minute(30), key, attempts: 2 })).toEqual({ state: 'ambiguous', nextAt: null });
      expect(await message()).toMatchObject({ state: 'ambiguous', awaits: 'person', reason: 'ledger-restored' });
      expect(given).toEqual([key, key]);
    });

    it('is given again by a person all the same', async () => {
      const key = await sent('sms', [TIMEOUT]);
      expect(await post.attend({ now: minute(30), key, urgedAt: minute(30) })).toEqual({ state: 'accepted', nextAt: null });
      expect(given).toEqual([key, key]);
    });

    it('is looked after by its own workflow when a pass of the post decides in the same moment what comes next', async () => {
      const key = await sent('email', [TIMEOUT, REFUSED]);
      const busy = interrupted(ledger, ['settled as'], () => post.send({ now: minute(5), limit: 10 }));
      const { nextAt } = await deskOver(busy).attend({ now: minute(5), key });
      expect(await message()).toMatchObject({ state: 'ambiguous', attempt: 2, awaits: 'attempt' });
      expect(nextAt).toBe((await message()).next_try_at);
    });

    it('is delivered by a receipt after such an attempt', async () => {
      const key = await sent('sms', [TIMEOUT, REFUSED]);
      await look(key, minute(5));
      await recordReceipt(ledger, [{ source: 'phones', key, status: 'delivered', detail: 'ok' }], minute(6));
      expect(await message()).toMatchObject({ state: 'delivered', in_trouble: false });
    });

    it.each([['delivered', 'delivered', false], ['failed', 'bounced', true]] as const)('keeps its end when a receipt says %s while an attempt is about to begin', async (status, state, isInTrouble) => {
      const key = await sent('email', [TIMEOUT]);
      beforeBody = async () => {
        await recordReceipt(ledger, [{ source: 'mailbox', key, status, detail: status }], minute(5));
        await failOver(ledger, [key], minute(5));
      };
      expect(await look(key, minute(5))).toEqual({ state, nextAt: null });
      expect(await message()).toMatchObject({ state, in_trouble: isInTrouble });
      expect(given).toEqual([key]);
    });
  });
});
