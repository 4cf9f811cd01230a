import { CommanderError } from 'commander';
import { SettingsError } from '../../config/env';
import { isConnectionError } from '../../ledger/database-errors';
import { Unreachable } from '../unreachable';
import { CliError, type ExitCode } from './errors';
import type { Io } from './io';
import type { Output } from './output';

const SERVICES = { temporal: ['máy chủ Temporal', 'the Temporal server'], ledger: ['sổ cái (cơ sở dữ liệu)', 'the ledger (database)'] } as const;

const quoted = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? '';
/** commander's own errors, by code (commander, lib/command.js). */
const usageText = (error: CommanderError, out: Output): string => {
  const what = quoted(error.message);
  const words: Readonly<Record<string, readonly [string, string]>> = {
    'commander.unknownCommand': [`Không có lệnh "${what}".`, `Unknown command "${what}".`],
    'commander.unknownOption': [`Không có tùy chọn "${what}".`, `Unknown option "${what}".`],
    'commander.missingArgument': [`Thiếu tham số ${what}.`, `Missing argument ${what}.`],
    'commander.missingMandatoryOptionValue': [`Thiếu tùy chọn bắt buộc ${what}.`, `Missing required option ${what}.`],
    'commander.optionMissingArgument': [`Tùy chọn ${what} thiếu giá trị.`, `Option ${what} lacks its value.`],
    'commander.excessArguments': ['Thừa tham số.', 'Too many arguments.'],
    'commander.help': ['Thiếu tên lệnh.', 'A command is missing.'],
  };
  const [vi, en] = words[error.code] ?? [error.message, error.message];
  return `${out.say(vi, en)} ${out.say('Xem "dondoc --help".', 'See "dondoc --help".')}`;
};

/** Every error becomes what the user is told and the exit code; the one place that knows all of them. */
export const asCliError = (error: unknown, out: Output): CliError => {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return new CliError('usage', usageText(error, out), 2);
  if (error instanceof SettingsError) return new CliError(
    'settings',
    out.say('Cấu hình chưa hợp lệ.', 'The settings are not valid.'),
    2,
    error.problems.map((p) => ({ where: p.variable, message: p.message, accepted: p.accepted })),
  );
  if (error instanceof Unreachable) {
    const [vi, en] = SERVICES[error.service];
    return new CliError(
      `${error.service}-unreachable`,
      out.say(
        `Không kết nối được ${vi}; đã thử ${error.tried}. Bước tiếp theo: chạy "dondoc doctor".`,
        `Cannot reach ${en}; tried ${error.tried}. Next step: run "dondoc doctor".`,
      ),
      3,
    );
  }
  const file = asFileError(error);
  if (file) return fileError(file.code, file.path, out);
  if (isConnectionError(error)) return asCliError(new Unreachable('ledger', 'DATABASE_URL'), out);
  return new CliError('internal', out.say(`Lỗi ngoài dự kiến: ${messageOf(error)}`, `Unexpected error: ${messageOf(error)}`), 1);
};

/** By shape, not by class: errors of Node's own modules belong to another realm under some runners. */
const asFileError = (error: unknown): { readonly code: string; readonly path: string } | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && 'path' in error && typeof error.path === 'string' && 'syscall' in error && error.syscall !== 'connect'
    ? { code: error.code, path: error.path }
    : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const fileError = (code: string, path: string, out: Output): CliError => {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: [`Không tìm thấy tệp ${path}.`, `File ${path} not found.`],
    EISDIR: [`${path} là thư mục, không phải tệp.`, `${path} is a folder, not a file.`],
    EACCES: [`Không có quyền đọc hoặc ghi ${path}.`, `No permission for ${path}.`],
    EEXIST: [`Tệp ${path} đã có.`, `File ${path} exists already.`],
  };
  const [vi, en] = words[code] ?? [`Không đọc hoặc ghi được ${path} (${code}).`, `Cannot read or write ${path} (${code}).`];
  return new CliError('file', out.say(vi, en), 2);
};

/** Says the error once: JSON on standard output with `--json`, a sentence and its problems on standard error otherwise. */
export const reportError = (error: CliError, io: Io, out: Output): ExitCode => {
  if (out.isJson) {
    io.out(
      `${JSON.stringify({ error: { code: error.code, message: error.message, ...(error.problems.length === 0 ? {} : { problems: error.problems }) } })}\n`
    );
    return error.exit;
  }
  io.err(`${out.paint('red', out.say('Lỗi:', 'Error:'))} ${error.message}\n`);
  for (const p of error.problems) {
    const place = [p.where, p.row, p.cell].filter((part) => part !== undefined && part !== '').join(', ');
    io.err(`  - ${place}: ${p.message}${p.accepted === undefined ? '' : ` ${out.say('Được chấp nhận:', 'Accepted:')} ${p.accepted}`}\n`);
  }
  return error.exit;
};
