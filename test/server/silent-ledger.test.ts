import { broken, canStartSite } from '../faults/run';
import { silentRows, tooLate } from '../faults/silent-ledger';

/** Other work may go on on this machine. */
const SLACK = 3;

if (!canStartSite()) process.stderr.write("SKIPPED: a silent ledger needs PostgreSQL's programs and Linux.\n");
(canStartSite() ? test : test.skip)(
  'a database that says nothing for 15 s costs no act, no word and no mail',
  async () => {
    const { rows, silence } = await silentRows(() => undefined, { isShort: true });
    expect(rows.flatMap(broken)).toEqual([]);
    expect(rows.map(({ count }) => count.faults)).toEqual([1]);
    expect(tooLate(silence!, SLACK)).toEqual([]);
  },
  180_000,
);
