import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../client/cli/main';
import { openLedger } from '../../../client/services';
import { connectTemporal } from '../../../client/temporal';
import { POST_WORKFLOW_ID } from '../../../contracts/ids';
import { clockMoved } from '../../../contracts/task';
import type { Instant } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { writeClock, writeSealKeys } from '../../../ledger/settings';
import { createDependencies } from '../../../worker/dependencies';
import { createWorker } from '../../../worker/create-worker';
import { prepareLedger } from '../../../worker/prepare-ledger';
import { LINK_SECRET } from '../../support/door';
import { freshLedger } from '../../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../../support/smtp-peer';
import { startDevServerForTest, type TestServer, workflowBundle } from '../../support/temporal';

export type Ran = {
  readonly exit: number;
  readonly out: string;
  /** `out` with every line end and space as one space. */
  readonly said: string;
  /** Columns of its widest line. */
  readonly width: number;
  readonly err: string; readonly asked: string; readonly json: () => unknown;
};
/** `answer`: what the person says when asked; left out: there is nobody to ask. */
export type Typed = { readonly answer?: string; readonly env?: Readonly<Record<string, string>> };
export type Office = {
  readonly ledger: Ledger;
  readonly server: TestServer;
  readonly peer: SmtpPeer;
  /** What commands are told of the installation, for those in a process of their own too. */
  readonly env: Readonly<Record<string, string>>;
  /** One command line as a person of the host unit types it. */
  readonly dondoc: (argv: readonly string[], typed?: Typed) => Promise<Ran>;
  /** Looks until it holds; the test's own timeout ends the wait. */
  readonly until: (holds: () => Promise<boolean>) => Promise<void>;
  /** It becomes later for what is started from now on, and for the post. */
  readonly moveClock: (to: Instant) => Promise<void>;
  /** Ends the worker: nobody takes what is started from now on. */
  readonly endWorker: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const LOOK_MS = 100;
const SILENT = { info: () => undefined, warn: () => undefined };

const startWorker = async (ledger: Ledger, server: TestServer, smtpUrl: string): Promise<() => Promise<void>> => {
  const { activities, mailer, sealKeys } = createDependencies({
    settings: { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: 'Đôn đốc <don-doc@thaibinh.example>' },
    smtpUrl, linkSecret: LINK_SECRET, ledger, client: server.client, log: SILENT,
    sms: { name: 'phones', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send: async () => ({ outcome: 'accepted', detail: 'taken' }) },
  });
  const worker = await createWorker({ connection: server.nativeConnection, namespace: 'default', workflowBundle, activities, activitySlots: 4 });
  await writeSealKeys(ledger, sealKeys);
  const ended = worker.run();
  return async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
    await mailer.close();
  };
};

const run = async (argv: readonly string[], env: Office['env'], typed: Typed): Promise<Ran> => {
  const [out, err, asked]: [string[], string[], string[]] = [[], [], []];
  const exit = await main(argv, {
    out: (text) => void out.push(text), err: (text) => void err.push(text), isTerminal: false, canAsk: typed.answer !== undefined,
    ask: async (question) => { asked.push(question); return typed.answer ?? ''; },
    env: { ...env, ...typed.env }, cwd: process.cwd(), now: () => Date.now(), user: 'can-bo@may-chu',
  }, { openLedger, openTemporal: connectTemporal });
  const text = out.join('');
  const width = Math.max(...text.split('\n').map((line) => line.length));
  const said = text.replace(/\s+/g, ' ').trim();
  return { exit, out: text, said, width, err: err.join(''), asked: asked.join('\n'), json: () => JSON.parse(text) as unknown };
};

/** A whole installation whose clock begins at an instant: Temporal, ledger, worker and mail server, found by commands through `DONDOC_HOME`. */
export const openOffice = async (from: Instant): Promise<Office> => {
  const [server, { ledger, socketDir, stop: stopLedger }, peer] = await Promise.all([startDevServerForTest(), freshLedger(), startSmtpPeer()]);
  const home = mkdtempSync(join(tmpdir(), 'dondoc-office-'));
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir, temporalAddress: server.address }));
  await prepareLedger(ledger, from);
  await writeClock(ledger, { anchor: Date.now(), from, rate: 1 });
  const endWorker = await startWorker(ledger, server, peer.url);
  const env = { DONDOC_HOME: home, SMTP_URL: peer.url, PUBLIC_URL: 'https://nv.example', DONDOC_LINK_SECRET: LINK_SECRET };
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endWorker());
  const moveClock = async (to: Instant): Promise<void> => {
    const clock = { anchor: Date.now(), from: to, rate: 1 };
    await writeClock(ledger, clock);
    await server.client.workflow.getHandle(POST_WORKFLOW_ID).signal(clockMoved, clock);
  };
  return {
    ledger, server, peer, env, moveClock, endWorker: end,
    dondoc: (argv, typed = {}) => run(argv, env, typed),
    until: async (holds) => { while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS)); },
    stop: async () => {
      await end();
      await Promise.all([server.stop(), peer.stop()]);
      await stopLedger();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
