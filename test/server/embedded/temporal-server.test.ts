import { Connection } from '@temporalio/client';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '../../../config/env';
import { findTemporalCli } from '../../../embedded/temporal-binaries';
import { startDevServer } from '../../../embedded/temporal-server';
import { processesOf, untilGone } from '../../support/processes';

const dir = mkdtempSync(join(tmpdir(), 'dondoc-server-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const cliPath = async (): Promise<string> => {
  const found = await findTemporalCli({ env: processEnv() });
  if (found.kind !== 'program') throw new Error('a program is wanted here');
  return found.path;
};
test('it serves with the search attributes registered, keeps its data over a restart, and leaves no process', async () => {
  const options = { cli: await cliPath(), dbFile: join(dir, 'a.db'), uiPort: null, logFile: join(dir, 'a.log') };
  const first = await startDevServer(options);
  const connection = await Connection.connect({ address: first.address });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['DondocPlan', 'DondocTask', 'DondocLead', 'DondocDueOn']));
  await connection.workflowService.startWorkflowExecution({
    namespace: 'default', workflowId: 'kept', workflowType: { name: 'none' }, taskQueue: { name: 'none' }, requestId: 'one', identity: 'test',
  });
  await connection.close();
  await first.stop();
  expect(processesOf(options.dbFile)).toEqual([]);

  const second = await startDevServer(options);
  const again = await Connection.connect({ address: second.address });
  const kept = await again.workflowService.describeWorkflowExecution({ namespace: 'default', execution: { workflowId: 'kept' } });
  expect(kept.workflowExecutionInfo?.type?.name).toBe('none');
  await again.close();
  await second.stop();
  await second.stop();
  expect(processesOf(options.dbFile)).toEqual([]);
});

test('it ends when the process that started it is killed', async () => {
  const dbFile = join(dir, 'b.db');
  const script = `require('@swc/core'); const { startDevServer } = require(process.argv[1]);
    startDevServer({ cli: process.argv[2], dbFile: process.argv[3], uiPort: null, logFile: process.argv[3] + '.log' }).then((s) => console.log(s.address)); setInterval(() => {}, 1000);`;
  const hook = join(__dirname, '..', '..', 'support', 'swc-require.cjs');
  const parent = spawn(process.execPath, ['-r', hook, '-e', script, join(__dirname, '..', '..', '..', 'embedded', 'temporal-server.ts'), await cliPath(), dbFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  expect(processesOf(dbFile).length).toBeGreaterThan(1);
  parent.kill('SIGKILL');
  await untilGone(dbFile);
  expect(processesOf(dbFile)).toEqual([]);
});

test('a server that cannot start says where to look', async () => {
  const logFile = join(dir, 'c.log');
  await expect(startDevServer({ cli: '/bin/false', uiPort: null, logFile })).rejects.toThrow(`máy chủ Temporal kết thúc ngay khi khởi động; đề nghị xem ${logFile}`);
});
