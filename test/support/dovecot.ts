import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../embedded/free-port';
import { untilListening } from './listening';

const PROGRAM = '/usr/sbin/dovecot';
const FILES = [PROGRAM, '/usr/lib/dovecot/imap', '/usr/lib/dovecot/lmtp', '/usr/lib/dovecot/modules/lib90_sieve_plugin.so'];
const PASSWORD = 'mat-khau';
export type Dovecot = {
  readonly imapPort: number;
  readonly lmtpPort: number;
  /** The mailbox of an address, as `IMAP_URL` names it. */
  imapUrl(address: string, password?: string): string;
  log(): string;
  stop(): Promise<void>;
};

/** True where Debian's Dovecot with IMAP, LMTP and Sieve can be run from here: it starts as root only. */
export const hasDovecot = (): boolean => FILES.every((path) => existsSync(path)) && process.getuid?.() === 0;

const config = (dir: string, imapPort: number, lmtpPort: number): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%u
mail_fsync = never
passdb {
  driver = passwd-file
  args = ${dir}/users
}
userdb {
  driver = passwd-file
  args = ${dir}/users
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = file:${dir}/mail/duplicate.sieve
}
`;
const SIEVE = 'require ["duplicate"];\nif duplicate { discard; stop; }\n';

/**
 * A Dovecot of its own in a temporary folder and on ports of its own: takes mail for these addresses by LMTP, drops a second copy of one with the same
 * Message-ID (Sieve, RFC 7352), refuses other addresses with 550 5.1.1, and shows the mailboxes by IMAP.
 */
export const startDovecot = async (addresses: readonly string[]): Promise<Dovecot> => {
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-dovecot-'));
  chmodSync(dir, 0o755);
  const [imapPort, lmtpPort] = [await freePort(), await freePort()];
  for (const sub of ['run', 'state', 'mail', ...addresses.map((a) => `mail/${a}`)]) mkdirSync(join(dir, sub));
  const [uid, gid] = ['-u', '-g'].map((flag) => execFileSync('id', [flag, 'dovecot'], { encoding: 'utf8' }).trim());
  writeFileSync(join(dir, 'users'), addresses.map((a) => `${a}:{PLAIN}${PASSWORD}:${uid}:${gid}::${dir}/mail/${a}\n`).join(''));
  writeFileSync(join(dir, 'mail', 'duplicate.sieve'), SIEVE);
  execFileSync('chown', ['-R', 'dovecot:dovecot', join(dir, 'mail')]);
  writeFileSync(join(dir, 'dovecot.conf'), config(dir, imapPort, lmtpPort));
  const log = (): string => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const server = spawn(PROGRAM, ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await Promise.all([untilListening(imapPort, log), untilListening(lmtpPort, log)]);
  return {
    imapPort, lmtpPort, log, imapUrl: (address, password = PASSWORD) => `imap://${encodeURIComponent(address)}:${password}@127.0.0.1:${imapPort}/INBOX`,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
