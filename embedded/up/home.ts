import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openToOthers, UP_PARTS } from '../../client/home-modes';
import { linkSecretPath } from '../../client/link-key';
import { type RunFile, runFilePath } from '../../client/run-file';

/** Whose time a home keeps; decided once, when it is made. */
export type HomeKind = 'demonstration' | 'real';

/** Something in the way of starting, as a sentence that says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const KIND_FILE = 'home.json';

/** Undefined for a folder that is no home, or one whose mark cannot be read. */
export const homeKind = (home: string): HomeKind | undefined => {
  try {
    const mark: unknown = JSON.parse(readFileSync(join(home, KIND_FILE), 'utf8'));
    const kind = typeof mark === 'object' && mark !== null && 'clock' in mark ? mark.clock : undefined;
    return kind === 'demonstration' || kind === 'real' ? kind : undefined;
  } catch {
    return undefined;
  }
};

const holdsData = (home: string): boolean => existsSync(home) && readdirSync(home).some((name) => UP_PARTS.includes(name));

/** Removes what `up` wrote, and nothing else. @throws CannotStart where the data may be real. */
export const wipeHome = (home: string): void => {
  if (!holdsData(home)) return;
  if (homeKind(home) !== 'demonstration') {
    throw new CannotStart(`Không xóa ${home}: thư mục này giữ dữ liệu theo thời gian thực. Muốn bỏ dữ liệu đó, đề nghị tự chuyển thư mục đi nơi khác rồi chạy lại.`);
  }
  for (const name of UP_PARTS) rmSync(join(home, name), { recursive: true, force: true });
};

/**
 * Takes from other accounts of this machine what a home that was there before, or that was copied, leaves open to
 * them: the key of the links, the ledger, the mailboxes. The folder itself too where only ours lies in it. The paths
 * that were closed.
 */
const closeHome = (home: string): readonly string[] => {
  const { folder, parts } = openToOthers(home);
  const open = [...(folder?.isOursAlone === true ? [folder.path] : []), ...parts];
  for (const path of open) {
    try {
      chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
    } catch {
      throw new CannotStart(`Tài khoản khác đọc được ${path}, và không thu hẹp được quyền. Đề nghị đổi chủ sở hữu thư mục ${home}, hoặc đặt DONDOC_HOME là một thư mục khác.`);
    }
  }
  return open;
};

/**
 * Makes the folder, or takes the one that is there; what of it was open to other accounts and is closed now.
 * @throws CannotStart where it keeps the other kind of time, or cannot be closed
 */
export const openHome = (home: string, kind: HomeKind): readonly string[] => {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const there = homeKind(home);
  if (there === undefined && holdsData(home)) throw new CannotStart(`Thư mục ${home} có dữ liệu nhưng không rõ theo thời gian nào. Đề nghị đặt DONDOC_HOME là một thư mục khác.`);
  if (there !== undefined && there !== kind) {
    throw new CannotStart(
      there === 'real'
        ? `Thư mục ${home} giữ dữ liệu theo thời gian thực. Đề nghị thêm --real-clock, hoặc đặt DONDOC_HOME là một thư mục khác.`
        : `Thư mục ${home} giữ dữ liệu trình diễn. Đề nghị bỏ --real-clock, hoặc đặt DONDOC_HOME là một thư mục khác.`,
    );
  }
  writeFileSync(join(home, KIND_FILE), `${JSON.stringify({ clock: kind })}\n`, { mode: 0o600 });
  return closeHome(home);
};

/** The key of this home's links: made once, readable by its owner alone. */
export const linkSecretOf = (home: string): string => {
  const file = linkSecretPath(home);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
};

/** Tells other processes of this home where everything is; they see the whole file or none. */
export const writeRunFile = (home: string, run: RunFile): void => {
  const file = runFilePath(home);
  writeFileSync(`${file}.part`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
};
export const removeRunFile = (home: string): void => rmSync(runFilePath(home), { force: true });
