import type { Block } from './document';
import type { Context } from './context';

/**
 * What one notice says. `statement` begins in lower case and follows the basis: `full` "Căn cứ …; thực hiện nhiệm vụ đôn đốc được giao, …",
 * `short` "Theo …, …"; in a digest it stands alone. The fact block comes after it, then `body`, `request`, `after`.
 */
export type Section = {
  readonly subject: string;
  readonly basis: 'full' | 'short';
  readonly statement: string;
  /** "Việc cần làm" of the fact block. */
  readonly todo: string;
  readonly body?: readonly Block[];
  readonly request: string;
  /** What the link is for, on its button. */
  readonly action: string;
  readonly after?: readonly string[];
  /** One line, for lists. */
  readonly brief: string;
};

export type Template = (c: Context) => Section;
export const paragraph = (text: string): Block => ({ type: 'paragraph', text });
