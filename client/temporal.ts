import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { SEARCH_ATTRIBUTES as NAMES } from '../contracts/search-attributes';
import { readRunFile } from './run-file';
import { Unreachable } from './unreachable';

/** Set when a task starts and never changed: the ledger is the board, these only help who looks into Temporal's own UI. */
export const SEARCH_ATTRIBUTES = {
  plan: defineSearchAttributeKey(NAMES.plan, SearchAttributeType.KEYWORD),
  task: defineSearchAttributeKey(NAMES.task, SearchAttributeType.KEYWORD),
  lead: defineSearchAttributeKey(NAMES.lead, SearchAttributeType.KEYWORD),
  dueOn: defineSearchAttributeKey(NAMES.dueOn, SearchAttributeType.KEYWORD),
} as const;

/** gRPC status codes (grpc.io, "Status codes"). */
const GRPC = { cancelled: 1, deadlineExceeded: 4, alreadyExists: 6, unavailable: 14 } as const;
const AWAY_CODES: readonly number[] = [GRPC.unavailable, GRPC.deadlineExceeded, GRPC.cancelled];
const CONNECT_TIMEOUT_MS = 5_000;
type Env = Readonly<Record<string, string | undefined>>;

/** The address by Temporal's own names (environment, then its TOML file), else what a running `dondoc up` wrote into its home. */
export const temporalTarget = async (env: Env, home: string): Promise<{ readonly address: string | undefined; readonly namespace: string }> => {
  const config = connectConfig(env);
  return { address: config.connectionOptions.address ?? (await readRunFile(home))?.temporalAddress, namespace: config.namespace ?? 'default' };
};

const connectConfig = (env: Env): ReturnType<typeof loadClientConnectConfig> =>
  loadClientConnectConfig(
    { overrideEnvVars: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))) }
  );

/** A connected client; throws {@link Unreachable} with the address that was tried. The caller closes `client.connection`. */
export const connectTemporal = async (env: Env, home: string): Promise<Client> => {
  const { connectionOptions: options } = connectConfig(env);
  const { address, namespace } = await temporalTarget(env, home);
  if (address === undefined) throw new Unreachable('temporal', `TEMPORAL_ADDRESS, ${home}/run.json`);
  try {
    const connection = await Connection.connect({
      address,
      connectTimeout: CONNECT_TIMEOUT_MS,
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
    });
    return new Client({ connection, namespace });
  } catch (error) {
    throw new Unreachable('temporal', address, error);
  }
};

/** True where the server is away or silent, as opposed to having answered. */
export const isTemporalAway = (error: unknown): boolean => {
  if (isGrpcServiceError(error)) return AWAY_CODES.includes(error.code);
  return error instanceof Error && error.cause !== undefined && error.cause !== error && isTemporalAway(error.cause);
};

/** Registers the search attributes that the namespace lacks; false where the account may not (then an administrator does, and `doctor` says so). */
export const ensureSearchAttributes = async (client: Client): Promise<boolean> => {
  const service = client.connection.operatorService;
  const namespace = client.options.namespace;
  try {
    const { customAttributes } = await service.listSearchAttributes({ namespace });
    const missing = Object.values(SEARCH_ATTRIBUTES).filter((key) => !(key.name in (customAttributes ?? {})));
    if (missing.length > 0) await service.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing.map((key) => [key.name, KEYWORD])) });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === GRPC.alreadyExists) return true;
    if (isTemporalAway(error)) throw error;
    return false;
  }
};
/** `temporal.api.enums.v1.IndexedValueType`. */
const KEYWORD = 2;
