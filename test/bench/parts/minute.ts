import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { serveWeb } from '../../../client/web/serve';
import { processEnv, readSettings } from '../../../config/env';
import { startLedger } from '../../../embedded/up/ledger';
import { createStack, type Stack } from '../../../embedded/up/stack';
import { startTemporal } from '../../../embedded/up/temporal';
import { startWorker } from '../../../embedded/up/worker';
import type { Ledger } from '../../../ledger/connect';
import { importDirectory } from '../../../ledger/directory';
import { linkKeyId } from '../../../links';
import { createMeters } from '../../../metrics';
import { installRuntime } from '../../../worker/runtime';
import { workflowBundle } from '../../support/temporal';
import { stopwatch } from '../arms';
import { startChild } from '../child';
import { atMost, median, type Part, percentile, plain, round } from '../figure';
import { acknowledge, acknowledged, OFFICE, openPage, plantLinks } from '../officials';
import { directory, TODAY } from '../people';
import { LINK_SECRET } from '../settings';

const CODE = 'BP0';
const OFFICIALS = 1000;
const MINUTE_S = 60;
/** Every so manieth presses twice, as with a double click. */
const DOUBLE = 10;

/** What `npm start -- --real-clock` runs in one process, with a mail server beside it and a clock in the office hours. */
const startEmbedded = async (home: string, stack: Stack) => {
  const settings = readSettings({ ...processEnv(), DONDOC_HOME: home, DONDOC_LINK_SECRET: LINK_SECRET });
  const log = pino({ level: 'silent' });
  await installRuntime(log, { leaveSignals: true });
  const meters = createMeters();
  const clock = { anchor: Date.now(), from: OFFICE, rate: 1 };
  const ledgers = await startLedger(settings, clock, stack, () => undefined, meters.queried);
  const temporal = await startTemporal(settings, processEnv(), stack, { say: () => undefined, log: () => undefined });
  const sink = await startChild('sink.ts', {});
  stack.onStop('mail server', () => sink.stop());
  await importDirectory(ledgers.others, directory(OFFICIALS), { replace: true, today: TODAY });
  const smtpUrl = `smtp://127.0.0.1:${await sink.ask('port')}`;
  await startWorker({ settings, smtpUrl, sms: null, linkSecret: LINK_SECRET, ledgers, temporal, meters, log, workflowBundle: workflowBundle.codePath }, stack);
  const web = await serveWeb({ ledger: ledgers.others, port: 0, acting: { key: LINK_SECRET, keyId: linkKeyId(LINK_SECRET), temporal: async () => temporal.client, hasSms: false } });
  stack.onStop('web', web.close);
  return { ledger: ledgers.others, client: temporal.client, url: web.url, clock };
};

type Said = { readonly opened: readonly number[]; readonly pressed: readonly number[]; readonly seconds: number };

/** One official every so often, each opening the link and pressing, whatever the others are still waiting for. */
const inAMinute = async (url: string, paths: readonly string[]): Promise<Said> => {
  const [opened, pressed] = [[] as number[], [] as number[]];
  const took = stopwatch();
  const official = async (path: string, i: number): Promise<void> => {
    await pause((i * MINUTE_S * 1000) / OFFICIALS);
    const page = await openPage(`${url}${path}`);
    opened.push(page.ms);
    const presses = Array.from({ length: i % DOUBLE === 0 ? 2 : 1 }, () => acknowledge(`${url}${path}`, page.html));
    const receipts = await Promise.all(presses);
    pressed.push(...receipts.map((r) => r.ms));
    if (new Set(receipts.map((r) => r.receipt)).size !== 1) throw new Error('a double click has two receipts');
  };
  await Promise.all(paths.map(official));
  return { opened, pressed, seconds: took() };
};

const figures = async (ledger: Ledger, { opened, pressed, seconds }: Said) => {
  const { events, tasks } = await acknowledged(ledger, CODE);
  const times = (ms: readonly number[]): string => `${round(median(ms))} and ${round(percentile(ms, 0.99))} ms`;
  return [
    atMost('not answered, or recorded twice', OFFICIALS - tasks + (events - tasks), 0, `${OFFICIALS - tasks} and ${events - tasks}`,
      `${pressed.length} presses of ${OFFICIALS} officials, every tenth a double click: ${tasks} tasks with an acknowledgement, ${events} acknowledgements.`),
    atMost('from the first opening to the last answer', seconds, MINUTE_S + 5, `${seconds.toFixed(1)} s`, `One official every ${MINUTE_S} ms, whatever the others wait for.`),
    plain('opening', times(opened), 'Median and 99th percentile.'),
    plain('press to answer', times(pressed), 'Median and 99th percentile; the page waits up to two seconds for the ledger to show it.'),
  ];
};

export const minute: Part = {
  name: 'minute', title: `${OFFICIALS} officials within a minute, everything embedded`,
  about: 'Ledger (PGlite), worker and web in one process with the Temporal dev server on its SQLite file, as `npm start` runs them; the officials are played by the '
    + 'same process. Each opens the link to a task and acknowledges it.',
  run: async () => {
    const home = mkdtempSync(join(tmpdir(), 'dondoc-minute-'));
    const stack = createStack(() => undefined);
    try {
      const { ledger, client, url, clock } = await startEmbedded(home, stack);
      const paths = await plantLinks({ ledger, client }, CODE, OFFICIALS, clock);
      return await figures(ledger, await inAMinute(url, paths));
    } finally {
      await stack.stop();
      rmSync(home, { recursive: true, force: true });
    }
  },
};
