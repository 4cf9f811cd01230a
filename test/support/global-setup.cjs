/** Once per run of jest: the workflows become one bundle for all test files, unless it is newer than every source in it. */
const { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const bundle = join(root, '.cache', 'test-workflow-bundle.js');
const newest = (dir) => Math.max(0, ...readdirSync(join(root, dir), { recursive: true }).map((file) => statSync(join(root, dir, file)).mtimeMs));
const isFresh = () =>
  existsSync(bundle) && statSync(bundle).mtimeMs > Math.max(...['workflows', 'domain', 'contracts'].map(newest), statSync(join(root, 'package-lock.json')).mtimeMs);

module.exports = async () => {
  if (isFresh()) return;
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  const { code } = await bundleWorkflowCode({ workflowsPath: join(root, 'workflows', 'index.ts'), logger: new DefaultLogger('WARN') });
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(`${bundle}.${process.pid}`, code);
  renameSync(`${bundle}.${process.pid}`, bundle);
};
