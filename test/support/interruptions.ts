import type { KyselyPlugin, QueryId } from 'kysely';
import type { Ledger } from '../../ledger/connect';

const over = (ledger: Ledger, plugin: KyselyPlugin): Ledger => Object.assign(ledger.withPlugin(plugin), { close: async () => undefined });
type Node = Parameters<KyselyPlugin['transformQuery']>[0]['node'];
const holds = (node: Node, words: readonly string[]): boolean => {
  // Rows stand in one parameter, as JSON within this one.
  const text = JSON.stringify(node).replaceAll('\\"', '"');
  return words.every((one) => text.includes(one));
};

/** A ledger in which something happens right after the first statement that holds the words. */
export const interrupted = (ledger: Ledger, words: readonly string[], meanwhile: () => Promise<unknown>): Ledger => {
  let awaited: QueryId | undefined;
  let isOver = false;
  return over(ledger, {
    transformQuery: ({ node, queryId }) => {
      if (!isOver && holds(node, words)) awaited = queryId;
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (!isOver && queryId === awaited) {
        isOver = true;
        await meanwhile();
      }
      return result;
    },
  });
};

/** A ledger for a worker that dies before a statement that holds the words, the first of them or a later one: nothing of it comes after. */
export const dyingBefore = (ledger: Ledger, words: readonly string[], which = 1): Ledger => {
  let left = which;
  return over(ledger, {
    transformQuery: ({ node }) => {
      if (left > 0 && holds(node, words)) left -= 1;
      if (left === 0) throw new Error('the worker dies here');
      return node;
    },
    transformResult: async ({ result }) => result,
  });
};

/**
 * A ledger that is away for the first so many statements that hold the words: they are not done, or (`isDone`) done and nobody hears of it.
 */
export const awayFor = (ledger: Ledger, words: readonly string[], times: number, isDone = false): Ledger => {
  let left = times;
  const unheard = new Set<QueryId>();
  return over(ledger, {
    transformQuery: ({ node, queryId }) => {
      if (left === 0 || !holds(node, words)) return node;
      left -= 1;
      if (!isDone) throw new Error('Connection terminated unexpectedly');
      unheard.add(queryId);
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (unheard.has(queryId)) throw new Error('Connection terminated unexpectedly');
      return result;
    },
  });
};
