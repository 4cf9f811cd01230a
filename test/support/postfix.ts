import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../embedded/free-port';
import { untilListening } from './listening';

const MASTER = '/usr/lib/postfix/sbin/master';
export type Postfix = { readonly url: string; readonly port: number; log(): string; stop(): Promise<void> };
export type PostfixOptions = {
  /** Where mail of a domain goes on to: `smtp:[127.0.0.1]:2525`, `lmtp:inet:127.0.0.1:2424`; `*` for every other. */
  readonly routes: Readonly<Record<string, string>>;
  /** Tells the sender of a mail that waits for longer than this. */
  readonly warnAfterSeconds?: number;
};

/** True where Debian's Postfix can be run from here: its `master` starts as root only. */
export const hasPostfix = (): boolean => existsSync(MASTER) && existsSync('/usr/sbin/postfix') && process.getuid?.() === 0;

const mainCf = (dir: string, { routes, warnAfterSeconds = 0 }: PostfixOptions): string => [
  'compatibility_level = 3.6', `queue_directory = ${dir}/queue`, `data_directory = ${dir}/data`, `maillog_file = ${dir}/log`,
  `maillog_file_prefixes = ${dir}`, 'myhostname = relay.example',
  'mydestination =', 'mynetworks = 127.0.0.0/8', 'inet_interfaces = 127.0.0.1', 'inet_protocols = ipv4', 'smtp_dns_support_level = disabled',
  'smtp_host_lookup = native', 'smtp_tls_security_level = none',
  'alias_maps =', 'alias_database =', 'local_recipient_maps =', 'smtpd_relay_restrictions = permit_mynetworks, reject',
  'smtpd_delay_open_until_valid_rcpt = no',
  'queue_run_delay = 1s', 'minimal_backoff_time = 1s', 'maximal_backoff_time = 2s', `delay_warning_time = ${warnAfterSeconds}s`,
  `default_transport = ${routes['*'] ?? 'error:no route'}`,
  `transport_maps = inline:{${Object.entries(routes).filter(([domain]) => domain !== '*').map(([domain, to]) => `{${domain} = ${to}}`).join(', ')}}`, '',
].join('\n');
const masterCf = (port: number): string => [
  `127.0.0.1:${port} inet n - n - - smtpd`, 'cleanup unix n - n - 0 cleanup', 'qmgr unix n - n 1 1 qmgr', 'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce', 'trace unix - - n - 0 bounce', 'verify unix - - n - 1 verify', 'flush unix n - n 1000? 0 flush',
  'proxymap unix - - n - - proxymap', 'smtp unix - - n - - smtp',
  'lmtp unix - - n - - lmtp', 'error unix - - n - - error', 'retry unix - - n - - error', 'anvil unix - - n - 1 anvil', 'scache unix - - n - 1 scache',
  'postlog unix-dgram n - n - 1 postlogd', '',
].join('\n');

/** A Postfix of its own in a temporary folder and on a port of its own: takes everything, passes it on by its routes, and writes real reports to the sender. */
export const startPostfix = async (options: PostfixOptions): Promise<Postfix> => {
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-postfix-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  for (const sub of ['etc', 'queue', 'data']) mkdirSync(join(dir, sub));
  spawnSync('chown', ['postfix', join(dir, 'data')]);
  writeFileSync(join(dir, 'etc', 'main.cf'), mainCf(dir, options));
  writeFileSync(join(dir, 'etc', 'master.cf'), masterCf(port));
  const log = (): string => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const checked = spawnSync('/usr/sbin/postfix', ['-c', join(dir, 'etc'), 'check'], { encoding: 'utf8' });
  const master = spawn(MASTER, ['-c', join(dir, 'etc'), '-d'], { stdio: 'ignore', env: { ...process.env, MAIL_CONFIG: join(dir, 'etc') } });
  const ended = new Promise((resolve) => master.once('exit', resolve));
  await untilListening(port, () => `${checked.stderr}\n${log()}`);
  return {
    url: `smtp://127.0.0.1:${port}`, port, log,
    stop: async () => {
      master.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
