import { createHttpSms, callbackUrlOf } from '../../activities/adapters/http-sms';
import type { SmsGateway } from '../../activities/ports';
import { serveWeb, type WebServer } from '../../client/web/serve';
import { readGateway } from '../../config/gateways/read';
import type { Ledger } from '../../ledger/connect';
import { writeClock } from '../../ledger/settings';
import { realClock } from '../../contracts/clock';
import { desk, furnish, notice, plan } from '../support/delivery';
import { hasKannel, type Kannel, startKannel } from '../support/kannel';
import { embeddedEngine } from '../support/ledger';
import { START } from '../support/task-values';

const SECRET = 'a-secret-of-the-tests-0123456789abcdef';
const isThere = hasKannel();
if (!isThere) process.stderr.write('SKIPPED with Kannel: kannel and kannel-extras are not installed here; the SMS gateway was tried against our own servers only.\n');

const until = async (isSo: () => Promise<boolean> | boolean, what: string): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

(isThere ? describe : describe.skip)('through a real Kannel', () => {
  const engine = embeddedEngine();
  let [ledger, kannel, web]: [Ledger?, Kannel?, WebServer?] = [];
  beforeAll(async () => {
    ledger = await engine.freshLedger();
    await writeClock(ledger, realClock(START));
    kannel = await startKannel();
    const read = readGateway('kannel', '/');
    if (!read.ok) throw new Error('no description');
    web = await serveWeb({ ledger, port: 0, publicUrl: 'https://nv.example', receipts: { description: read.value, secret: SECRET, values: {} } });
  });
  afterAll(async () => {
    await kannel?.stop();
    await web?.close();
    await engine.stop();
  });
  const gateway = (settings: Readonly<Record<string, string>> = {}): SmsGateway => {
    const read = readGateway('kannel', '/');
    if (!read.ok || !kannel || !web) throw new Error('not started');
    return createHttpSms({ description: read.value, settings: { ...kannel.settings, ...settings }, callbackUrl: callbackUrlOf(web.url, 'kannel', SECRET) });
  };
  const states = async (): Promise<string[]> => (await ledger!.selectFrom('message').select('state').orderBy('key').execute()).map((m) => m.state);

  test('what it says of a request is read as what it says', async () => {
    const sms = { to: '+84000000001', text: 'Nhiem vu CN18-05', key: 'k', at: START };
    expect(await gateway({ SMS_PASSWORD: 'wrong' }).send(sms)).toMatchObject({ outcome: 'deferred' });
    expect(await gateway().send({ ...sms, key: 'without-operator' })).toMatchObject({ outcome: 'accepted' });
  });

  test('texts go out unchanged, and their receipts bring the messages to an end', async () => {
    await kannel!.connectOperator();
    await furnish(ledger!);
    await plan(ledger!, 'CN18-01', [notice('CN18-01', { channels: ['sms'] }), notice('CN18-01', { channels: ['sms'], to: 'tb-skhdt/head' })]);
    const at = desk(ledger!, 'smtp://127.0.0.1:9', { sms: gateway() });
    await at.freeze({ now: START });
    await at.send({ now: START, limit: 10 });
    expect((await states()).length).toBe(2);
    await until(async () => (await states()).every((state) => state === 'delivered'), 'receipts of both messages');
    // The one that waited for an operator is the third.
    await until(async () => kannel!.heard().length === 3 && (await ledger!.selectFrom('receipt').select('id').where('status', '=', 'delivered').execute()).length === 3, 'all three');
    expect(kannel!.heard().filter((line) => /^SCT\.TB \+84000\d{6} text SCT TB: .*: https:\/\/nv\.example\/t\/[0-9A-Z]{12}$/.test(line))).toHaveLength(2);
  });
});
