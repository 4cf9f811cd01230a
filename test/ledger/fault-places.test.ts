import { join } from 'node:path';
import { connectLedger } from '../../ledger/connect';
import { startLine } from '../faults/line';
import { ledgerReader, STATEMENTS } from '../faults/readers';
import { desk, furnish, notice, plan } from '../support/delivery';
import { ledgerEngines } from '../support/ledger';
import { startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const opened: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

it('a pass comes by every place of the ledger at which faults are injected', async () => {
  const engine = ledgerEngines().at(-1)!;
  opened.push(() => engine.stop());
  const [ledger, peer] = [await engine.freshLedger(), await startSmtpPeer()];
  opened.push(() => peer.stop());
  const line = await startLine({ path: join(await engine.socketDir(), '.s.PGSQL.5432') }, ledgerReader);
  opened.push(() => line.stop());
  const seen = new Set<string>();
  line.listen(({ point }) => {
    seen.add(point);
    return 'pass';
  });
  await furnish(ledger);
  await plan(ledger, 'CN18-01', [notice('CN18-01', { to: 'tb-skhdt/officer' })]);
  const heard = connectLedger({ connectionString: `postgres://postgres@127.0.0.1:${line.port}/postgres` });
  opened.push(() => heard.close());
  const post = desk(heard, peer.url);
  opened.push(() => post.mailer.close());
  await post.freeze({ now: START });
  await post.send({ now: START, limit: 10 });
  expect([...seen]).toEqual(expect.arrayContaining(Object.keys(STATEMENTS)));
}, 60_000);
