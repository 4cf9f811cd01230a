/** A service that did not answer: which one, where it was looked for, and what the driver said. Never a rule, never a bug. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor(
    readonly service: 'temporal' | 'ledger',
    readonly tried: string,
    cause?: unknown,
  ) {
    super(`${service} cannot be reached at ${tried}`, { cause });
  }
}
