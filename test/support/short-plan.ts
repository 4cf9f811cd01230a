import { startPlan } from '../../client/start-plan';
import { actOnTask } from '../../client/tasks';
import type { Command } from '../../domain/acts';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import type { Plan, Position } from '../../domain/plan';
import type { CivilDate } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readClock } from '../../ledger/settings';
import { at, command, header, spec, text } from './builders';
import { furnish } from './delivery';
import { doorTo } from './door';
import { type LiveSite, untilSent } from './live-site';

/** The plan is of this day, and its tasks begin on it. */
export const FIRST_MORNING = at('2018-10-22T08:00');
const ROWS = [['KT18-01', 'tb-skhdt'], ['KT18-02', 'tb-skhdt'], ['KT18-03', 'tb-stc']] as const;
export const SHORT_TASKS: readonly string[] = ROWS.map(([id]) => id);

/** Three rows with one due date, two of them with one lead; the ladder's last steps are weeks away, not years. */
export const shortPlan = (dueOn: CivilDate): Plan => ({
  plan: { ...header, code: 'KT18' }, duties: [], indicators: [], recipients: [], warnings: [],
  tasks: ROWS.map(([id, lead], i) => spec({
    id, no: String(i + 1), title: `Việc thứ ${i + 1}`, lead, coordinating: [], timing: 'deadline', startsOn: '2018-10-22', dueOn,
  })),
});

/** By each lead's officer, so that only the ladder speaks from then on. */
export const acknowledgements = (): readonly { readonly task: string; readonly command: Command }[] => ROWS.map(([task, lead]) => {
  const officer: Position = `${lead}/officer`;
  return { task, command: command('acknowledge', officer, { deliverable: text() }) };
});

/** Starts the plan on a site whose story stands at {@link FIRST_MORNING}, and every lead acknowledges. Everybody has been told afterwards. */
export const startShortPlan = async (site: LiveSite, dueOn: CivilDate): Promise<{ readonly plan: Plan; readonly startId: string }> => {
  const { ledger, server: { client } } = site;
  const plan = shortPlan(dueOn);
  await furnish(ledger);
  const clock = (await readClock(ledger))!;
  const file = { name: 'ke-hoach.txt', bytes: Buffer.from('KẾ HOẠCH ngắn', 'utf8') };
  const { startId } = await startPlan({ ledger, client, plan, file, startAt: FIRST_MORNING, now: site.storyNow(), clock, calendar: SHIPPED_CALENDAR });
  await untilSent(site);
  for (const { task, command: acknowledge } of acknowledgements()) {
    const answer = await actOnTask(doorTo(client), task, acknowledge, site.storyNow());
    if (!answer.ok) throw new Error(`not acknowledged: ${JSON.stringify(answer)}`);
  }
  await untilSent(site);
  return { plan, startId };
};

/** A working day's morning in two steps: the tasks have decided at 07:40, the post has sent at 08:00. */
export const liveMorning = async (site: LiveSite, day: CivilDate): Promise<void> => {
  for (const time of ['07:40', '08:00']) {
    await site.moveClock(at(`${day}T${time}`));
    await untilSent(site);
  }
};

/** What stands on record of a task's rungs, in order: `T-10 sent`; those that passed before its assignment left out. */
export const rungsOf = async (ledger: Ledger, task: string): Promise<string[]> => {
  const rows = await ledger.selectFrom('event').select('body').where('task', '=', task).where('type', '=', 'rung').orderBy('seq').execute();
  return rows.flatMap(({ body }) => (body.type === 'rung' && body.outcome !== 'recorded' ? [`${body.rung} ${body.outcome}`] : []));
};
