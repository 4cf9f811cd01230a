import { instantAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type Desk, desk, emailOf, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const HOST = 'tb-sct/officer';
const clock = (hour: number, minute = 0): Instant => instantAt('2018-10-22', hour * 60 + minute);
const NEXT_MORNING = instantAt('2018-10-23', 8 * 60);

onEachEngine((fresh) => {
  describe('at the end of the office day', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });
    const pass = async (now: Instant): Promise<void> => {
      await post.freeze({ now });
      await post.send({ now, limit: 100 });
    };
    const reports = () => ledger.selectFrom('notice').select(['key', 'to_position', 'send_at']).where('kind', '=', 'delivery-failed').orderBy('key').execute();

    it('what was not taken all day is in the next digest of the host unit, one line for a position, and again the day after', async () => {
      peer.fault(emailOf(OFFICER), 'defer-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      await plan(ledger, 'CN18-02', [notice('CN18-02', { to: OFFICER, group: 'start-2' })]);
      await pass(START);
      await pass(clock(15, 59));
      expect(await reports()).toEqual([]);
      await pass(clock(16, 15));
      for (const now of [clock(16, 20), clock(16, 30)]) await pass(now);
      expect(await reports()).toEqual([{ key: `CN18|delivery-failed|still-waiting|${OFFICER}|2018-10-22`, to_position: HOST, send_at: NEXT_MORNING }]);
      expect(peer.taken).toEqual([]);
      await pass(NEXT_MORNING);
      expect(peer.taken.map((t) => t.to)).toEqual([emailOf(HOST)]);
      await pass(instantAt('2018-10-23', 16 * 60 + 30));
      expect(await reports()).toHaveLength(2);
    });

    it('what is tried once more today is not reported before; what left is not reported at all', async () => {
      peer.fault(emailOf(OFFICER), 'defer-rcpt');
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: 'tb-stc/officer' })]);
      await pass(clock(15, 58));
      await pass(clock(16));
      expect(await reports()).toEqual([]);
      peer.fault(emailOf(OFFICER), 'none');
      await pass(clock(16, 4));
      await pass(clock(16, 30));
      expect(await reports()).toEqual([]);
      expect(peer.taken).toHaveLength(2);
    });

    it('a mail server that was away all day is reported too, for what was never tried', async () => {
      await furnish(ledger, (seats) => [...seats, ...Array.from({ length: 90 }, (_, i) => ({ position: `u${i}/officer` as const, person: `p${i}`, name: 'Thử', email: `u${i}@don-vi.example`, from: '2018-01-01' }))]);
      await plan(ledger, 'CN18-01', Array.from({ length: 90 }, (_, i) => notice('CN18-01', { to: `u${i}/officer`, group: `g${i}` })));
      await peer.stop();
      await pass(clock(16, 30));
      expect((await ledger.selectFrom('message').select('key').where('attempt', '=', 0).execute()).length).toBeGreaterThan(0);
      await post.freeze({ now: clock(16, 30) });
      expect(await reports()).toHaveLength(90);
      peer = await startSmtpPeer();
    });
  });
});
