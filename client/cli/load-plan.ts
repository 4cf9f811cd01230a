import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readDirectory } from '../../config/directory';
import { loadPlanFile, type PlanReading, readPlan } from '../../config/read-plan';
import type { Directory, Plan, PlanWarning } from '../../domain/plan';
import { type Problem, usage } from './errors';
import type { Io } from './io';
import { parseDay } from './parse';

export type PlanOptions = { readonly code?: string; readonly issuedOn?: string; readonly directory?: string };
export type InputFile = { readonly name: string; readonly path: string; readonly bytes: Uint8Array };
export type LoadedPlan = { readonly file: InputFile; readonly directory: Directory; readonly reading: PlanReading };

/** A file named on the command line, relative to where the command was typed. */
export const readInput = async (io: Io, path: string): Promise<InputFile> => {
  const full = resolve(io.cwd, path);
  return { name: basename(full), path: full, bytes: await readFile(full) };
};

/** The folder of our package.json: `dist/` or the sources, both lie below it. */
const packageRoot = (): string => {
  for (let at = __dirname; dirname(at) !== at; at = dirname(at)) if (existsSync(join(at, 'package.json'))) return at;
  return __dirname;
};
const DIRECTORY_FILE = /^thu-muc.*\.ya?ml$/;

/** The directory beside the plan (`thu-muc*.yaml`), else the one of the shipped example. */
export const defaultDirectoryPath = async (planPath: string): Promise<string> => {
  const beside = (await readdir(dirname(planPath))).filter((name) => DIRECTORY_FILE.test(name)).sort()[0];
  return beside === undefined ? join(packageRoot(), 'examples', 'thu-muc-thai-binh.yaml') : join(dirname(planPath), beside);
};

/** A directory file without errors; throws bad usage with all of them otherwise. */
export const loadDirectory = async (io: Io, path: string): Promise<{ readonly directory: Directory; readonly warnings: readonly PlanWarning[] }> => {
  const file = await readInput(io, path);
  const { directory, warnings, errors } = readDirectory(Buffer.from(file.bytes).toString('utf8'), file.name);
  if (directory === null) throw usage('bad-directory', `Tệp danh bạ ${file.name} có ${errors.length} lỗi.`, errors);
  return { directory, warnings };
};

/** Reads a plan with the directory named, or `known`, or the default one; errors of the plan are left to the caller. */
export const loadPlan = async (io: Io, path: string, options: PlanOptions, known?: Directory): Promise<LoadedPlan> => {
  const full = resolve(io.cwd, path);
  const loaded = await loadPlanFile(full);
  if (!loaded.ok) throw usage('bad-plan', `Không đọc được tệp ${basename(full)}.`, loaded.errors);
  const directory = options.directory === undefined && known !== undefined ? known : (
    await loadDirectory(io, options.directory ?? (await defaultDirectoryPath(full)))
  ).directory;
  const reading = readPlan(loaded.file, {
    directory,
    ...(options.code === undefined ? {} : { code: options.code }),
    ...(options.issuedOn === undefined ? {} : { issuedOn: parseDay(options.issuedOn, '--issued-on') }),
  });
  return { file: { ...loaded.file, path: full }, directory, reading };
};

/** The plan itself; throws bad usage with every error of the file otherwise. */
export const planOf = ({ file, reading }: LoadedPlan): Plan => {
  if (reading.plan === null || reading.errors.length > 0) throw usage(
    'bad-plan',
    `Tệp ${file.name} có ${reading.errors.length} lỗi; chưa làm gì.`,
    reading.errors satisfies readonly Problem[],
  );
  return reading.plan;
};
