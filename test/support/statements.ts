import { Client } from 'pg';

/** Counts the statements that this process sends to its ledgers while `work` runs, `begin` and `commit` included. */
export const countStatements = async (work: () => Promise<unknown>): Promise<number> => {
  let count = 0;
  const query = jest.spyOn(Client.prototype, 'query');
  const before = query.mock.calls.length;
  try {
    await work();
    count = query.mock.calls.length - before;
  } finally {
    query.mockRestore();
  }
  return count;
};
