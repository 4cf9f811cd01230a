import type { Context } from 'hono';
import type { Act } from '../../../domain/acts';
import { isAct } from '../../../config/act-fields';
import { isWeighty } from '../../../domain/authority';
import type { Holder } from '../../../ledger/directory';
import { eventOfPress, findPress } from '../../../ledger/presses';
import { readPress } from '../../../links';
import { Unreachable } from '../../unreachable';
import { ACT_WORDS, type Word, wordOf } from '../../words';
import { CHOOSE, MAY_COUNT, MOVED, NOT_FILLED, NOT_NOW, NOT_THIS, NO_ADDRESS, NO_ANSWER, TICK, TOO_MANY } from './act-words';
import type { Fields } from './body';
import type { Acting, LinkDeps } from './deps';
import { ACT_FORMS } from './forms';
import { NO_ACTING } from './health';
import { filledText } from './offers';
import type { OpenLink } from './open-link';
import type { StepProps } from './pages/step';
import { pressAct } from './press-act';
import { prove } from './prove';
import { type FieldErrors, readFields } from './read-fields';
import type { SeenTask } from './see-task';
import { type Lang, sayIn } from './words';

export type Posted = {
  readonly deps: LinkDeps & { readonly acting: Acting }; readonly c: Context; readonly link: OpenLink; readonly seen: SeenTask; readonly path: string;
  readonly lang: Lang; readonly typed: Fields;
  /** The page of the task once more, with what was typed. */
  readonly again: (status: 409 | 422 | 429 | 503, more: Pick<StepProps, 'kept' | 'said'>) => Response | Promise<Response>;
};

/** Who acts: the one at the position, or who was chosen of several. */
const personOf = ({ people }: SeenTask, typed: Fields): Holder | undefined => (
  people.length === 1 ? people[0] : people.find(({ person }) => person === typed['person'])
);

type Checked = { readonly act: Act; readonly press: string; readonly fields: object; readonly person: Holder };

/** The form as an act, or the answer that says why it is none. */
const checked = async (posted: Posted): Promise<Checked | Response> => {
  const { deps: { acting: { key } }, link, seen, typed, again } = posted;
  const { act = '', press = '', shown = '' } = typed;
  const kept = (errors: FieldErrors) => ({ act, typed, errors });
  if (!isAct(act) || ACT_FORMS[act] === undefined) return again(422, { said: [NOT_THIS] });
  const id = readPress(key, press, { link: link.row.id, task: seen.row.id, act, shown });
  if (id === undefined) return again(409, { said: [NOT_THIS], kept: kept({}) });
  const before = await findPress(posted.deps.ledger, id);
  if (
    before !== undefined && (before.seq !== null || (await eventOfPress(posted.deps.ledger, seen.row.id, id)) !== undefined)
  ) return posted.c.redirect(`${posted.path}/bien-nhan/${id}${suffix(posted.lang)}`, 303);
  if (shown !== seen.shown) return again(409, { said: [MOVED], kept: kept({}) });
  if (!seen.acts.includes(act)) return again(409, { said: [NOT_NOW] });
  const read = readFields(act, typed, seen.offers);
  const person = personOf(seen, typed);
  const errors: FieldErrors = {
    ...(read.ok ? {} : read.errors), ...(typed['ok'] === 'yes' ? {} : { ok: TICK }), ...(person === undefined ? { person: CHOOSE } : {})
  };
  if (!read.ok || person === undefined || Object.keys(errors).length > 0) return again(422, { said: [NOT_FILLED], kept: kept(errors) });
  return { act, press: id, fields: read.fields, person };
};

const suffix = (lang: Lang): string => (lang === 'en' ? '?lang=en' : '');

/** Without what is said to whoever fills it in. */
const plainLabel = ([vi, en]: Word): Word => [vi.replace(/ \([^)]*\)$/u, ''), en.replace(/ \([^)]*\)$/u, '')];

/** What the person reads once more beside the code. */
const summaryOf = (act: Act, { typed, seen: { offers }, lang }: Pick<Posted, 'typed' | 'seen' | 'lang'>): readonly (readonly [Word, string])[] =>
  (ACT_FORMS[act]?.fields ?? []).map((field) => [plainLabel(field.label), filledText(field, typed, offers, sayIn(lang))] as const).filter(([, value]) => value !== '');

/** The form with the code of who acts: by which channel it came, or the page that asks for it. */
const proved = async (posted: Posted, { act, press, fields, person }: Checked): ReturnType<typeof prove> => {
  const { deps, c, link, lang, path, seen, typed, again } = posted;
  const [vi, en] = wordOf(ACT_WORDS, act);
  const kept = { act, typed, errors: {} };
  return prove({
    deps, c, link, lang, typed, subject: { ...seen.row, act }, wanted: { press, act, task: seen.row.id, fields, person },
    page: { path: `${path}${suffix(lang)}`, title: [`${vi}, ${seen.row.id}`, `${en}, ${seen.row.id}`], summary: summaryOf(act, posted) },
    refused: (why) => (why === 'too-many' ? again(429, { said: [TOO_MANY], kept }) : again(409, { said: [NO_ADDRESS], kept })),
  });
};

/**
 * A form that was posted, from the checks to the receipt. The first decision of a press stands: the same press again gives the same receipt, whatever stands in
 * its form.
 */
export const actOn = async (posted: Posted): Promise<Response> => {
  const act = await checked(posted);
  if (act instanceof Response) return act;
  const { deps, link, seen, path, lang, c, typed, again } = posted;
  try {
    const proof = isWeighty(act.act) ? await proved(posted, act) : {};
    if (proof instanceof Response) return proof;
    const result = await pressAct(deps, link, { id: act.press, task: seen.row.id, act: act.act, fields: act.fields, person: act.person, ...proof }, seen.names);
    if (result.kind === 'unclear') return await again(503, { said: [NO_ANSWER, MAY_COUNT], kept: { act: act.act, typed, errors: {}, isSame: true } });
    if (result.kind === 'done') return c.redirect(`${path}/bien-nhan/${act.press}${suffix(lang)}`, 303);
    return await again(409, { said: result.said, kept: { act: act.act, typed, errors: {} } });
  } catch (error) {
    if (!(error instanceof Unreachable) || error.service !== 'temporal') throw error;
    return again(503, { said: [NO_ACTING, MAY_COUNT], kept: { act: act.act, typed, errors: {}, isSame: true } });
  }
};
