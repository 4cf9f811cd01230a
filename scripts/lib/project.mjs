import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Folders whose files are compiled. */
export const SOURCES = ['domain', 'contracts', 'workflows', 'activities', 'worker', 'client', 'config', 'ledger', 'links', 'messages', 'metrics', 'embedded'];

/** Runs a program in the checkout with our own input and output; answers with its exit code, 1 where a signal ended it. */
export const run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => { process.stderr.write(`${program}: ${error.message}\n`); resolve(127); });
    child.once('exit', (code) => resolve(code ?? 1));
  });
/** The same for Node itself. */
export const runNode = (args, options) => run(process.execPath, args, options);

const isOld = ([major]) => Number(major) < 20;
/** Ends with a sentence where Node is older than the version this project is written for. */
export const requireNode = () => {
  if (!isOld(process.versions.node.split('.'))) return;
  process.stderr.write(`Cần Node.js 20 trở lên, máy này có ${process.versions.node}. Đề nghị cài bản mới hơn rồi chạy lại.\n`);
  process.exit(2);
};

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const lockHash = () => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** `npm ci` where the packages are absent or belong to another lock file. Ends with npm's own exit code where that fails. */
export const ensureInstalled = async () => {
  const stamp = join(root, 'node_modules', '.dondoc-lock');
  const installed = join(root, 'node_modules', '.package-lock.json');
  const hash = lockHash();
  if (existsSync(stamp) ? readFileSync(stamp, 'utf8') === hash : modified(installed) >= modified(join(root, 'package-lock.json'))) return;
  if (isLink(join(root, 'node_modules'))) {
    process.stderr.write('node_modules là liên kết đến thư mục khác: npm ci sẽ xóa sạch thư mục đó. Đề nghị bỏ liên kết rồi chạy lại.\n');
    process.exit(2);
  }
  process.stdout.write('Đang cài các thư viện còn thiếu (npm ci) …\n');
  const code = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    process.stderr.write('Chưa cài được thư viện. Đề nghị kiểm tra kết nối tới kho gói npm rồi chạy lại.\n');
    process.exit(code);
  }
  writeFileSync(stamp, hash);
};

/** Newest change of a file in the folders, and of the folders themselves: a file that was deleted counts. */
const newest = (folders) => Math.max(...folders.flatMap((folder) => {
  const dir = join(root, folder);
  return existsSync(dir) ? [modified(dir), ...readdirSync(dir, { recursive: true }).map((file) => modified(join(dir, file)))] : [];
}));

/** Compiles and bundles where `dist` is absent or older than a source. Ends with the compiler's exit code where that fails. */
export const ensureBuilt = async () => {
  const stamp = join(root, 'dist', '.built');
  const changed = Math.max(newest(SOURCES), ...['package-lock.json', 'tsconfig.json', 'scripts/bundle-workflows.mjs'].map((file) => modified(join(root, file))));
  if (modified(stamp) > changed) return;
  process.stdout.write('Đang biên dịch …\n');
  const begun = new Date();
  const code = (await runNode([join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'])) || (await runNode([join('scripts', 'bundle-workflows.mjs')]));
  if (code !== 0) process.exit(code);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, begun.toISOString());
};
