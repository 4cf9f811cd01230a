import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Registry } from 'prom-client';

export type MetricsServer = { readonly url: string; readonly close: () => Promise<void> };
export type MetricsOptions = {
  readonly registry: Registry;
  readonly hostname: string;
  readonly port: number;
  /** Whether this process can do its work at this moment. */
  readonly isReady: () => Promise<boolean>;
  /** Where the SDK's own exporter listens; left out: a process without a worker. */
  readonly sdkUrl?: string;
};

const READY_MS = 3_000;
const SDK_MS = 2_000;

const readySoon = (isReady: () => Promise<boolean>): Promise<boolean> => {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), READY_MS).unref());
  return Promise.race([isReady().catch(() => false), late]);
};

/** What the SDK says of itself, in the same format; nothing where it does not answer. */
const sdkText = async (url: string | undefined): Promise<string> => {
  if (url === undefined) return '';
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(SDK_MS) })).text();
  } catch {
    return '';
  }
};

/** Probes and figures of one process: `/healthz` (it lives), `/readyz` (503 where it cannot work), `/metrics` (ours, then the SDK's: one target). */
export const metricsApp = ({ registry, isReady, sdkUrl }: Omit<MetricsOptions, 'hostname' | 'port'>): Hono => {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const ok = await readySoon(isReady);
    return c.json({ ok }, ok ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const [ours, theirs] = await Promise.all([registry.metrics(), sdkText(sdkUrl)]);
    return c.body(`${ours}${theirs}`, 200, { 'content-type': registry.contentType });
  });
  return app;
};

/** Listens; `url` names the real port where 0 was asked for. Rejects where the port is taken. */
export const serveMetrics = (options: MetricsOptions): Promise<MetricsServer> => new Promise((resolve, reject) => {
  const { hostname, port } = options;
  const server = serve({ fetch: metricsApp(options).fetch, hostname, port }, (info) => resolve({
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${info.port}`, close: () => new Promise((done) => server.close(() => done())),
  }));
  server.once('error', reject);
});
