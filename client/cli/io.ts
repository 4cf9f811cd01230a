import type { Instant } from '../../domain/time';

/** Everything the command line touches of its surroundings, so that a test can stand in for a terminal. */
export type Io = {
  /** Standard output; the text brings its own line ends. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal: colours are allowed. */
  readonly isTerminal: boolean;
  /** A person can be asked. */
  readonly canAsk: boolean;
  readonly ask: (question: string) => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Instant;
  /** Who typed it: `user@host`; only a hash of it is ever kept. */
  readonly user: string;
};
