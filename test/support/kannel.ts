import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../embedded/free-port';
import { untilListening } from './listening';

const PROGRAMS = { bearerbox: '/usr/sbin/bearerbox', smsbox: '/usr/sbin/smsbox', fakesmsc: '/usr/lib/kannel/test/fakesmsc' } as const;

export type Kannel = {
  /** Settings of the shipped description for this Kannel. */
  readonly settings: Readonly<Record<string, string>>;
  /** An operator connects: from then on messages are taken and reported. */
  connectOperator(): Promise<void>;
  /** Texts that the operator got, as it wrote them down: sender, number, words. */
  heard(): readonly string[];
  stop(): Promise<void>;
};

/** True where Debian's `kannel` and `kannel-extras` are installed. */
export const hasKannel = (): boolean => Object.values(PROGRAMS).every((path) => existsSync(path));

const PASSWORD = 'foo&bar=1+%d';
const config = (ports: Readonly<Record<'admin' | 'box' | 'smsc' | 'send', number>>): string => [
  'group = core', `admin-port = ${ports.admin}`, 'admin-interface = 127.0.0.1', 'admin-password = admin', `smsbox-port = ${ports.box}`, 'box-allow-ip = 127.0.0.1', 'dlr-storage = internal', '',
  'group = smsc', 'smsc = fake', 'smsc-id = fake', `port = ${ports.smsc}`, 'connect-allow-ip = 127.0.0.1', '',
  'group = smsbox', 'bearerbox-host = 127.0.0.1', `sendsms-port = ${ports.send}`, 'sendsms-interface = 127.0.0.1', '',
  'group = sendsms-user', 'username = tester', `password = "${PASSWORD}"`, '',
  'group = sms-service', 'keyword = default', 'max-messages = 0', 'get-url = http://127.0.0.1:9/', '',
].join('\n');

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()));

/** A Kannel of its own in a temporary folder: `bearerbox`, `smsbox`, and an operator that connects when it is told to. */
export const startKannel = async (): Promise<Kannel> => {
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-kannel-'));
  const [admin, box, smsc, send] = [await freePort(), await freePort(), await freePort(), await freePort()];
  writeFileSync(join(dir, 'kannel.conf'), config({ admin, box, smsc, send }));
  const children: ChildProcess[] = [];
  const log = (): string => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const run = (program: keyof typeof PROGRAMS, ...args: string[]): void => {
    const child = spawn('/bin/sh', ['-c', 'out="$1"; shift; exec "$@" >> "$out" 2>&1', 'sh', join(dir, program === 'fakesmsc' ? 'heard' : 'log'), PROGRAMS[program], ...args], { cwd: dir, stdio: 'ignore' });
    children.push(child);
  };
  run('bearerbox', '-v', '4', 'kannel.conf');
  await untilListening(box, log);
  run('smsbox', '-v', '4', 'kannel.conf');
  await untilListening(send, log);
  await untilListening(smsc, log);
  return {
    settings: { SMS_URL: `http://127.0.0.1:${send}/cgi-bin/sendsms`, SMS_USER: 'tester', SMS_PASSWORD: PASSWORD, SMS_SENDER: 'SCT.TB' },
    connectOperator: async () => run('fakesmsc', '-H', '127.0.0.1', '-r', String(smsc), '-i', '100000', '-m', '0', 'a b text c'),
    heard: () => (existsSync(join(dir, 'heard')) ? [...readFileSync(join(dir, 'heard'), 'utf8').matchAll(/Got message \d+: <([^>]*)>/g)].map(([, text = '']) => text) : []),
    stop: async () => {
      for (const child of children.reverse()) {
        child.kill('SIGKILL');
        await ended(child);
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
