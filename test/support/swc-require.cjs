/** Lets a child process of a test load our TypeScript: node -r test/support/swc-require.cjs file.ts */
const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');

const jsc = { target: 'es2022', transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } } };
for (const extension of ['.ts', '.tsx']) {
  require.extensions[extension] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, module: { type: 'commonjs', ignoreDynamic: true }, jsc: { ...jsc, parser: { syntax: 'typescript', tsx: extension === '.tsx' } } });
    module._compile(code, filename);
  };
}
