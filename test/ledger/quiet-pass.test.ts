import { sql } from 'kysely';
import { HOUR_MS, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { addDeputy } from '../../ledger/directory';
import { type Desk, desk, digestNotice, emailOf, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { countStatements } from '../support/statements';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';

onEachEngine((fresh) => {
  describe('a pass', () => {
    let ledger: Ledger;
    let peer: SmtpPeer;
    let post: Desk;
    beforeEach(async () => {
      [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      post = desk(ledger, peer.url);
      await plan(ledger, 'CN18-01', [digestNotice('CN18-01', OFFICER)]);
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 100 });
    });
    afterEach(async () => { await post.mailer.close(); await peer.stop(); });

    it('that finds nothing to do makes two statements', async () => {
      expect(await countStatements(() => post.freeze({ now: START + HOUR_MS }))).toBe(2);
    });

    it('resolves a position by the directory as it stands, whoever has changed it', async () => {
      const seat = () => ledger.updateTable('seat').where('position', '=', OFFICER);
      const addressesOf = async (): Promise<string[]> => (await ledger.selectFrom('message').select('address').orderBy('frozen_at').execute()).map((m) => m.address);
      const tell = async (n: number): Promise<void> => {
        await plan(ledger, `CN18-0${n}`, [notice(`CN18-0${n}`, { to: OFFICER, group: `start-${n}` })]);
        await post.freeze({ now: START + n * MINUTE_MS });
      };
      await tell(2);
      await seat().set({ email: 'moi@thaibinh.example' }).execute();
      await tell(3);
      await addDeputy(ledger, { position: OFFICER, person: 'p-1-1', from: '2018-10-01', until: '2018-12-31' });
      await tell(4);
      await sql`delete from seat where deputy_of is not null`.execute(ledger);
      await tell(5);
      expect(await addressesOf()).toEqual([emailOf(OFFICER), emailOf(OFFICER), 'moi@thaibinh.example', emailOf('tb-skhdt/head'), 'moi@thaibinh.example']);
    });

    it('reads the directory once for as long as nothing of it changes', async () => {
      const pass = async (n: number): Promise<number> => {
        await plan(ledger, `CN18-0${n}`, [notice(`CN18-0${n}`, { to: OFFICER, group: `start-${n}` })]);
        return countStatements(() => post.freeze({ now: START + n * MINUTE_MS }));
      };
      const known = await pass(2);
      await ledger.updateTable('unit').set({ data: sql`data` }).where('id', '=', 'tb-vp').execute();
      expect(await pass(3)).toBe(known + 2);
      expect(await pass(4)).toBe(known);
    });
  });
});
