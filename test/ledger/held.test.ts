import { MINUTE_MS } from '../../domain/time';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { readHeld, releaseHeld } from '../../ledger/outbox';
import { recordStart } from '../../ledger/plans';
import { insertTask } from '../../ledger/tasks';
import { at } from '../support/builders';
import { type Desk, desk, emailOf, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';

onEachEngine((fresh) => {
  describe('what waits for a person', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });
    const pass = async (now = START) => {
      await post.freeze({ now });
      return post.send({ now, limit: 100 });
    };

    it('is a start of too many messages, until it is released; others go on', async () => {
      await recordStart(ledger, { id: 'start-1', plan: 'CN18', tasks: ['CN18-01', 'CN18-02'], startedAt: START, messages: 400, isHeld: true });
      for (const task of ['CN18-01', 'CN18-02', 'CN18-03']) await plan(ledger, task, [notice(task, { to: OFFICER, group: task === 'CN18-03' ? 'start-2' : 'start-1' })]);
      expect(await pass()).toMatchObject({ sent: 1 });
      expect(await readHeld(ledger)).toEqual({ starts: [{ id: 'start-1', plan: 'CN18', tasks: 2, heldAt: START, messages: 400, notices: 2 }], restored: 0, unsaid: [] });
      expect(await releaseHeld(ledger, { start: 'start-1' }, START + MINUTE_MS)).toBe(2);
      expect(await releaseHeld(ledger, {}, START + MINUTE_MS)).toBe(0);
      expect(await pass(START + MINUTE_MS)).toMatchObject({ sent: 1 });
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf(OFFICER), emailOf(OFFICER)]);
      expect(peer.taken[1]?.bytes.toString('latin1')).toContain('CN18-02');
    });

    it('is what a restored ledger may have sent; what was not due yet is planned as ever', async () => {
      await insertTask(ledger, seedOf('CN18-01'), START);
      const notices = [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: 'tb-skhdt/head', sendAt: START + 60 * MINUTE_MS })];
      await commitBatch(ledger, { task: 'CN18-01', events: [assignedEvent()], notices, projection: projectionFor('CN18-01', 1), now: START + MINUTE_MS, isRestored: true });
      expect(await pass(START + MINUTE_MS)).toMatchObject({ sent: 0 });
      expect(await readHeld(ledger)).toEqual({ starts: [], restored: 1, unsaid: [] });
      expect(await pass(START + 60 * MINUTE_MS)).toMatchObject({ sent: 1 });
      expect(await releaseHeld(ledger, 'restored', START + 61 * MINUTE_MS)).toBe(1);
      expect(await pass(START + 61 * MINUTE_MS)).toMatchObject({ sent: 1 });
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf('tb-skhdt/head'), emailOf(OFFICER)]);
    });

    it('is what a ledger restored from a backup believes to be unsent: planned, or frozen and untried; codes and what comes later are left alone', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      const first = await post.freeze({ now: START });
      const { stamp } = await post.send({ now: START, limit: 100 });
      expect(peer.taken).toHaveLength(1);
      // The backup was taken before the sending, when another notice was planned for that hour and one for the next.
      await ledger.updateTable('message').set({ state: 'frozen', attempt: 0, first_started_at: null, settled_at: null }).execute();
      await ledger.deleteFrom('attempt').execute();
      await ledger.updateTable('delivery').set({ state: 'claimed' }).execute();
      await ledger.updateTable('setting').set({ value: JSON.stringify(first.stamp) }).where('name', '=', 'outbox-stamp').execute();
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await plan(ledger, 'CN18-03', [notice('CN18-03', { to: OFFICER, group: 'start-3', sendAt: START + 60 * MINUTE_MS })]);
      expect(await post.freeze({ now: START + MINUTE_MS, ...(stamp === undefined ? {} : { stamp }) })).toMatchObject({ frozen: 0 });
      expect(await post.send({ now: START + MINUTE_MS, limit: 100 })).toMatchObject({ sent: 0, left: 0 });
      expect((await readHeld(ledger)).restored).toBe(2);
      expect(await pass(START + 60 * MINUTE_MS)).toMatchObject({ sent: 1 });
      expect(await releaseHeld(ledger, 'restored', START + 61 * MINUTE_MS)).toBe(2);
      expect(peer.taken).toHaveLength(2);
    });

    it('is what may have been sent before, also where the first pass of the restored ledger takes codes alone', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      const lost = (await post.freeze({ now: START })).stamp ?? 0;
      await post.send({ now: START, limit: 100 });
      await ledger.updateTable('message').set({ state: 'frozen', attempt: 0, first_started_at: null, settled_at: null }).execute();
      await ledger.deleteFrom('attempt').execute();
      await ledger.updateTable('delivery').set({ state: 'claimed' }).execute();
      await ledger.updateTable('setting').set({ value: JSON.stringify(lost) }).where('name', '=', 'outbox-stamp').execute();
      const night = await post.freeze({ now: at('2018-10-22T20:00'), codesOnly: true, stamp: lost + 1, stampedAt: START });
      expect(night.stamp).toBeGreaterThan(lost + 1);
      expect((await readHeld(ledger)).restored).toBe(1);
      expect(await pass(at('2018-10-23T08:00'))).toMatchObject({ sent: 0 });
      expect(peer.taken).toHaveLength(1);
    });

    it('is what a restored ledger waits to try again: held where nothing was begun, and in doubt where it was refused after its body', async () => {
      const [unbegun, begun] = [emailOf(OFFICER), emailOf('tb-skhdt/head')];
      peer.fault(unbegun, 'defer-rcpt');
      peer.fault(begun, 'defer-body');
      await plan(ledger, 'CN18-01', ([OFFICER, 'tb-skhdt/head'] as const).map((to) => notice('CN18-01', { to, group: 'start-1' })));
      const { stamp = 0 } = await post.freeze({ now: START });
      await post.send({ now: START, limit: 100 });
      await post.freeze({ now: START + MINUTE_MS, stamp: stamp + 1 });
      const messages = await ledger.selectFrom('message').select(['address', 'state', 'reason', 'awaits'])
        .where('address', 'in', [unbegun, begun]).orderBy('address').execute();
      const held = { address: unbegun, state: 'superseded', reason: 'ledger-restored' };
      expect(messages).toMatchObject([{ address: begun, state: 'ambiguous', awaits: 'person' }, held]);
      expect((await readHeld(ledger)).restored).toBe(1);
    });

    it.each([
      ['put off, and to be tried again', {
        state: 'frozen', in_trouble: true, awaits: 'attempt', next_try_at: new Date(START), attempt: 1,
      }],
      ['under way, its body not asked for', { state: 'frozen', under_way_since: new Date(START), attempt: 1 }],
      ['under way, its body begun', { state: 'body_started', under_way_since: new Date(START), attempt: 1 }],
      ['in doubt, its receipt waited for', {
        state: 'ambiguous', in_trouble: true, awaits: 'receipt', next_try_at: new Date(START), attempt: 1,
      }],
    ] as const)('is a message that a restored ledger has as %s: it may have been taken since', async (_, then) => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      await post.freeze({ now: START });
      const { stamp = 0 } = await post.send({ now: START, limit: 100 });
      await ledger.updateTable('message').set({ settled_at: null, ...then }).execute();
      await ledger.updateTable('attempt').set({ ended_at: null, outcome: null }).execute();
      await post.freeze({ now: START + 60 * MINUTE_MS, stamp: stamp + 1 });
      await post.send({ now: START + 60 * MINUTE_MS, limit: 100 });
      expect(peer.taken.filter((t) => t.to === emailOf(OFFICER))).toHaveLength(1);
      expect(post.started).toEqual([]);
      const message = await ledger.selectFrom('message').select(['state', 'awaits', 'reason'])
        .where('address', '=', emailOf(OFFICER)).executeTakeFirst();
      expect(message).toEqual({ state: 'ambiguous', awaits: 'person', reason: 'ledger-restored' });
      expect(peer.taken.map((t) => t.to)).toContain(emailOf('tb-sct/officer'));
    });

    it('is what a restored ledger would send by the next channel: it may have gone there already', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      peer.fault(emailOf(OFFICER), 'refuse-rcpt');
      await post.freeze({ now: START });
      const { stamp = 0 } = await post.send({ now: START, limit: 100 });
      await post.freeze({ now: START + MINUTE_MS, stamp: stamp + 5 });
      await post.send({ now: START + MINUTE_MS, limit: 100 });
      expect(post.phones).toEqual([]);
      expect((await readHeld(ledger)).restored).toBe(1);
    });

    it('is nothing that was decided after the last pass of the lost ledger, however late the first pass of the restored one', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      const { stamp = 0 } = await post.freeze({ now: START });
      await post.send({ now: START, limit: 100 });
      await ledger.updateTable('setting').set({ value: JSON.stringify(stamp - 1) }).where('name', '=', 'outbox-stamp').execute();
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2', decidedAt: START })]);
      await plan(ledger, 'CN18-03', [notice('CN18-03', { to: OFFICER, group: 'start-3', decidedAt: START + 2 * MINUTE_MS, sendAt: START + 2 * MINUTE_MS })]);
      expect(await post.freeze({ now: START + 5 * MINUTE_MS, stamp, stampedAt: START + MINUTE_MS })).toMatchObject({ frozen: 1 });
      expect((await readHeld(ledger)).restored).toBe(1);
    });

    it('is nothing of a ledger that has gone on', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, group: 'start-1' })]);
      const { stamp = 0 } = await post.freeze({ now: START });
      await post.send({ now: START, limit: 100 });
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      expect(await post.freeze({ now: START + MINUTE_MS, stamp })).toMatchObject({ frozen: 1 });
      expect((await readHeld(ledger)).restored).toBe(0);
    });
  });
});
