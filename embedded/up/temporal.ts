import type { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { join } from 'node:path';
import { connectTemporal, ensureSearchAttributes } from '../../client/temporal';
import type { Env, Settings } from '../../config/env';
import { findTemporalCli } from '../temporal-binaries';
import { startDevServer } from '../temporal-server';
import type { Stack } from './stack';

/** Where Temporal's own programs listen by habit: a port that is taken is replaced by a free one. */
const PORTS = { server: 7233, ui: 8233 } as const;

/** `say`: for the person in front of the terminal; `log`: for the log. */
export type Speak = { readonly say: (line: string) => void; readonly log: (line: string) => void };

export type Temporal = {
  readonly address: string;
  /** Undefined for a server that somebody else runs. */
  readonly uiUrl: string | undefined;
  readonly client: Client;
  readonly native: NativeConnection;
  readonly namespace: string;
  /** Settles when our own server has ended; never for somebody else's. */
  readonly ended: Promise<void>;
};

const definedOnly = (env: Env): Record<string, string> => Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
const connectWorker = (env: Env): Promise<NativeConnection> => NativeConnection.connect(loadClientConnectConfig({ overrideEnvVars: definedOnly(env) }).connectionOptions);

/** The server that `TEMPORAL_ADDRESS` names, or one of our own as a child of this process; connected either way. */
export const startTemporal = async (settings: Settings, env: Env, stack: Stack, speak: Speak): Promise<Temporal> => {
  const found = await findTemporalCli({ address: settings.temporalAddress, explicitPath: settings.temporalCli, env, ...speak });
  const own = found.kind === 'program'
    ? await startDevServer({ cli: found.path, dbFile: join(settings.home, 'temporal.db'), port: PORTS.server, uiPort: PORTS.ui, logFile: join(settings.home, 'temporal.log') })
    : undefined;
  if (own) stack.onStop('temporal', own.stop);
  const address = own?.address ?? (found.kind === 'address' ? found.address : '');
  const reached: Env = own ? { ...env, TEMPORAL_ADDRESS: address } : env;
  const client = await connectTemporal(reached, settings.home);
  stack.onStop('client', () => client.connection.close());
  await ensureSearchAttributes(client);
  const native = await connectWorker(reached);
  stack.onStop('native connection', () => native.close());
  return { address, uiUrl: own?.uiUrl, client, native, namespace: client.options.namespace, ended: own?.ended ?? new Promise(() => undefined) };
};
