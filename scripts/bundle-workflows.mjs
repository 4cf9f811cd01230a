// Makes dist/workflow-bundle.js of the compiled workflows, so that a worker starts without a bundler.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { root } from './lib/project.mjs';

const workflowsPath = join(root, 'dist', 'workflows', 'index.js');
if (!existsSync(workflowsPath)) {
  process.stderr.write(`${workflowsPath} is not there: run npm run build\n`);
  process.exit(1);
}
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist', 'workflow-bundle.js'), code);
