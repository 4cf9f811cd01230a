import type { Mailer, SendResult, SmsGateway } from '../../activities/ports';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { failOver, findStranded, planNotices, readUnfinished } from '../../ledger/outbox';
import { type Desk, desk, furnish, notice, plan } from '../support/delivery';
import { dyingBefore } from '../support/interruptions';
import { onEachEngine } from '../support/ledger';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const TODAY = '2018-10-22';
const minute = (n: number): Instant => START + n * MINUTE_MS;
const TIMEOUT: SendResult = { outcome: 'ambiguous', detail: 'timeout' };
const BUSY: SendResult = { outcome: 'deferred', detail: 'later' };
const REFUSED: SendResult = { outcome: 'not-sent', detail: 'ECONNREFUSED' };
const NEVER = new Promise<never>(() => undefined);
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error('not within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
const CLASSES: Readonly<Record<'act' | 'urgent', Parameters<typeof notice>[1]>> = {
  act: {}, urgent: { kind: 'due-today', class: 'urgent', group: TODAY },
};

onEachEngine((fresh) => {
  describe('a message in trouble', () => {
    let ledger: Ledger;
    let given: string[];
    let answers: (SendResult | Promise<never>)[];
    const next = (): SendResult | Promise<never> => answers.shift() ?? { outcome: 'accepted', detail: 'ok' };
    /** One that knows no repetition. */
    const gateway: SmsGateway = {
      name: 'phones', ratePerSecond: null, concurrency: 1, keyHoldsMinutes: null,
      send: async ({ key }) => {
        given.push(key);
        return next();
      },
    };
    const mailer: Mailer = {
      close: async () => undefined,
      send: async ({ key, body }) => {
        const answer = await next();
        if (answer.outcome === 'not-sent') return answer;
        await body();
        given.push(key);
        return answer;
      },
    };
    const worker = (books: Ledger = ledger): Desk => desk(books, 'smtp://127.0.0.1:9', { sms: gateway, mailer });
    beforeEach(async () => {
      [ledger, given, answers] = [await fresh(), [], []];
      await furnish(ledger);
    });
    const message = () =>
      ledger.selectFrom('message').selectAll().where('state', '!=', 'superseded').orderBy('frozen_at').orderBy('key').executeTakeFirstOrThrow();
    type Class = keyof typeof CLASSES;
    const sent = async (channel: 'email' | 'sms', first: readonly SendResult[], name: Class = 'act'): Promise<string> => {
      answers = [...first];
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: [channel], ...CLASSES[name] })]);
      await worker().freeze({ now: START });
      await worker().send({ now: START, limit: 10 });
      return (await message()).key;
    };

    type Attempt = (by: Desk, now: Instant, key: string) => Promise<unknown>;
    /** Who makes the second attempt: the post, or the message's own workflow because a person asked. */
    const ATTEMPTS: Readonly<Record<'the post' | 'a person', Attempt>> = {
      'the post': (by, now) => by.send({ now, limit: 10 }), 'a person': (by, now, key) => by.attend({ now, key, urgedAt: now }),
    };
    /** Ways in which the worker dies that makes it, of which the gateway says nothing more. */
    const DEATHS: Readonly<Record<string, (attempt: Attempt, key: string) => Promise<unknown>>> = {
      'while the gateway thinks': async (attempt, key) => {
        answers = [NEVER];
        void attempt(worker(), minute(5), key);
        await until(() => given.length === 2);
      },
      'once its doubt is on record': (attempt, key) => {
        answers = [TIMEOUT];
        return expect(attempt(worker(dyingBefore(ledger, ['awaits = v.awaits'])), minute(5), key)).rejects.toThrow('dies here');
      },
    };
    const POLICIES = [['act', 'receipt'], ['urgent', 'person']] as const;
    const cases = Object.keys(DEATHS).flatMap((death) => POLICIES.flatMap(([name, awaits]) => (['the post', 'a person'] as const).map((by) => [name, by, death, awaits] as const)));
    const NO_REPETITION = 'of class %s, tried again by %s, is not given again to a gateway that knows no repetition, when its worker dies %s: %s';
    it.each(cases)(NO_REPETITION, async (name, by, death, awaits) => {
      const key = await sent('sms', [BUSY], name);
      await DEATHS[death]!(ATTEMPTS[by], key);
      if (by === 'the post') await worker().send({ now: minute(10), limit: 10 });
      else await worker().attend({ now: minute(10), key });
      expect(given).toEqual([key, key]);
      expect(await message()).toMatchObject({ state: 'ambiguous', attempt: 2, awaits });
    });

    it('is tried again by the next pass where its worker died before a byte had left, once its wait is over', async () => {
      const key = await sent('email', [REFUSED]);
      answers = [NEVER];
      void worker().send({ now: minute(5), limit: 10 });
      await until(async () => (await message()).attempt === 2);
      expect(await worker().send({ now: minute(10), limit: 10 })).toMatchObject({ tried: 0, retryAt: minute(15) });
      expect(await worker().send({ now: minute(15), limit: 10 })).toMatchObject({ tried: 1, sent: 1 });
      expect(given).toEqual([key]);
    });

    it('is given by the next worker where the one before died before a byte had left, once its wait is over', async () => {
      const key = await sent('email', [TIMEOUT]);
      answers = [NEVER];
      void worker().attend({ now: minute(5), key });
      await until(async () => (await message()).attempt === 2);
      const { nextAt } = await worker().attend({ now: minute(10), key });
      expect(nextAt).toBe(minute(20));
      expect(await worker().attend({ now: minute(20), key })).toEqual({ state: 'accepted', nextAt: null });
      expect(given).toEqual([key, key]);
    });

    const lost = async (key: string, from: Instant): Promise<void> => {
      const post = worker();
      const early = from + 14 * MINUTE_MS;
      expect(await post.freeze({ now: early })).not.toHaveProperty('untried');
      await post.send({ now: early, limit: 10 });
      expect(post.started).toEqual([]);
      const late = from + 15 * MINUTE_MS;
      expect((await findStranded(ledger, SHIPPED_CALENDAR, late)).map((m) => m.key)).toEqual([key]);
      expect(await post.freeze({ now: late })).toMatchObject({ untried: 1 });
      await post.send({ now: late, limit: 10 });
      expect(post.started).toEqual([key]);
      expect(await findStranded(ledger, SHIPPED_CALENDAR, late)).toEqual([]);
    };
    it('is taken up again by a pass where its workflow was lost while it waited for an attempt', async () => {
      await lost(await sent('email', [TIMEOUT]), minute(5));
    });
    it('is taken up again by a pass where its workflow was lost while it waited for a receipt', async () => {
      await lost(await sent('sms', [TIMEOUT]), minute(60));
    });
    it('is no stranger over night, whatever it waits for', async () => {
      const key = await sent('sms', [TIMEOUT]);
      const night = START + 10 * HOUR_MS;
      expect(await worker().attend({ now: night, key })).toMatchObject({ state: 'ambiguous', nextAt: START + DAY_MS });
      expect(await findStranded(ledger, SHIPPED_CALENDAR, START + DAY_MS)).toEqual([]);
      expect(await readUnfinished(ledger)).toEqual([{ key, state: 'ambiguous', keeper: 'workflow', dueAt: START + DAY_MS }]);
    });
    it('is taken up again by a pass where its workflow was lost in the middle of an attempt', async () => {
      const key = await sent('email', [TIMEOUT]);
      answers = [NEVER];
      void worker().attend({ now: minute(5), key });
      await until(async () => (await message()).attempt === 2);
      const post = worker();
      await post.send({ now: minute(20), limit: 10 });
      expect(post.started).toEqual([key]);
      await post.attend({ now: minute(20), key });
      expect(await message()).toMatchObject({ state: 'ambiguous', awaits: 'attempt', next_try_at: minute(30), under_way_since: null });
    });

    it('is taken up again where a release before left it as being given, by nobody', async () => {
      const key = await sent('email', [BUSY]);
      await ledger.updateTable('message').set({ state: 'body_started', awaits: null, next_try_at: null }).execute();
      expect(await findStranded(ledger, SHIPPED_CALENDAR, START)).toMatchObject([{ key, keeper: 'nobody' }]);
      const post = worker();
      await post.send({ now: minute(1), limit: 10 });
      expect(post.started).toEqual([key]);
      expect(await message()).toMatchObject({ state: 'ambiguous', awaits: 'attempt' });
    });

    it('is over where a person had it tried once more after it had gone by the other channel, and nothing was taken', async () => {
      const key = await sent('email', [{ outcome: 'rejected', detail: '550 no' }]);
      await failOver(ledger, [key], minute(1));
      answers = [REFUSED];
      expect(await worker().attend({ now: minute(5), key, urgedAt: minute(5) })).toEqual({ state: 'failed', nextAt: null });
      expect(await readUnfinished(ledger, key)).toEqual([]);
    });

    it('is tried in the morning where a person wanted it at night, whatever was decided before', async () => {
      const key = await sent('email', [{ outcome: 'rejected', detail: '550 no' }]);
      const morning = START + DAY_MS;
      const answer = await worker().attend({ now: START + 12 * HOUR_MS, key, urgedAt: START + 12 * HOUR_MS });
      expect(answer).toMatchObject({ state: 'rejected', nextAt: morning, isUrged: true });
      expect(await worker().attend({ now: morning, key, urgedAt: START + 12 * HOUR_MS })).toEqual({ state: 'accepted', nextAt: null });
    });

    it('is tried once for one wish of a person, also where the worker died in the attempt', async () => {
      const key = await sent('sms', [TIMEOUT]);
      answers = [NEVER];
      void worker().attend({ now: minute(5), key, urgedAt: minute(5) });
      await until(() => given.length === 2);
      await worker().attend({ now: minute(10), key, urgedAt: minute(5) });
      expect(given).toHaveLength(2);
      await worker().attend({ now: minute(12), key, urgedAt: minute(12) });
      expect(given).toHaveLength(3);
    });

    it('is not tried a second time by a person while its first attempt is under way', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['sms'] })]);
      const post = worker();
      await post.freeze({ now: START });
      answers = [NEVER];
      void post.send({ now: START, limit: 10 });
      await until(() => given.length === 1);
      const { key } = await message();
      await worker().attend({ now: minute(1), key, urgedAt: minute(1) });
      expect(given).toEqual([key]);
      expect(await message()).toMatchObject({ state: 'body_started', attempt: 1, in_trouble: false });
    });

    it('begins nothing more in a round that takes long: what is more pressing comes first in the next', async () => {
      const clock = jest.spyOn(performance, 'now');
      const roles = ['officer', 'head', 'leader'] as const;
      await plan(ledger, 'CN18-01', roles.map((role) => notice('CN18-01', { to: `tb-skhdt/${role}`, channels: ['sms'] })));
      const slow = desk(ledger, 'smtp://127.0.0.1:9', {
        sms: {
          ...gateway,
          send: async (sms) => {
            const late = performance.now() + 21_000;
            clock.mockImplementation(() => late);
            return gateway.send(sms);
          },
        },
      });
      await slow.freeze({ now: START });
      expect(await slow.send({ now: START, limit: 10 })).toMatchObject({ sent: 1, left: 2 });
      clock.mockRestore();
      expect(await worker().send({ now: minute(1), limit: 10 })).toMatchObject({ sent: 2, left: 0 });
    });

    it('that is a code is never given after its life, however late its worker comes', async () => {
      const facts = { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: TODAY, codeId: 'abc', person: 'p-1-0' } as const;
      const code = { ...notice('CN18-01'), key: 'code|abc', task: null, kind: 'one-time-code', class: 'code', group: 'abc', to: OFFICER, facts } as const;
      await planNotices(ledger, [{ notice: code, plan: 'CN18' }]);
      answers = [REFUSED];
      await worker().freeze({ now: START });
      await worker().send({ now: START, limit: 10 });
      const { key } = await message();
      expect(await worker().attend({ now: START + DAY_MS, key })).toEqual({ state: 'failed', nextAt: null });
      expect(given).toEqual([]);
    });
  });
});
