import { sql } from 'kysely';
import type { SmsGatewayDescription } from '../../domain/sms-gateway';
import { readGateway } from '../../config/gateways/read';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { type Postgres, postgresPrograms, startPostgres } from '../support/postgres';
import type { Fault } from '../support/smtp-peer';
import { type Child, startChild } from './child';
import type { GatewayFault } from './gateway-faults';
import type { FromGateway, GatewayInput, Text } from './gateway-server';
import { type Line, startLine } from './line';
import { httpReader, ledgerReader, type Submission, smtpReader } from './readers';
import type { FromSmtpServer } from './smtp-server';
import { type Hands, startHands } from './hands';
import { settle } from './people';

/** Each in a process of its own; a line before each one that the worker speaks to. */
export type Site = {
  readonly ledger: Ledger;
  readonly postgres: Postgres;
  readonly lines: { readonly smtp: Line; readonly gateway: Line; readonly ledger: Line };
  readonly hands: Hands;
  /** Mails whose end a server has had, as that server says; and as the line saw it, with whether an answer came. */
  readonly taken: { readonly to: string; readonly bytes: Buffer }[];
  readonly submissions: Submission[];
  readonly texts: Text[];
  /** Everything that workers logged. */
  readonly logs: string[];
  /** `to` undefined: everybody who has none of his own. */
  faultOfSmtp(to: string | undefined, fault: Fault): void;
  faultOfGateway(to: string, fault: GatewayFault): void;
  /** Called when the mail server has a whole mail, or the gateway a whole request, and before it answers. */
  onTaken(listener: (to: string) => void | Promise<void>): void;
  readonly smtp: { kill(): Promise<void>; start(): Promise<void> };
  readonly gateway: { kill(): Promise<void>; start(): Promise<void> };
  /** An empty ledger, and nothing that was taken. `channel`: with an SMS gateway that honours keys, one that does not. */
  fresh(options?: { readonly honoursKeys?: boolean }): Promise<void>;
  stop(): Promise<void>;
};

const SILENCE_MS = 1500;
const NOWHERE = { port: 9, host: '127.0.0.1' } as const;

const whoAsked = (request: string): string => /"Phone":"([^"]*)"/.exec(request)?.[1] ?? '';
/** The shipped description of a reseller whose keys are honoured, or not; two seconds of patience instead of thirty. */
const description = (port: number, honoursKeys: boolean): SmsGatewayDescription => {
  const read = readGateway('intercom', '/');
  if (!read.ok) throw new Error('the shipped description cannot be read');
  const { request, limits } = read.value;
  const filled = JSON.stringify(request).replaceAll('{SMS_URL}', `http://127.0.0.1:${port}/send`).replaceAll(/\{SMS_[A-Z]+\}/g, 'thu');
  return {
    ...read.value, request: JSON.parse(filled) as typeof request, numberFormat: '+84', key: { holdsMinutes: honoursKeys ? 60 : null },
    limits: { ...limits, concurrency: 10, ratePerSecond: null, timeoutSeconds: 2 },
  };
};

const portOf = (said: FromSmtpServer | FromGateway): number => ('port' in said ? said.port : 0);
type Heard = (to: string) => void | Promise<void>;
const startSmtp = async (line: Line, taken: Site['taken'], heard: Heard): Promise<Child<FromSmtpServer>> => {
  const child = await startChild<FromSmtpServer>('smtp-server.ts', {});
  child.onSaid((said) => {
    if ('port' in said) return;
    taken.push({ to: said.taken.to, bytes: Buffer.from(said.taken.base64, 'base64') });
    void Promise.resolve(heard(said.taken.to)).then(() => child.tell({ written: said.taken.n }));
  });
  line.lead({ port: portOf(child.first), host: '127.0.0.1' });
  return child;
};

