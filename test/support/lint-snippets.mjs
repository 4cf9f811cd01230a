// Lints texts as if they stood in files of this project, without types: JSON [{file, code}] on stdin → JSON [[message, …], …] on stdout.
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const eslint = new ESLint({ overrideConfig: [{ files: ['**/*.ts', '**/*.tsx'], ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { project: null } } }] });
const answers = [];
for (const { file, code } of JSON.parse(Buffer.concat(chunks).toString())) {
  const [result] = await eslint.lintText(code, { filePath: file });
  answers.push(result.messages.map((m) => m.message));
}
process.stdout.write(JSON.stringify(answers));
