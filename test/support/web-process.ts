import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LINK_SECRET } from './door';

/** `client/web/main.ts` in a process of its own, which is asked as a browser would ask it. */
export type WebProcess = {
  get(path: string): Promise<Answer>;
  /** A form as a browser sends it; what it answers is not followed. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  stop(): Promise<void>;
};
export type Answer = { readonly status: number; readonly html: string };

const ROOT = join(__dirname, '..', '..');
const answerOf = async (asked: Promise<Response>): Promise<Answer> => {
  const answer = await asked;
  return { status: answer.status, html: await answer.text() };
};

/** Settles when it listens. */
export const startWebProcess = async (databaseUrl: string, temporalAddress: string): Promise<WebProcess> => {
  const program = ['-r', join(__dirname, 'swc-require.cjs'), join(ROOT, 'client', 'web', 'main.ts')];
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      DONDOC_LINK_SECRET: LINK_SECRET,
      DONDOC_WEB_PORT: '0',
      DONDOC_METRICS_PORT: '0',
    },
  });
  const ended = once(child, 'exit');
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /"url":"([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the web ended at once: ${said}`)));
  });
  return {
    get: (path) => answerOf(fetch(`${url}${path}`)),
    post: (path, fields) =>
      answerOf(fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
