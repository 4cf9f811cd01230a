import { dateAt } from '../../../domain/time';
import { listPlans } from '../../../ledger/board';
import { spendCode } from '../../../ledger/codes';
import { type Holder, peopleOf, readDirectoryHeader } from '../../../ledger/directory';
import { Unreachable } from '../../unreachable';
import type { Word } from '../../words';
import { NO_ADDRESS, TOO_MANY } from './act-words';
import { said } from './answers';
import type { Fields } from './body';
import type { Acting, LinkDeps } from './deps';
import { NO_ACTING } from './health';
import { unitOfLink } from './open-link';
import { prove } from './prove';
import type { Visit } from './visit';

const CHOOSE: Word = ['Chưa thực hiện: đề nghị chọn người thực hiện.', 'Nothing was done: choose who acts.'];

/** A choice of a small form: what is to be done, and by whom where the position has several people (`begin.p007`). */
export const choiceOf = (verb: string, people: readonly Holder[], { person }: Holder): string =>
  people.length === 1 ? verb : `${verb}.${person}`;
const chosenPerson = (people: readonly Holder[], verb: string, choice: string): Holder | undefined =>
  people.find((one) => choiceOf(verb, people, one) === choice);

export type Proven = {
  readonly deps: LinkDeps;
  readonly visit: Visit;
  readonly acting: Acting;
  readonly fields: Fields;
};
/** `path`: where the form goes, behind that of the link; `verb`: what its choices begin with. */
export type ProvenFor = { readonly path: string; readonly verb: string; readonly title: Word };

/**
 * Who of the position's people opens something that shows more, or lasts longer, than the link itself: by the code that
 * they got; or the answer that asks for it.
 */
export const provenPerson = async (
  { deps, visit, acting, fields }: Proven,
  { path, verb, title }: ProvenFor,
): Promise<Holder | Response> => {
  const { c, link, lang } = visit;
  const people = await peopleOf(deps.ledger, link.position, dateAt(link.at));
  const person = chosenPerson(people, verb, fields['choice'] ?? '');
  if (person === undefined) return said(visit, 422, [CHOOSE]);
  const [header, plans] = await Promise.all([readDirectoryHeader(deps.ledger), listPlans(deps.ledger)]);
  const unit = unitOfLink(link);
  try {
    const proof = await prove({
      deps: { ...deps, acting },
      c,
      link,
      lang,
      typed: fields,
      wanted: { press: fields['press'] ?? '', act: path, task: '', fields: { choice: fields['choice'] }, person },
      subject: {
        plan: plans.at(-1)?.code ?? null,
        lead: unit,
        supervisor: header?.hostUnit ?? unit,
        opens: verb === 'begin' ? 'board' : 'calendar',
      },
      page: { path: `${link.path}/${path}${lang === 'en' ? '?lang=en' : ''}`, title, summary: [] },
      refused: (why) => (why === 'too-many' ? said(visit, 429, [TOO_MANY]) : said(visit, 409, [NO_ADDRESS])),
    });
    if (proof instanceof Response) return proof;
    await spendCode(deps.ledger, fields['codeId'] ?? '', deps.realNow());
    return person;
  } catch (error) {
    if (!(error instanceof Unreachable) || error.service !== 'temporal') throw error;
    return said(visit, 503, [NO_ACTING]);
  }
};