type Hearing = { readonly texts: Text[]; readonly heard: Heard };
const startGateway = async (line: Line, honoursKeys: boolean, { texts, heard }: Hearing): Promise<Child<FromGateway>> => {
  const child = await startChild<FromGateway>('gateway-server.ts', { honoursKeys, keys: texts.map((t) => t.key) } satisfies GatewayInput);
  child.onSaid((said) => {
    if ('port' in said) return;
    texts.push(said.taken);
    void Promise.resolve(heard(said.taken.to)).then(() => child.tell({ written: said.taken.n }));
  });
  line.lead({ port: portOf(child.first), host: '127.0.0.1' });
  return child;
};

const emptied = async (ledger: Ledger): Promise<void> => {
  await sql`drop schema if exists public cascade`.execute(ledger);
  await sql`create schema public`.execute(ledger);
  await migrateLedger(ledger);
  await settle(ledger);
};

/** Everything that delivery needs, on PostgreSQL. @throws where it is not installed: see {@link canStartSite}. */
export const startSite = async (): Promise<Site> => {
  const postgres = await startPostgres(postgresPrograms() ?? '');
  const ledger = connectLedger({ socketDir: postgres.socketDir });
  const submissions: Submission[] = [];
  const taken: { readonly to: string; readonly bytes: Buffer }[] = [];
  const texts: Text[] = [];
  const logs: string[] = [];
  const lines = {
    smtp: await startLine(NOWHERE, smtpReader(submissions)), gateway: await startLine(NOWHERE, httpReader(whoAsked)),
    ledger: await startLine({ path: `${postgres.socketDir}/.s.PGSQL.5432` }, ledgerReader),
  };
  let heard: Heard = () => undefined;
  const onTaken: Heard = (to) => heard(to);
  let honoursKeys = true;
  const startServers = async () => Promise.all([startSmtp(lines.smtp, taken, onTaken), startGateway(lines.gateway, honoursKeys, { texts, heard: onTaken })]);
  let [smtp, gateway] = await startServers();
  const hands = await startHands(() => ({
    ledgerUrl: `postgres://postgres@127.0.0.1:${lines.ledger.port}/postgres`, smtpUrl: `smtp://127.0.0.1:${lines.smtp.port}`,
    gateway: description(lines.gateway.port, honoursKeys), silenceMs: SILENCE_MS,
  }), ledger, logs);
  return {
    ledger, postgres, lines, hands, taken, submissions, texts, logs,
    faultOfSmtp: (to, fault) => smtp.tell({ fault: { fault, ...(to === undefined ? {} : { to }) } }),
    faultOfGateway: (to, fault) => gateway.tell({ fault: { to, fault } }),
    onTaken: (next) => { heard = next; },
    smtp: { kill: () => smtp.kill(), start: async () => { smtp = await startSmtp(lines.smtp, taken, onTaken); } },
    gateway: { kill: () => gateway.kill(), start: async () => { gateway = await startGateway(lines.gateway, honoursKeys, { texts, heard: onTaken }); } },
    fresh: async (options = {}) => {
      const wanted = options.honoursKeys ?? true;
      await emptied(ledger);
      hands.forget();
      Object.values(lines).forEach((line) => line.listen(() => 'pass'));
      [submissions, taken, texts].forEach((all) => all.splice(0));
      heard = () => undefined;
      if (wanted === honoursKeys) return;
      honoursKeys = wanted;
      await gateway.kill();
      gateway = await startGateway(lines.gateway, honoursKeys, { texts, heard: onTaken });
      await hands.restart();
    },
    stop: async () => {
      await Promise.all([smtp.kill(), gateway.kill(), hands.kill()]);
      await Promise.all(Object.values(lines).map((line) => line.stop()));
      await ledger.close();
      await postgres.stop();
    },
  };
};

/** Servers are killed with all their processes, which needs PostgreSQL's own and Linux. */
export const canStartSite = (): boolean => postgresPrograms() !== undefined && process.platform === 'linux';
