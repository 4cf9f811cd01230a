import type { Mailer, SendResult } from '../../activities/ports';
import { createSmtpMailer } from '../../activities/adapters/smtp';
import { HOUR_MS, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { mintSecret } from '../../links';
import { type Desk, desk, digestNotice, emailOf, furnish, LINK_KEY, notice, nowShows, plan, reportId } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const HOST = 'tb-sct/officer';
const LATER = START + 5 * MINUTE_MS;
const NIGHT = START + 12 * HOUR_MS;

onEachEngine((fresh) => {
  describe('sending', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    const opened: Desk[] = [];
    const worker = (mailer?: Mailer): Desk => {
      const one = desk(ledger, peer.url, mailer === undefined ? {} : { mailer });
      opened.push(one);
      return one;
    };
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = worker();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((d) => d.mailer.close()));
      await peer.stop();
    });

    const messages = () => ledger.selectFrom('message').selectAll().orderBy('frozen_at').orderBy('address').execute();
    const message = async () => (await messages())[0];
    const deliveries = () => ledger.selectFrom('delivery').select(['notice', 'channel', 'state', 'reason', 'message']).orderBy('notice').orderBy('channel').execute();
    const attempts = () => ledger.selectFrom('attempt').selectAll().orderBy('message').orderBy('number').execute();
    const retry = async (by = post) => by.attend({ now: LATER, key: (await message())?.key ?? '' });

    it('gives every address its message, once, with secrets where the slots were and not a byte more', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, channels: ['email', 'sms'] }), notice('CN18-01', { to: HOST })]);
      await post.freeze({ now: START });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 3, left: 0 });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 0, left: 0 });
      expect(peer.taken.map((t) => t.to).sort()).toEqual([emailOf(HOST), emailOf(OFFICER)]);
      expect((await deliveries()).map((d) => d.state)).toEqual(['sent', 'sent', 'sent']);
      for (const link of await ledger.selectFrom('link').innerJoin('message', 'message.key', 'link.message').innerJoin('body', 'body.message', 'message.key')
        .select(['link.id', 'link.slot', 'message.channel', 'message.address', 'body.content']).execute()) {
        const sent = link.channel === 'sms' ? Buffer.from(post.phones[0]?.text ?? '') : peer.taken.find((t) => t.to === link.address)?.bytes;
        const text = sent?.toString('latin1').replaceAll('=\r\n', '');
        expect(text).toContain(mintSecret({ key: LINK_KEY, keyId: 'k1', linkId: link.id, kind: link.channel }));
        expect(text).not.toContain(link.slot);
        expect(sent?.length).toBe(link.content.length);
      }
      expect(post.phones).toMatchObject([{ to: '+84000000010' }]);
    });

    it('sends nothing outside the sending hours', async () => {
      await plan(ledger, 'CN18-01', [notice('CN18-01')]);
      await post.freeze({ now: START });
      expect(await post.send({ now: NIGHT, limit: 500 })).toMatchObject({ sent: 0, left: 0 });
      expect(peer.taken).toHaveLength(0);
      expect(await message()).toMatchObject({ state: 'frozen', attempt: 0 });
    });

    it('sends what presses first first, and at most as many as asked', async () => {
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', HOST), notice('CN18-01', { to: OFFICER }), notice('CN18-01', { kind: 'due-today', class: 'urgent', group: '2018-10-22', to: 'tb-skhdt/leader' })]);
      await post.freeze({ now: START });
      const served: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        await post.send({ now: START, limit: 1 });
        served.push(peer.taken.at(-1)?.to ?? '');
      }
      expect(served).toEqual([emailOf('tb-skhdt/leader'), emailOf(OFFICER), emailOf(HOST)]);
    });

    it('supersedes a message that holds something no longer true, and says the rest anew in the next pass', async () => {
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)]);
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', OFFICER)]);
      await post.freeze({ now: START });
      await nowShows(ledger, 'CN18-01', { state: 'completed' });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 0, left: 1 });
      expect(await message()).toMatchObject({ state: 'superseded', reason: 'no longer true: state-changed' });
      expect(await deliveries()).toMatchObject([{ state: 'dropped', reason: 'state-changed' }, { state: 'planned', message: null }]);
      expect((await ledger.selectFrom('link').select('revoked_reason').execute()).every((l) => l.revoked_reason === 'superseded')).toBe(true);
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 1 });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 1, left: 0 });
      expect(peer.taken).toHaveLength(1);
      expect(peer.taken[0]?.bytes.toString('latin1')).toContain('CN18-02');
      expect(peer.taken[0]?.bytes.toString('latin1')).not.toContain('CN18-01');
    });

    it('lets one failing recipient hold up nobody, and tries it again itself when its time has come', async () => {
      peer.fault(emailOf(OFFICER), 'defer-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: HOST }), notice('CN18-01', { to: 'tb-stc/officer' })]);
      await post.freeze({ now: START });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ tried: 3, sent: 2, left: 0, retryAt: LATER });
      const [trouble] = (await messages()).filter((m) => m.in_trouble);
      expect(trouble).toMatchObject({ address: emailOf(OFFICER), state: 'frozen', attempt: 1, first_started_at: null, awaits: 'post' });
      expect(await post.freeze({ now: LATER - 1 })).toMatchObject({ frozen: 0, recheckAt: LATER });
      expect(await post.send({ now: LATER - 1, limit: 500 })).toMatchObject({ tried: 0, left: 0 });
      peer.fault(emailOf(OFFICER), 'none');
      expect(await post.freeze({ now: LATER })).toMatchObject({ untried: 1 });
      expect(await post.send({ now: LATER, limit: 500 })).toMatchObject({ tried: 1, sent: 1, left: 0 });
      expect(post.started).toEqual([]);
      expect((await deliveries()).every((d) => d.state === 'sent')).toBe(true);
    });

    it('has a place for eight attempts that stall; who finds none comes back soon, and a person is never sent away', async () => {
      const people = Array.from({ length: 10 }, (_, i) => `u${i}/officer` as const);
      await furnish(ledger, (seats) => [...seats, ...people.map((position, i) => ({ position, person: `p${i}`, name: 'Thử', email: emailOf(position), from: '2018-01-01' }))]);
      people.forEach((position) => peer.fault(emailOf(position), 'drop-after-dot'));
      await plan(ledger, 'CN18-01', people.map((to) => notice('CN18-01', { to })));
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      let answer = (_result: SendResult): void => undefined;
      const stalls = new Promise<SendResult>((resolve) => { answer = resolve; });
      let begun = 0;
      const slow = worker({ ...post.mailer, send: () => { begun += 1; return stalls; } });
      const attempts = post.started.slice(0, 9).map((key) => slow.attend({ now: LATER, key }));
      expect(await Promise.race(attempts)).toMatchObject({ state: 'ambiguous', nextAt: LATER + 30_000 });
      const urged = slow.attend({ now: LATER, key: post.started[9] ?? '', urgedAt: LATER });
      answer({ outcome: 'accepted', detail: '250 taken' });
      expect((await Promise.all(attempts)).filter((a) => a.state === 'accepted')).toHaveLength(8);
      expect(await urged).toMatchObject({ state: 'accepted' });
      expect(begun).toBe(9);
    });

    it('takes the next channel at once after a refusal for good, and tells the host unit', async () => {
      peer.fault(emailOf(OFFICER), 'refuse-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 0, left: 1 });
      expect(await message()).toMatchObject({ state: 'rejected', in_trouble: true });
      expect(post.started).toEqual([]);
      const key = (await message())?.key ?? '';
      await post.freeze({ now: START });
      expect(await post.attend({ now: LATER, key })).toEqual({ state: 'rejected', nextAt: null });
      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 2, left: 0 });
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf(HOST)]);
      expect(post.phones).toHaveLength(1);
      expect(post.phones[0]?.text).toContain('CN18-01');
      expect(await deliveries()).toMatchObject([
        { notice: 'CN18-01|assigned|start-1|tb-skhdt/officer', channel: 'email', state: 'failed' }, { channel: 'sms', state: 'sent' },
        { notice: 'CN18|delivery-failed|rejected|tb-skhdt/officer|2018-10-22', state: 'sent' },
      ]);
      expect((await post.freeze({ now: START })).frozen).toBe(0);
    });

    it('marks an address that is refused, and goes on to whoever stands above where there is no phone', async () => {
      await furnish(ledger, (seats) => seats.map(({ phone: _, ...seat }) => seat));
      peer.fault(emailOf(OFFICER), 'refuse-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      for (const pass of [1, 2]) {
        await post.freeze({ now: START + pass });
        await post.send({ now: START + pass, limit: 500 });
      }
      expect(await ledger.selectFrom('bad_address').select(['channel', 'address']).execute()).toEqual([{ channel: 'email', address: emailOf(OFFICER) }]);
      expect(peer.taken.map((t) => t.to).sort()).toEqual([emailOf(HOST), emailOf('tb-skhdt/head')].sort());
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER })]);
      await post.freeze({ now: LATER });
      await post.send({ now: LATER, limit: 500 });
      expect(peer.taken.filter((t) => t.to === emailOf('tb-skhdt/head'))).toHaveLength(2);
      expect(peer.taken.filter((t) => t.to === emailOf(OFFICER))).toHaveLength(0);
    });

    it('leaves what was not tried as it is where nobody can be reached, and says when to come back', async () => {
      await furnish(ledger, (seats) => [...seats, ...Array.from({ length: 90 }, (_, i) => ({ position: `u${i}/officer` as const, person: `p${i}`, name: 'Thử', email: `u${i}@don-vi.example`, from: '2018-01-01' }))]);
      await plan(ledger, 'CN18-01', Array.from({ length: 90 }, (_, i) => digestNotice('CN18-01', `u${i}/officer`)));
      await post.freeze({ now: START });
      await peer.stop();
      const answer = await post.send({ now: START, limit: 500 });
      expect(answer).toMatchObject({ sent: 0, left: 0, retryAt: START + 2 * MINUTE_MS });
      const tried = (await attempts()).length;
      expect(tried).toBeLessThan(90);
      expect(await post.send({ now: START + MINUTE_MS, limit: 500 })).toMatchObject({ sent: 0, left: 0 });
      peer = await startSmtpPeer();
      expect(await worker().send({ now: LATER, limit: 500 })).toMatchObject({ sent: 90, left: 0 });
    });

    it.each(['drop-after-dot', 'drop-in-body'] as const)('marks %s as ambiguous and repeats the same bytes', async (fault) => {
      peer.fault(emailOf(OFFICER), fault);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      expect(await message()).toMatchObject({ state: 'ambiguous', in_trouble: true });
      const stored = (await ledger.selectFrom('body').select('hash').executeTakeFirst())?.hash;
      peer.fault(emailOf(OFFICER), 'none');
      // A body that was started never changes, whatever becomes of what it says.
      await nowShows(ledger, 'CN18-01', { state: 'completed' });
      expect(await retry()).toEqual({ state: 'accepted', nextAt: null });
      const [first, last] = [peer.taken[0], peer.taken.at(-1)];
      expect(first?.bytes.equals(last?.bytes ?? Buffer.alloc(0))).toBe(true);
      expect((await ledger.selectFrom('body').select('hash').executeTakeFirst())?.hash).toBe(stored);
    });

    it('resends identical bytes after a worker died between the 250 and its record, and takes nothing from the dead one', async () => {
      const real = createSmtpMailer({ url: peer.url, from: 'don-doc@thaibinh.example', reportId });
      let wake: (result: SendResult) => void = () => undefined;
      let died: () => void = () => undefined;
      const dead = new Promise<void>((resolve) => { died = resolve; });
      const dying = worker({ close: () => real.close(), send: async (mail) => { await real.send(mail); died(); return new Promise((resolve) => { wake = resolve; }); } });
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await dying.freeze({ now: START });
      const zombie = dying.send({ now: START, limit: 500 });
      await dead;
      expect(await message()).toMatchObject({ state: 'body_started' });

      expect(await post.send({ now: START, limit: 500 })).toMatchObject({ sent: 0, left: 0 });
      expect(await message()).toMatchObject({ state: 'ambiguous', in_trouble: true });
      expect(post.started).toEqual([(await message())?.key]);
      wake({ outcome: 'rejected', detail: 'late' });
      await zombie;
      expect(await message()).toMatchObject({ state: 'ambiguous' });

      expect(await retry()).toEqual({ state: 'accepted', nextAt: null });
      expect(peer.taken).toHaveLength(2);
      expect(peer.taken[0]?.bytes.equals(peer.taken[1]?.bytes ?? Buffer.alloc(0))).toBe(true);
      expect((await attempts()).map((a) => a.outcome)).toEqual(['ambiguous', 'accepted']);
    });

    it('gives no body where the attempt was taken over before', async () => {
      const real = createSmtpMailer({ url: peer.url, from: 'don-doc@thaibinh.example', reportId });
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => { release = resolve; });
      let reached: () => void = () => undefined;
      const atGate = new Promise<void>((resolve) => { reached = resolve; });
      const slow = worker({ close: () => real.close(), send: async (mail) => { reached(); await gate; return real.send(mail); } });
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await slow.freeze({ now: START });
      const zombie = slow.send({ now: START, limit: 500 });
      await atGate;
      await post.send({ now: START, limit: 500 });
      expect(await post.send({ now: LATER, limit: 500 })).toMatchObject({ sent: 1 });
      release();
      await zombie;
      expect(peer.taken).toHaveLength(1);
      expect(await message()).toMatchObject({ state: 'accepted' });
    });

    it('looks once more at a message of which nothing ever left before it is tried again', async () => {
      peer.fault(emailOf(OFFICER), 'drop-at-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      await nowShows(ledger, 'CN18-01', { state: 'completed' });
      expect(await post.send({ now: LATER, limit: 500 })).toMatchObject({ sent: 0 });
      expect(await message()).toMatchObject({ state: 'superseded', awaits: null });
      expect(await deliveries()).toMatchObject([{ state: 'dropped', reason: 'task-closed' }]);
    });

    it.each([['in bulk', 'drop-at-rcpt', 'frozen'], ['by its workflow', 'drop-after-dot', 'ambiguous']] as const)('waits with a retry %s outside the sending hours', async (_, fault, state) => {
      peer.fault(emailOf(OFFICER), fault);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 500 });
      expect(await post.send({ now: NIGHT, limit: 500 })).toMatchObject({ sent: 0 });
      const nextAt = state === 'frozen' ? null : START + 24 * HOUR_MS;
      expect(await post.attend({ now: NIGHT, key: (await message())?.key ?? '' })).toMatchObject({ state, nextAt });
      expect(await attempts()).toHaveLength(1);
    });

    it('sends hundreds, each once, several at a time', async () => {
      await furnish(ledger, (seats) => [...seats, ...Array.from({ length: 150 }, (_, i) => ({ position: `u${i}/officer` as const, person: `p${i}`, name: 'Thử', email: `u${i}@don-vi.example`, from: '2018-01-01' }))]);
      await plan(ledger, 'CN18-01', Array.from({ length: 150 }, (_, i) => digestNotice('CN18-01', `u${i}/officer`)));
      expect(await post.freeze({ now: START })).toMatchObject({ frozen: 150 });
      expect(await post.send({ now: START, limit: 100 })).toMatchObject({ sent: 100, left: 50 });
      expect(await post.send({ now: START, limit: 100 })).toMatchObject({ sent: 50, left: 0 });
      expect(new Set(peer.taken.map((t) => t.to)).size).toBe(150);
      expect(peer.taken).toHaveLength(150);
      expect(peer.mostAtOnce()).toBeGreaterThan(5);
    });
  });
});
