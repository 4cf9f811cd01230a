import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export type Query = { readonly name: string; readonly takesList: boolean };

const LEDGER = join(__dirname, '../../ledger');
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20, moduleResolution: ts.ModuleResolutionKind.Node16, strict: true, skipLibCheck: true, noEmit: true, types: ['node'],
};
/** Objects inside objects: a plan's tasks, a batch's events. */
const DEPTH = 3;

const sources = (): readonly string[] =>
  readdirSync(LEDGER, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts') && !f.startsWith('migrations')).map((f) => join(LEDGER, f));

/** Values that rules work with, never a part of a statement. */
const isValue = (type: ts.Type): boolean => type.aliasSymbol?.name === 'WorkingCalendar';
const isList = (checker: ts.TypeChecker, type: ts.Type): boolean => checker.isArrayType(type) || ['Iterable', 'ReadonlySet', 'ReadonlyMap'].includes(type.symbol?.name ?? '');
const holdsList = (checker: ts.TypeChecker, type: ts.Type, depth = DEPTH): boolean => {
  if (type.isUnion()) return type.types.some((t) => holdsList(checker, t, depth));
  if (isList(checker, type)) return true;
  if (isValue(type) || depth === 0 || (type.flags & ts.TypeFlags.Object) === 0 || ['Buffer', 'Uint8Array', 'Date'].includes(type.symbol?.name ?? '')) return false;
  return checker.getPropertiesOfType(type).some((p) => holdsList(checker, checker.getTypeOfSymbol(p), depth - 1));
};
/** Kysely, or a transaction of it. */
const isDatabase = (checker: ts.TypeChecker, type: ts.Type): boolean => ['selectFrom', 'transaction'].every((p) => checker.getPropertyOfType(type, p) !== undefined);

/** Every function that a file of `ledger/` exports and that asks the database, which is its first parameter; each name once. */
export const ledgerQueries = (): readonly Query[] => {
  const program = ts.createProgram(sources(), OPTIONS);
  const checker = program.getTypeChecker();
  const found = new Map<string, Query>();
  for (const file of sources()) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file) ?? ts.createSourceFile('', '', ts.ScriptTarget.ES2022));
    for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const [first, ...rest] = checker.getTypeOfSymbol(symbol).getCallSignatures()[0]?.parameters.map((p) => checker.getTypeOfSymbol(p)) ?? [];
      if (first === undefined || !isDatabase(checker, first)) continue;
      found.set(symbol.name, { name: symbol.name, takesList: rest.some((t) => holdsList(checker, t)) });
    }
  }
  return [...found.values()];
};
