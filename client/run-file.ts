import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  temporalAddress: z.string().optional(),
  /** Temporal's own pages. */
  uiUrl: z.string().optional(),
  webUrl: z.string().optional(),
  inboxUrl: z.string().optional(),
  /** Where the embedded inbox takes mails. */
  smtpUrl: z.string().optional(),
  metricsUrl: z.string().optional(),
  socketDir: z.string().optional(),
  pid: z.number().int().optional(),
});
/** What a running `dondoc up` tells the other processes of the same home: where its server, its pages and its database are. */
export type RunFile = z.infer<typeof schema>;

export const runFilePath = (home: string): string => join(home, 'run.json');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Undefined when nothing runs in this home: no file, an unreadable one, or one left behind by a process that is gone. */
export const readRunFile = async (home: string): Promise<RunFile | undefined> => {
  try {
    const run = schema.parse(JSON.parse(await readFile(runFilePath(home), 'utf8')));
    return run.pid === undefined || isAlive(run.pid) ? run : undefined;
  } catch {
    return undefined;
  }
};
