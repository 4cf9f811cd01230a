import { Command, Option } from 'commander';
import type { Context } from './context';
import type { ExitCode } from './errors';

/** Registers its commands on the program. `run` gives them their context and keeps their exit code. */
export type Handler<A extends readonly unknown[]> = (context: Context, ...args: A) => Promise<ExitCode | void>;
export type Runner = <A extends readonly unknown[]>(handler: Handler<A>) => (...args: [...A, Command]) => Promise<void>;
export type Register = (program: Command, run: Runner, say: (vi: string, en: string) => string) => void;

export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

export const option = (flags: string, description: string): Option => new Option(flags, description);
