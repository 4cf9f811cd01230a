import { insertFile } from '../../ledger/files';
import { desk, furnish, notice, plan } from '../support/delivery';
import { embeddedEngine } from '../support/ledger';
import { startSmtpPeer } from '../support/smtp-peer';
import { START } from '../support/task-values';

const engine = embeddedEngine();
afterAll(() => engine.stop());

test('a mail names the draft that is asked about as the ledger keeps it', async () => {
  const [ledger, peer] = [await engine.freshLedger(), await startSmtpPeer()];
  await furnish(ledger);
  const post = desk(ledger, peer.url);
  await insertFile(ledger, { id: 'f-1', task: 'CN18-01', position: 'tb-skhdt/officer', name: 'Dự thảo 2.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-'), addedAt: START });
  await plan(ledger, 'CN18-01', [notice('CN18-01', {
    kind: 'consultation-request', to: 'tb-stc/officer',
    facts: { lead: 'tb-skhdt', supervisor: 'tb-sct', decidedOn: '2018-10-22', consultation: 1, inputDueOn: '2018-11-30', file: { id: 'f-1', hash: 'h', length: 5, type: 'application/pdf' } },
  })], { consultationNo: 1, pendingInputs: [{ unit: 'tb-stc', dueOn: '2018-11-30' }] });
  await post.freeze({ now: START });
  const { preview } = await ledger.selectFrom('body').select('preview').executeTakeFirstOrThrow();
  expect(JSON.stringify(preview)).toContain('tệp Dự thảo 2.pdf');
  await post.mailer.close();
  await peer.stop();
});
