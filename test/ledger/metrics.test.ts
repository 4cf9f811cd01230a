import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { meteredMailer } from '../../worker/metered';
import { MINUTE_MS } from '../../domain/time';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { writeLastPass, writeMailboxCheck } from '../../ledger/settings';
import { createMeters, type Meters, type MetricsServer, startMetrics } from '../../metrics';
import { desk, furnish, notice, plan } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const OFFICER = 'tb-skhdt/officer';
const LOOPBACK = '127.0.0.1';
const SILENT = { error: () => undefined };

/** A server that takes every connection and says nothing; closed with those it has. */
const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
};

onEachEngine((fresh, engine) => {
  describe('the figures of a site', () => {
    let meters: Meters;
    const servers: MetricsServer[] = [];
    beforeEach(() => { meters = createMeters(); });
    afterEach(async () => { await Promise.all(servers.splice(0).map((s) => s.close())); });
    const serve = async (ledger: Ledger, now = START, isReady = async () => true): Promise<string> => {
      const server = await startMetrics({ hostname: LOOPBACK, port: 0, meters, ledger, now: async () => now, isReady, log: SILENT });
      if (server === undefined) throw new Error('the figures are not served');
      servers.push(server);
      return server.url;
    };
    const lines = async (url: string): Promise<readonly string[]> => (await (await fetch(`${url}/metrics`)).text()).split('\n').filter((line) => /^(?:dondoc)_/.test(line));

    it('are counts of tasks, of what is planned, held and unsent, and of what the post and the mailbox did last', async () => {
      const ledger = await fresh();
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER }), notice('CN18-01', { to: 'tb-skhdt/head', sendAt: START + 600 * MINUTE_MS })]);
      await ledger.updateTable('task').set({ needs_repair: 'ledger-behind' }).execute();
      await writeLastPass(ledger, START);
      await writeMailboxCheck(ledger, { at: START, problem: 'EAUTH' });
      const said = await lines(await serve(ledger, START + 30 * MINUTE_MS));
      expect(said).toEqual(expect.arrayContaining([
        'dondoc_ledger_up 1', 'dondoc_tasks{state="assigned"} 1', 'dondoc_tasks_needing_repair 1', 'dondoc_notices_planned{channel="email"} 2',
        'dondoc_notices_planned{channel="sms"} 0', 'dondoc_notices_held{channel="email"} 0', 'dondoc_oldest_unsent_seconds 1800', 'dondoc_sending_open 1',
        `dondoc_post_last_pass_timestamp_seconds ${START / 1000}`, 'dondoc_mailbox_readable 0',
      ]));
    });

    it('show a message by where it is, and each submission by how it ended', async () => {
      const [ledger, peer] = [await fresh(), await startSmtpPeer()];
      await furnish(ledger);
      await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
      const first = desk(ledger, peer.url);
      const post = desk(ledger, peer.url, { mailer: meteredMailer(first.mailer, meters) });
      await post.freeze({ now: START });
      await post.send({ now: START, limit: 10 });
      const said = await lines(await serve(ledger));
      await first.mailer.close();
      await peer.stop();
      expect(said).toEqual(expect.arrayContaining([
        'dondoc_submissions_total{channel="email",outcome="accepted"} 1', 'dondoc_submission_seconds_count{channel="email"} 1',
        'dondoc_messages_last_day{channel="email",state="accepted"} 1', 'dondoc_oldest_unsent_seconds 0',
      ]));
    });

    it('are left out where the ledger is away, which is a figure too; the process lives and is not ready', async () => {
      const ledger = connectLedger({ socketDir: join(await engine.socketDir(), 'nowhere') });
      const url = await serve(ledger, START, () => ledger.selectFrom('task').select('id').execute().then(() => true));
      const said = await lines(url);
      expect(said).toContain('dondoc_ledger_up 0');
      expect(said.filter((line) => /^dondoc_(?:tasks|notices|oldest|messages|post|calendar|mailbox)/.test(line))).toEqual([]);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect((await fetch(`${url}/readyz`)).status).toBe(503);
      await ledger.close();
    });

    it('do not wait for a ledger that is silent', async () => {
      const held: Socket[] = [];
      const silent = createServer((socket) => held.push(socket));
      const port = await listening(silent);
      const ledger = connectLedger({ connectionString: `postgres://nobody@${LOOPBACK}:${port}/none` });
      const url = await serve(ledger, START, () => ledger.selectFrom('task').select('id').execute().then(() => true));
      const [ready, said] = await Promise.all([fetch(`${url}/readyz`), lines(url)]);
      expect(ready.status).toBe(503);
      expect(said).toContain('dondoc_ledger_up 0');
      held.forEach((socket) => socket.destroy());
      silent.close();
      await ledger.close();
    }, 30_000);

    it('go without a port that somebody has, and say so in the log', async () => {
      const other = createServer();
      const port = await listening(other);
      const said: object[] = [];
      const ledger = await fresh();
      const options = { hostname: LOOPBACK, meters, ledger, now: async () => START, isReady: async () => true };
      expect(await startMetrics({ ...options, port, log: { error: (fields) => said.push(fields) } })).toBeUndefined();
      expect(said).toEqual([expect.objectContaining({ port })]);

      other.close();
    });
  });
});
