import type { Client } from '@temporalio/client';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { calendarOf, clockOf } from '../../client/services';
import { type StartedPlan, startPlan } from '../../client/start-plan';
import { readDirectory } from '../../config/directory';
import { loadPlanFile, readPlan } from '../../config/read-plan';
import { ourTime } from '../../contracts/clock';
import type { Directory } from '../../domain/plan';
import { dateAt } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { importDirectory, readDirectory as storedDirectory } from '../../ledger/directory';
import { projectRoot } from '../project-root';

const EXAMPLES = { plan: 'ke-hoach-25-ctr-thai-binh.txt', directory: 'thu-muc-thai-binh.yaml', code: 'CN18', issuedOn: '2018-10-22' } as const;

const exampleFile = (name: string): string => join(projectRoot(), 'examples', name);

const loadDirectory = async (): Promise<Directory> => {
  const path = exampleFile(EXAMPLES.directory);
  const { directory, errors } = readDirectory(await readFile(path, 'utf8'), basename(path));
  if (directory === null) throw new Error(`${basename(path)}: ${errors.map((e) => `${e.where}: ${e.message}`).join('; ')}`);
  return directory;
};

/**
 * Imports the demonstration directory where there is none, and starts the real plan of 22/10/2018 by the same functions as `plan start`. Harmless when it
 * was started before: then every task is `refused`.
 */
export const startExample = async (ledger: Ledger, client: Client, realNow: number): Promise<StartedPlan> => {
  const clock = await clockOf(ledger, realNow);
  const now = ourTime(clock, realNow);
  const directory = (await storedDirectory(ledger)) ?? (await loadDirectory());
  await importDirectory(ledger, directory, { replace: false, today: dateAt(now) });
  const loaded = await loadPlanFile(exampleFile(EXAMPLES.plan));
  if (!loaded.ok) throw new Error(`${EXAMPLES.plan}: ${loaded.errors.map((e) => e.message).join('; ')}`);
  const { plan, errors } = readPlan(loaded.file, { directory, code: EXAMPLES.code, issuedOn: EXAMPLES.issuedOn });
  if (plan === null) throw new Error(`${EXAMPLES.plan}: ${errors.map((e) => e.message).join('; ')}`);
  return startPlan({ ledger, client, plan, file: loaded.file, startAt: now, now, clock, calendar: await calendarOf(ledger) });
};
