import { createTransport } from 'nodemailer';
import { Pool } from 'pg';
import { SENDER } from '../settings';

/** As the mailer of dondoc has it. */
const CONNECTIONS = 40;

/** One table beside the ledger's: frozen bytes by key, and what was sent. */
export const RAW_TABLES = [
  'create table raw_mail (key text primary key, address text not null, content bytea not null)',
  'create table raw_sent (key text primary key, address text not null, response text not null, sent_at timestamptz not null default now())',
  'create table raw_row (key text primary key, written integer not null)',
];

export const rawPool = (socketDir: string, max: number): Pool => new Pool({ host: socketDir, port: 5432, user: 'postgres', database: 'postgres', max });

export const pooledTransport = (smtpUrl: string) => createTransport({ url: smtpUrl, pool: true, maxConnections: CONNECTIONS, maxMessages: Infinity });
export type Transport = ReturnType<typeof pooledTransport>;

export type RawMail = { readonly key: string; readonly address: string; readonly content: Buffer };
/** The loop that somebody writes first: give the bytes, write one row that they were taken. */
export const sendRaw = async (transport: Transport, pool: Pool, { key, address, content }: RawMail): Promise<void> => {
  const { response } = await transport.sendMail({ envelope: { from: SENDER, to: [address] }, raw: content });
  await pool.query('insert into raw_sent (key, address, response) values ($1, $2, $3)', [key, address, response]);
};
