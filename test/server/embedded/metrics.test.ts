import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '../../../config/env';
import { type Running, up } from '../../../embedded/up';
import { parse } from 'yaml';
import { connectLedger } from '../../../ledger/connect';
import { writeAudit, writeMailboxCheck } from '../../../ledger/settings';
import { until } from '../../support/live-site';
import { workflowBundle } from '../../support/temporal';

const RULES = join(__dirname, '..', '..', '..', 'examples', 'prometheus-alerts.yaml');
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) process.stderr.write('SKIPPED: promtool is not installed here; the alert rules were read for their names only.\n');

const home = mkdtempSync(join(tmpdir(), 'dondoc-metrics-'));
let running: Running;
beforeAll(async () => {
  const env = { PATH: processEnv()['PATH'], HOME: processEnv()['HOME'], LOG_LEVEL: 'warn', DONDOC_METRICS_PORT: '0' };
  running = await up({ env, home, fresh: false, realClock: false, ports: { web: 0, inbox: 0, smtp: 0 }, workflowBundle: workflowBundle.codePath, say: () => undefined });
}, 120_000);
afterAll(async () => {
  await running.stop();
  rmSync(home, { recursive: true, force: true });
});

const metricsUrl = (): string => running.metricsUrl ?? '';
const scrape = async (): Promise<string> => (await fetch(`${metricsUrl()}/metrics`)).text();
/** Names as they are served: of samples, histograms with their endings. */
const namesIn = (text: string): ReadonlySet<string> => new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => /^[\w:]+/.exec(line)?.[0] ?? ''));
const valueOf = (text: string, sample: string): number => Number(new RegExp(`^${sample.replace(/[{}"]/g, '\\$&')} (.*)$`, 'm').exec(text)?.[1] ?? NaN);

/** Words of an expression that can only be metrics: ours, the SDK's, and `up`, which Prometheus writes itself. */
const metricsOf = (expression: string): readonly string[] => [...expression.matchAll(/\b(?:dondoc|temporal|process|nodejs)_\w+/g)].map(([name]) => name);
const expressions = (): readonly string[] =>
  (parse(readFileSync(RULES, 'utf8')) as { groups: { rules: { expr: string }[] }[] }).groups.flatMap((group) => group.rules.map((rule) => rule.expr));

test('one target shows the ledger, what this process did, and the SDK; probes answer beside it', async () => {
  await until('mails and text messages are counted', async () => {
    const text = await scrape();
    return valueOf(text, 'dondoc_submissions_total{channel="email",outcome="accepted"}') > 0 && valueOf(text, 'dondoc_submissions_total{channel="sms",outcome="accepted"}') > 0;
  });
  await until('a pass of the post is seen', async () => valueOf(await scrape(), 'dondoc_post_last_pass_timestamp_seconds') > 0);
  const text = await scrape();
  expect(valueOf(text, 'dondoc_ledger_up')).toBe(1);
  expect(valueOf(text, 'dondoc_ledger_query_seconds_count')).toBeGreaterThan(10);
  expect([...text.matchAll(/^dondoc_tasks\{state="\w+"\} (\d+)$/gm)].reduce((sum, [, n]) => sum + Number(n), 0)).toBe(12);
  expect(text).toMatch(/^temporal_\w+\{[^}]*task_queue="dondoc"/m);
  expect((await fetch(`${metricsUrl()}/healthz`)).status).toBe(200);
  expect((await fetch(`${metricsUrl()}/readyz`)).status).toBe(200);
  expect((await fetch(`${metricsUrl()}/`)).status).toBe(404);
}, 120_000);

test('no address, no number of a phone and no task stands in the figures, and their number has a limit', async () => {
  const text = await scrape();
  expect(text).not.toMatch(/@|\+84|CN18|\/t\//);
  expect(text.split('\n').length).toBeLessThan(3_000);
});

test('every metric that a rule names is served', async () => {
  const ledger = connectLedger({ socketDir: running.socketDir ?? '' });
  await writeMailboxCheck(ledger, { at: Date.now(), problem: null });
  await writeAudit(ledger, { at: Date.now(), codes: ['held'] });
  await ledger.close();
  await until('the mailbox and a pass of the post are seen', async () => {
    const text = await scrape();
    return valueOf(text, 'dondoc_mailbox_readable') === 1 && valueOf(text, 'dondoc_post_last_pass_timestamp_seconds') > 0;
  });
  const names = namesIn(await scrape());
  const wanted = expressions().flatMap(metricsOf);
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

(hasPromtool ? test : test.skip)('promtool takes the rules, and finds nothing to mend in what we serve of our own', async () => {
  execFileSync('promtool', ['check', 'rules', RULES], { stdio: 'pipe' });
  const ours = (await scrape()).split('\n').filter((line) => /^(?:# (?:HELP|TYPE) )?dondoc_/.test(line)).join('\n');
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: `${ours}\n`, encoding: 'utf8' });
  expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
});
