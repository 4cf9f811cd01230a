import { Command, CommanderError } from 'commander';
import { processEnv } from '../../config/env';
import { openLedger, type Services } from '../services';
import { connectTemporal } from '../temporal';
import type { Runner } from './command';
import { registerCommands } from './commands';
import { createContext } from './context';
import type { ExitCode } from './errors';
import type { Io } from './io';
import { createOutput, type Lang } from './output';
import { processIo } from './process-io';
import { asCliError, reportError } from './report-error';

const REAL_SERVICES: Services = { openLedger, openTemporal: connectTemporal };
const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Cách dùng:', 'Options:': 'Tùy chọn:', 'Global Options:': 'Tùy chọn chung:', 'Commands:': 'Lệnh:', 'Arguments:': 'Tham số:',
};

/** The two global options, read before commander so that even a usage error speaks as it was asked to. */
const globalsOf = (argv: readonly string[]): { readonly lang: Lang; readonly isJson: boolean } => ({
  isJson: argv.includes('--json'),
  lang: argv.includes('--lang=en') || argv[argv.indexOf('--lang') + 1] === 'en' && argv.includes('--lang') ? 'en' : 'vi',
});

/** Help in the user's language, errors thrown instead of printed. Subcommands made from it inherit all of it. */
const createProgram = (io: Io, lang: Lang): Command =>
  new Command('dondoc')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true, helpWidth: 80, styleTitle: (title) => (lang === 'en' ? title : (HEADINGS[title] ?? title)) })
    .description(lang === 'en' ? 'Reminds and urges the tasks of a plan' : 'Theo dõi, đôn đốc nhiệm vụ của kế hoạch')
    .option('--json', lang === 'en' ? 'one JSON value on standard output' : 'chỉ in một giá trị JSON')
    .option('--lang <LANG>', lang === 'en' ? 'vi or en' : 'vi hoặc en', 'vi')
    .helpOption('-h, --help', lang === 'en' ? 'shows this help' : 'xem hướng dẫn')
    .helpCommand(false);

/** Runs one command line and answers with its exit code; never throws, never ends the process. */
export const main = async (argv: readonly string[], io: Io, services: Services = REAL_SERVICES): Promise<ExitCode> => {
  const globals = globalsOf(argv);
  const context = createContext(io, services, globals);
  let exit: ExitCode = 0;
  const run: Runner = (handler) => async (...args) => {
    exit = (await handler(context, ...args)) ?? 0;
  };
  try {
    const program = createProgram(io, globals.lang);
    registerCommands(program, run, createOutput(io, globals.lang, false).say);
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return reportError(asCliError(error, context.out), io, context.out);
  } finally {
    await context.close();
  }
};

if (require.main === module) {
  void main(process.argv.slice(2), processIo(processEnv())).then((code) => {
    process.exitCode = code;
  });
}
