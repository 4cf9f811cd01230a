import { readFileSync } from 'node:fs';
import { workflowBundle } from '../support/temporal';

/** Modules of the bundle by their path, ours by room and the rest by package. */
const modules = [...readFileSync(workflowBundle.codePath, 'utf8').matchAll(/^\/\*{3}\/ "([^"]+)"/gm)].map((m) => m[1] ?? '');
const packageOf = (path: string): string => /^\.\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '';
const isPackage = (path: string): boolean => path.startsWith('./node_modules/');
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();

test('only the pure rooms run inside Temporal', () => {
  const ours = modules.filter((path) => path.startsWith('./') && !isPackage(path));
  expect(ours).toContain('./workflows/task.ts');
  expect(unique(ours.map((path) => path.split('/')[1] ?? ''))).toEqual(['contracts', 'domain', 'workflows']);
});

test("of packages, only Temporal's own and what they bring", () => {
  expect(unique(modules.filter(isPackage).map(packageOf))).toEqual(['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc']);
});

test('no module of Node; what the SDK leaves out is empty', () => {
  expect(modules.filter((path) => !path.startsWith('./')).every((path) => /^\?[0-9a-f]+$/.test(path))).toBe(true);
});
