import type { Command } from 'commander';
import type { Context } from './context';
import type { ExitCode } from './errors';

/** What a command does with its arguments and, last, its options. */
export type Handler<A extends readonly unknown[]> = (context: Context, ...args: A) => Promise<ExitCode | void>;
/** Gives a handler its context and keeps its exit code. commander hands over one more argument, the command itself, which handlers leave alone. */
export type Runner = <A extends readonly unknown[]>(handler: Handler<A>) => (...args: A) => Promise<void>;
/** Registers a command on its group. */
export type Register = (group: Command, run: Runner, say: (vi: string, en: string) => string) => void;

/** A repeatable option. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];
