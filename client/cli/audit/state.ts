import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FINDING_CODES } from './finding';

const instant = z.number().int();
const code = z.enum(FINDING_CODES);
const schema = z.object({
  /** What the last run found, and since when each stands. */
  findings: z.array(z.object({ code, since: instant })).default([]),
  /** What the administrator was told and has not been told to be over. */
  told: z.array(code).default([]),
  /** The last mail to ourselves; `lostSince`: since when none has come back. */
  mail: z.object({ id: z.string(), sentAt: instant, seenAt: instant.nullable(), lostSince: instant.nullable() }).nullable().default(null),
  sms: z.object({ sentAt: instant, isTaken: z.boolean(), lostSince: instant.nullable() }).nullable().default(null),
});
/** What one audit leaves for the next: in a file of the home, so that also a ledger that is away is told once. Real time. */
export type AuditState = z.infer<typeof schema>;
export const NO_STATE: AuditState = { findings: [], told: [], mail: null, sms: null };

const fileOf = (home: string): string => join(home, 'audit.json');

/** What the last run left; nothing where there was none, or its file cannot be read. */
export const readState = async (home: string): Promise<AuditState> => {
  const text = await readFile(fileOf(home), 'utf8').catch(() => undefined);
  if (text === undefined) return NO_STATE;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return NO_STATE;
  }
};

/** Writes it, whole or not at all; makes the home where there is none. */
export const writeState = async (home: string, state: AuditState): Promise<void> => {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const file = fileOf(home);
  await writeFile(`${file}.part`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  await rename(`${file}.part`, file);
};
