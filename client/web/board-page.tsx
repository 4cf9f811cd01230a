import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { CivilDate } from '../../domain/time';
import { countForPerson, readUndelivered } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { ForPerson } from './pages/layout';
import { SayPage } from './pages/message';

/** The ledger and the day that a page shows. */
type Seen = { readonly ledger: Ledger; readonly today: CivilDate };

/** Answers with a page of the board; its head says how many undelivered things wait for a person. */
export const boardPage = async (c: Context, { ledger, today }: Seen, page: Child, status: 200 | 404 = 200): Promise<Response> => {
  const waiting = countForPerson(await readUndelivered(ledger, today));
  return c.html(<ForPerson.Provider value={waiting}>{page}</ForPerson.Provider>, status);
};

export const noSuchPage = (c: Context, seen: Seen): Promise<Response> =>
  boardPage(c, seen, <SayPage today={seen.today} title="Không tìm thấy" lines={['Không có trang này.']} isBoard />, 404);
