import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../embedded/free-port';
import { untilListening } from './listening';

export type Proxy = { readonly port: number; readonly log: () => string; stop(): Promise<void> };
type ProxyKind = {
  readonly program: string;
  /** A proxy of its own folder and port in front of a port, by a block of its own language. */
  readonly start: (block: string, port: number) => Promise<Proxy>;
};

/** The block of docs/security.md in the language of a proxy. */
export const documentedBlock = (language: 'nginx' | 'caddyfile'): string => {
  const found = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(readFileSync('docs/security.md', 'utf8'))?.[1];
  if (found === undefined) throw new Error(`docs/security.md has no block of ${language}`);
  return found;
};

const run = async (program: string, args: readonly string[], { dir, port }: { readonly dir: string; readonly port: number }): Promise<Proxy> => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { said += part.toString(); });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const logFile = join(dir, 'access.log');
  await untilListening(port, () => said);
  return {
    port, log: () => `${existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''}${said}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** Without TLS and with a log of its own; the rest of the block stays as it is. */
const nginxHere = (block: string, dir: string, port: number, behind: number): string => block
  .replace(/listen [^;]+;/, `listen 127.0.0.1:${port};`).replace(/\n *ssl_[^;]+;/g, '').replaceAll('/var/log/nginx/dondoc.log', `${dir}/access.log`)
  .replaceAll('127.0.0.1:8080', `127.0.0.1:${behind}`);

const nginx: ProxyKind = {
  program: '/usr/sbin/nginx',
  start: async (block, behind) => {
    const [dir, port] = [mkdtempSync(join(tmpdir(), 'dondoc-nginx-')), await freePort()];
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`).join(' ');
    writeFileSync(join(dir, 'nginx.conf'), [
      `daemon off; pid ${dir}/pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}`, 'events {}',
      `http { access_log ${dir}/access.log; ${temporary}`, nginxHere(block, dir, port, behind), '}',
    ].join('\n'));
    return run(nginx.program, ['-p', dir, '-c', join(dir, 'nginx.conf')], { dir, port });
  },
};

const caddy: ProxyKind = {
  program: '/usr/bin/caddy',
  start: async (block, behind) => {
    const [dir, port] = [mkdtempSync(join(tmpdir(), 'dondoc-caddy-')), await freePort()];
    const here = block.replace(/^nv\.example/m, `http://127.0.0.1:${port}, http://nv.example:${port}`).replaceAll('127.0.0.1:8080', `127.0.0.1:${behind}`);
    writeFileSync(join(dir, 'Caddyfile'), `{\n  admin off\n}\n${here}`);
    return run(caddy.program, ['run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], { dir, port });
  },
};

export const PROXIES = { nginx, caddy } as const;
export const hasProxy = (kind: keyof typeof PROXIES): boolean => existsSync(PROXIES[kind].program);
