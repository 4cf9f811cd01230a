import type { Browser } from 'playwright-core';
import type { StoryAct } from '../../config/story';
import { isWeighty } from '../../domain/authority';
import type { Plan } from '../../domain/plan';
import { dateAt } from '../../domain/time';
import { at } from '../support/builders';
import { CONSULTATION_STORY, exampleStory } from '../support/story';
import { chromiumPath, launch } from './browser';
import { openLedSite, type LedSite } from './led-site';
import { recordedLife, rehearsedLife, unsealedActs } from './lives';
import { type Officials, officials } from './official';
import { storyActs } from './story-acts';

/** The same row in two plans: officials press links for one, the operator types commands for the other. */
const [BY_LINK, BY_COMMAND] = ['CN18-05', 'KT18-05'] as const;
const UNTIL = at('2020-04-30T17:00');
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED a story by links, commands and rehearsal: Chromium is not installed here.\n');

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** What the operator types: a decision needs the number and date of a paper, of the same day where the story names none. */
const typedFor = ({ act, by, at: when, fields }: StoryAct): readonly string[] => {
  const { document, ...others } = fields as { readonly document?: { readonly number: string; readonly date: string } } & Readonly<Record<string, unknown>>;
  const paper = document ?? (isWeighty(act) ? { number: '1/CV', date: dateAt(when) } : undefined);
  const options = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [`--${kebab(name)}`, String(value)]));
  return [act, BY_COMMAND, '--by', by, '--yes', ...options, ...(paper === undefined ? [] : ['--document-number', paper.number, '--document-date', paper.date])];
};

(hasChromium ? it : it.skip)('a task through consultation, obstacle, extension, return and late confirmation lives the same by rehearsal, by commands and by links', async () => {
  const { plan, directory, seeds, acts: commands, startAt } = exampleStory(CONSULTATION_STORY);
  const row = plan.tasks.filter((t) => t.id === BY_LINK);
  const twin: Plan = { ...plan, plan: { ...plan.plan, code: 'KT18' }, tasks: row.map((t) => ({ ...t, id: BY_COMMAND })) };
  const acts = storyActs();
  let site: LedSite | undefined;
  let browser: Browser | undefined;
  try {
    [site, browser] = await Promise.all([
      openLedSite({ plans: [{ ...plan, tasks: row }, twin], directory, from: startAt, first: acts[0]?.at ?? UNTIL }), launch(),
    ]);
    const people: Officials = officials(browser, site.inboxUrl, directory.seats);
    for (const one of acts) {
      await site.standAt(one.at, [BY_LINK, BY_COMMAND]);
      expect([one.act, one.by, await people.act(one.by, BY_LINK, one.act, { ...one.fields })]).toEqual([one.act, one.by, expect.stringContaining('Đã ghi nhận.')]);
      expect(await site.dondoc('task', ...typedFor(one))).toMatchObject({ accepted: true });
    }
    await site.standAt(UNTIL, []);
    const expected = rehearsedLife({ seeds, acts: commands, until: UNTIL });
    expect(expected.end).toMatchObject({ state: 'completed', timeliness: 'completed-late', workingDaysLate: 5 });
    expect(await recordedLife(site, BY_LINK, BY_LINK)).toEqual(expected);
    expect(await recordedLife(site, BY_COMMAND, BY_LINK)).toEqual(expected);
    for (const task of [BY_LINK, BY_COMMAND]) expect(await unsealedActs(site, task)).toEqual([]);
  } finally {
    await browser?.close();
    await site?.stop();
  }
}, 900_000);
