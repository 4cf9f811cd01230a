/**
 * Preloaded before `worker/main.ts`: its worker has the workflows of the tests (second argument of the program), and
 * its `run()` rejects on SIGUSR2, as when Temporal turns the worker away, while what it has begun goes on.
 */
const { Worker } = require('@temporalio/worker');

const create = Worker.create.bind(Worker);
Worker.create = async (options) => {
  const worker = await create({ ...options, workflowBundle: { codePath: process.argv[2] } });
  const run = worker.run.bind(worker);
  const turnedAway = new Promise((_, reject) => process.once('SIGUSR2', () => reject(new Error('turned away'))));
  worker.run = () => Promise.race([run(), turnedAway]);
  return worker;
};
