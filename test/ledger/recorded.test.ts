import type { Mailer } from '../../activities/ports';
import { MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type Desk, desk, digestNotice, furnish, plan, UNITS } from '../support/delivery';
import { awayFor } from '../support/interruptions';
import { onEachEngine } from '../support/ledger';
import { START } from '../support/task-values';

const RECORD = ['settled as'];
const NUMBER = UNITS.length;

onEachEngine((fresh) => {
  describe('the record of what a receiver has answered', () => {
    let ledger: Ledger;
    let given: string[];
    let isAway: boolean;
    const mailer: Mailer = {
      close: async () => undefined,
      send: async ({ key, body }) => {
        if (isAway) return { outcome: 'ambiguous', detail: 'the connection broke after the dot' };
        await body();
        given.push(key);
        return { outcome: 'accepted', detail: '250 ok' };
      },
    };
    const worker = (books: Ledger): Desk => desk(books, 'smtp://127.0.0.1:9', { mailer });
    beforeEach(async () => {
      [ledger, given, isAway] = [await fresh(), [], false];
      await furnish(ledger);
      await plan(ledger, 'CN18-01', UNITS.map((unit) => digestNotice('CN18-01', `${unit}/officer`)));
      await worker(ledger).freeze({ now: START });
    });
    const states = async (): Promise<readonly string[]> => {
      const rows = await ledger.selectFrom('message').innerJoin('attempt', 'attempt.message', 'message.key').select(['message.state', 'attempt.outcome']).execute();
      return [...new Set(rows.map((r) => `${r.state} ${r.outcome}`))];
    };

    it.each([['is not there', false], ['has taken it and its answer gets lost', true]])('is made again where the ledger %s: nothing goes out twice', async (_, isDone) => {
      const answer = await worker(awayFor(ledger, RECORD, 3, isDone)).send({ now: START, limit: 10 });
      expect(answer).toMatchObject({ sent: NUMBER, left: 0 });
      await worker(ledger).send({ now: START, limit: 10 });
      expect([...given].sort()).toEqual([...new Set(given)].sort());
      expect(given).toHaveLength(NUMBER);
      expect(await states()).toEqual(['accepted accepted']);
    });

    it('is made again of a message in trouble too', async () => {
      isAway = true;
      await worker(ledger).send({ now: START, limit: 10 });
      isAway = false;
      const [key = ''] = (await ledger.selectFrom('message').select('key').where('in_trouble', '=', true).execute()).map((m) => m.key);
      expect(await worker(awayFor(ledger, RECORD, 3)).attend({ now: START + 5 * MINUTE_MS, key })).toEqual({ state: 'accepted', nextAt: null });
      expect(given).toEqual([key]);
    });
  });
});
