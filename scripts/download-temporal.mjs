// Lets the SDK download its dev server or test server: node scripts/download-temporal.mjs temporal|temporal-test-server FOLDER
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [program, downloadDir] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', downloadDir } };
try {
  const env = program === 'temporal' ? await TestWorkflowEnvironment.createLocal({ server }) : await TestWorkflowEnvironment.createTimeSkipping({ server });
  await env.teardown();
} catch (error) {
  const reason = String(error instanceof Error ? error.message : error).split('\n')[0];
  process.stderr.write(`${reason.replace(/\(?https?:\/\/\S+/g, '').replace(/\s+/g, ' ').slice(0, 300)}\n`);
  process.exit(1);
}
process.exit(0);
