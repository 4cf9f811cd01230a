import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { type Desk, desk, digestNotice, emailOf, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const NEXT_DAY = at('2018-10-23T08:00');

onEachEngine((fresh) => {
  describe('an odd morning', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let desks: Desk[];
    const open = (): Desk => {
      const one = desk(ledger, peer.url);
      desks.push(one);
      return one;
    };
    beforeEach(async () => {
      [ledger, peer, desks] = [await fresh(), await startSmtpPeer(), []];
      await furnish(ledger);
    });
    afterEach(async () => {
      await Promise.all(desks.map((d) => d.mailer.close()));
      await peer.stop();
    });
    const pass = async (by: Desk, now: Instant): Promise<void> => {
      await by.freeze({ now });
      await by.send({ now, limit: 500 });
    };
    const toldOf = (address: string): string[] => peer.taken.filter((t) => t.to === address).map((t) => t.bytes.toString('latin1'));

    it('with two workers at the same slot says everything once, and one digest where two positions share an address', async () => {
      await furnish(ledger, (seats) => [
        ...seats.map((s) => (s.position === 'tb-skhdt/head' ? { ...s, email: emailOf(OFFICER) } : s)),
        ...Array.from({ length: 40 }, (_, i) => (
          { position: `u${i}/officer` as const, person: `p${i}`, name: 'Thử', email: `u${i}@don-vi.example`, from: '2018-01-01' })),
      ]);
      const many = Array.from({ length: 40 }, (_, i) => digestNotice('CN18-01', `u${i}/officer`));
      await plan(ledger, 'CN18-01', [...many, digestNotice('CN18-01', OFFICER), digestNotice('CN18-01', 'tb-skhdt/head')]);
      const [one, other] = [open(), open()];
      await Promise.all([one.freeze({ now: START }), other.freeze({ now: START })]);
      await Promise.all([one.send({ now: START, limit: 500 }), other.send({ now: START, limit: 500 })]);
      for (let now = START + MINUTE_MS, rest = [...one.started, ...other.started]; rest.length > 0; now += HOUR_MS) {
        const answers = await Promise.all(rest.map(async (key) => ({ key, ...(await one.attend({ now, key })) })));
        rest = answers.filter((a) => a.nextAt !== null).map((a) => a.key);
      }
      expect(await audit(ledger, peer)).toMatchObject(NOTHING_WRONG);
      expect(new Set(peer.taken.map((t) => t.to)).size).toBe(41);
      const shared = await ledger.selectFrom('message').select('positions').where('address', '=', emailOf(OFFICER)).execute();
      expect(shared).toEqual([{ positions: ['tb-skhdt/head', OFFICER] }]);
    });

    const steps = [['an hour ahead', HOUR_MS], ['an hour back', -HOUR_MS], ['a day ahead', DAY_MS], ['a day back', -DAY_MS]] as const;
    it.each(steps)('whose clock steps %s says everything once', async (_, step) => {
      const post = open();
      const now = NEXT_DAY + HOUR_MS;
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER, now), notice('CN18-01', { to: 'tb-sct/officer', sendAt: now, decidedAt: now })]);
      await post.freeze({ now });
      await post.send({ now: now + step, limit: 1 });
      await pass(post, now + step);
      const then = now + step;
      await plan(ledger, 'CN18-02', [digestNotice('CN18-02', 'tb-stc/officer', then), notice('CN18-02', { to: 'tb-vp/officer', sendAt: then, decidedAt: then })]);
      for (const later of [now, now + step + MINUTE_MS, now + MINUTE_MS, now + 2 * DAY_MS]) await pass(post, later);
      expect(await audit(ledger, peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
      const all = ['tb-sct/officer', OFFICER, 'tb-stc/officer', 'tb-vp/officer'] as const;
      expect(peer.taken.map((t) => t.to).sort()).toEqual(all.map(emailOf).sort());
    });

    it('on which somebody gets another address sends what is planned to the new one, and what is frozen as it is', async () => {
      const post = open();
      const move = async (email: string): Promise<void> => {
        const seat = { position: OFFICER, person: 'p-1-0', name: 'Nguyễn Văn Thử', email, from: '2018-01-01' } as const;
        const directory = { hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB', units: [], groups: [], seats: [seat] };
        await importDirectory(ledger, directory, { replace: false, today: '2018-10-22' });
      };
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await move('moi@thaibinh.example');
      await post.freeze({ now: START });
      await move('moi-nua@thaibinh.example');
      await post.send({ now: START, limit: 10 });
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await pass(post, START + MINUTE_MS);
      expect(peer.taken.map((t) => t.to)).toEqual(['moi@thaibinh.example', 'moi-nua@thaibinh.example']);
      expect(peer.taken[0]?.bytes.toString('latin1')).toMatch(/^To: .*<?moi@thaibinh\.example>?\r$/m);
      expect(await audit(ledger, peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
    });

    it('on which the words change between freezing and sending gives the frozen ones, at every attempt', async () => {
      const post = open();
      peer.fault(emailOf(OFFICER), 'drop-after-dot');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await post.freeze({ now: START });
      const spec = (await ledger.selectFrom('plan').select('spec').executeTakeFirstOrThrow()).spec.map((s) => ({ ...s, title: 'Tên khác hẳn' }));
      await ledger.updateTable('plan').set({ spec: JSON.stringify(spec) }).execute();
      await post.send({ now: START, limit: 10 });
      peer.fault(emailOf(OFFICER), 'none');
      const unit = { id: 'tb-skhdt', name: 'Cơ quan khác', shortName: 'x', smsName: 'X', type: 'department', address: 'quý Cơ quan', aliases: [] };
      await ledger.updateTable('unit').set({ data: JSON.stringify(unit) }).where('id', '=', 'tb-skhdt').execute();
      await post.attend({ now: START + 5 * MINUTE_MS, key: post.started[0] ?? '' });
      const [first, second] = toldOf(emailOf(OFFICER));
      expect(first).toBe(second);
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await pass(open(), START + 6 * MINUTE_MS);
      const subject = (mail = ''): string => /^Subject: (.*(?:\r\n .*)*)/m.exec(mail)?.[1] ?? '';
      expect(subject(toldOf(emailOf(OFFICER))[2]).replace('CN18-02', '')).not.toBe(subject(first).replace('CN18-01', ''));
      expect(await audit(ledger, peer)).toMatchObject({ ...NOTHING_WRONG, doubled: [expect.any(String)] });
    });
  });
});
