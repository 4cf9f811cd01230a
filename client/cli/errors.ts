/** What a script can tell apart: 1 refused by a rule, 2 bad usage or input, 3 a service cannot be reached, 4 done in part. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** One place of an input that is wrong, and what would be accepted there. */
export type Problem = { readonly where: string; readonly message: string; readonly row?: string; readonly cell?: string; readonly accepted?: string };

/** An end that the user is told in one sentence; never shown with a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly code: string,
    message: string,
    readonly exit: ExitCode,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

export const usage = (code: string, message: string, problems: readonly Problem[] = []): CliError => new CliError(code, message, 2, problems);
export const refused = (code: string, message: string): CliError => new CliError(code, message, 1);
/** `what` was tried; the next step is always the doctor. */
export const unreachable = (code: string, message: string): CliError => new CliError(code, message, 3);
