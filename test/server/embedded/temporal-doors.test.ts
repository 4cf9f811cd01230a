import { Client, Connection } from '@temporalio/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '../../../config/env';
import { findTemporalCli } from '../../../embedded/temporal-binaries';
import { type DevServer, startDevServer } from '../../../embedded/temporal-server';

const TERMINATE = '/api/v1/namespaces/default/workflows/post/terminate';
const PAGE_ELSEWHERE = { 'content-type': 'text/plain', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };

let dir: string;
let server: DevServer;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dondoc-doors-'));
  const found = await findTemporalCli({ address: null, explicitPath: null, env: processEnv(), say: () => undefined, log: () => undefined });
  if (found.kind !== 'program') throw new Error('no program of Temporal');
  server = await startDevServer({ cli: found.path, logFile: join(dir, 'log') });
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection });
  await client.workflow.start('nobody-works-for-it', { workflowId: 'post', taskQueue: 'none' });
}, 120_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** As a browser would send it, `Host` included. */
const send = (url: string, method: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(method === 'POST' ? '{"reason":"x"}' : undefined);
  });
const isRunning = async (): Promise<boolean> => (await client.workflow.getHandle('post').describe()).status.name === 'RUNNING';
const portOf = (url: string): string => new URL(url).port;

test('the HTTP port ends no workflow for a page of another site, nor for anybody else', async () => {
  const url = `${server.httpUrl}${TERMINATE}`;
  expect(await send(url, 'POST', PAGE_ELSEWHERE)).toBe(403);
  expect(await send(url, 'POST', { 'content-type': 'text/plain' })).toBe(403);
  expect(await send(url, 'POST', { ...PAGE_ELSEWHERE, host: `evil.example:${portOf(url)}` })).toBe(403);
  expect(await isRunning()).toBe(true);
}, 60_000);

test('the pages of Temporal act for their own page alone, also where another site points its name here', async () => {
  const url = `${server.uiUrl}${TERMINATE}`;
  const own = `evil.example:${portOf(url)}`;
  expect(await send(url, 'POST', PAGE_ELSEWHERE)).toBe(403);
  expect(await send(url, 'POST', { 'content-type': 'text/plain', origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await send(url, 'POST', { 'content-type': 'text/plain', host: own, origin: `http://${own}`, 'sec-fetch-site': 'same-origin' })).toBe(403);
  expect(await send(`${server.uiUrl}/api/v1/namespaces/default/workflows`, 'GET', { host: own })).toBe(403);
  expect(await isRunning()).toBe(true);
}, 60_000);

test('the person at this machine reads and uses the pages as ever', async () => {
  expect(await send(`${server.uiUrl}/`, 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
  const page = await fetch(`${server.uiUrl}/api/v1/namespaces/default/workflows`);
  expect(await page.json()).toMatchObject({ executions: [{ execution: { workflowId: 'post' } }] });
  expect(await send(`${server.uiUrl}${TERMINATE}`, 'POST', { 'content-type': 'application/json', origin: server.uiUrl ?? '', 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await isRunning()).toBe(false);
}, 60_000);
