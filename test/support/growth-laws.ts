import { type GrowthReport, measureGrowth } from './growth';
import { postgresPrograms } from './postgres';

/** What must cost the same after years as on the first day, within twice as much (a tree of an index has grown by a level or two). */
const STEADY: readonly string[] = [
  'a pass with nothing to do', 'a pass that sends one mail', 'an act by link', "a task's page by link",
  "a position's own page by link", "a clerk's own page by link", "a position's calendar", 'a mail that comes back',
];
/** Statements that are left out where there is nothing yet to look up, such as texts of acts. */
const SLACK_STATEMENTS = 3;
/** Pages that a few deeper trees may cost besides. */
const SLACK_BLOCKS = 100;

/** Declares the tests of a ledger that has grown for so many working days of 5,000 addresses; `told` gets the figures. */
export const growthLaws = (days: number, timeoutMs: number, told: (report: GrowthReport) => void = () => undefined): void => {
  const isHere = postgresPrograms() !== undefined;
  if (!isHere) process.stderr.write('SKIPPED: a ledger that has grown: PostgreSQL is not installed here.\n');
  (isHere ? describe : describe.skip)(`a ledger after ${days} working days of 5,000 addresses`, () => {
    let report: GrowthReport;
    beforeAll(async () => {
      const measured = await measureGrowth(days);
      if (measured === undefined) throw new Error('PostgreSQL went away');
      report = measured;
      told(report);
    }, timeoutMs);

    it('no everyday statement reads a large table from end to end, or more of it than it needs', () => {
      expect(report.paths.flatMap(({ name, wasteful }) => wasteful.map((what) => `${name}: ${what}`))).toEqual([]);
    });

    it('nothing asks the ledger more often than on the first day', () => {
      const eager = report.paths.filter((p) => p.statements > p.statementsAtFirst + SLACK_STATEMENTS);
      expect(eager).toEqual([]);
    });

    it('a pass, an act, a page and what comes back cost at most twice what they did on the first day', () => {
      const dear = report.paths.filter(({ name, blocks, blocksAtFirst }) => STEADY.includes(name) && blocks > 2 * blocksAtFirst + SLACK_BLOCKS);
      expect(dear).toEqual([]);
      expect(report.paths.filter((p) => STEADY.includes(p.name))).toHaveLength(STEADY.length);
    });
  });
};
