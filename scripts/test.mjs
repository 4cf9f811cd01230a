// npm test [-- PROJECT …]: types, lint and every suite that needs no extra machine. npm run test:long: what repeats one of them at a larger size. The last line is `N passed, N failed, N skipped`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, requireNode, root, run, runNode } from './lib/project.mjs';

/** One after the other: the suites with servers want the machine for themselves. */
const PROJECTS = [
  { name: 'unit', args: [] },
  { name: 'ledger', args: ['--runInBand'] },
  { name: 'workflow', args: ['--runInBand'] },
  { name: 'server', args: ['--runInBand'] },
  { name: 'replay', args: ['--runInBand'] },
  { name: 'web', args: ['--runInBand'] },
  { name: 'long', args: ['--runInBand'] },
];
/** Only where it is asked for. */
const LONG = 'long';
const NOTHING = { passed: 0, failed: 0, skipped: 0 };
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** A check without tests counts as one. */
const check = async (name, work) => {
  process.stdout.write(`\n== ${name}\n`);
  return (await work()) === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
};

/** What jest counted; a file that could not run at all is one failure, and so is a jest that left no report. */
const readReport = (file, code) => {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const counted = { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites, skipped: report.numPendingTests + report.numTodoTests };
    return code !== 0 && counted.failed === 0 ? add(counted, { ...NOTHING, failed: 1 }) : counted;
  } catch {
    return { ...NOTHING, failed: 1 };
  }
};

const suite = async ({ name, args }) => {
  process.stdout.write(`\n== ${name}\n`);
  const report = join(root, '.cache', `jest-${name}.json`);
  rmSync(report, { force: true });
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join('node_modules', 'jest', 'bin', 'jest.js')];
  const code = await runNode([...jest, '--selectProjects', name, '--passWithNoTests', '--json', `--outputFile=${report}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readReport(report, code);
};

requireNode();
await ensureInstalled();
mkdirSync(join(root, '.cache'), { recursive: true });
const wanted = process.argv.slice(2);
const isWanted = (name) => (wanted.length === 0 ? name !== LONG : wanted.includes(name));
let total = NOTHING;
if (isWanted('types')) total = add(total, await check('types', () => run('npm', ['run', '--silent', 'typecheck'])));
if (isWanted('lint')) total = add(total, await check('lint', () => run('npm', ['run', '--silent', 'lint'])));
for (const project of PROJECTS.filter(({ name }) => isWanted(name))) total = add(total, await suite(project));
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
