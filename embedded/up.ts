import { processEnv, SettingsError } from '../config/env';
import { TemporalNotFound } from './temporal-binaries';
import { CannotStart } from './up/home';
import { readFlags, UnknownFlag, USAGE } from './up/options';
import { up } from './up/start';

export { type Running, up, type UpOptions } from './up/start';

/** Longer than any part takes to end: whoever is left then is cut off. */
const STOP_TIMEOUT_MS = 15_000;
/** One Ctrl-C may arrive twice, from the terminal and handed on by npm; a later one is a person who insists. */
const INSIST_AFTER_MS = 1_000;
const say = (text: string): void => { process.stdout.write(`${text}\n`); };
const complain = (text: string): void => { process.stderr.write(`${text}\n`); };

const untilSignal = (): Promise<'signal'> =>
  new Promise((resolve) => {
    let askedAt = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt > 0 && Date.now() - askedAt > INSIST_AFTER_MS) process.exit(130);
        askedAt ||= Date.now();
        resolve('signal');
      });
    }
  });

const isExpected = (error: unknown): error is Error =>
  error instanceof CannotStart || error instanceof UnknownFlag || error instanceof SettingsError || error instanceof TemporalNotFound;

/** `dondoc up` and `npm start`: runs until Ctrl-C (a second one does not wait), then ends the process. */
export const main = async (argv: readonly string[]): Promise<void> => {
  const signal = untilSignal();
  try {
    const flags = readFlags(argv);
    if (flags.help) return say(USAGE);
    const starting = up({ env: processEnv(), fresh: flags.fresh, realClock: flags.realClock, say });
    const running = await Promise.race([starting, signal.then(() => undefined)]);
    const why = running ? await Promise.race([signal, running.failed]) : 'signal';
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    say(why === 'signal' ? '\nĐang dừng …' : `\n${why} đã dừng ngoài dự kiến; đang dừng các phần còn lại. Đề nghị xem tệp dondoc.log và temporal.log trong thư mục dữ liệu.`);
    await (await starting).stop();
    process.exit(why === 'signal' ? 0 : 1);
  } catch (error) {
    complain(isExpected(error) ? error.message : `Không khởi động được: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(isExpected(error) ? 2 : 3);
  }
};

if (require.main === module) void main(process.argv.slice(2));
