import { type Child, useContext } from 'hono/jsx';
import type { Act } from '../../../../domain/acts';
import type { Holder } from '../../../../ledger/directory';
import { ACT_WORDS, type Word } from '../../../words';
import type { Fields } from '../body';
import { inputsOf } from '../form-fields';
import { ACT_FORMS } from '../forms';
import { isAsked, type Offers } from '../offers';
import type { FieldErrors } from '../read-fields';
import { LangContext, useSay } from '../words';
import { Errors, faulty, Input } from './act-inputs';

/** A form as it came back: what was typed and what is wrong with it. `isSame`: the same press once more, since nobody knows whether the first one counted. */
export type Kept = { readonly act: string; readonly typed: Fields; readonly errors: FieldErrors; readonly isSame?: boolean };
export type FormProps = {
  readonly act: Act; readonly path: string; /** The press of this form. */ readonly press: string; readonly shown: string; readonly people: readonly Holder[];
  readonly offers: Offers; readonly kept?: Kept | undefined; readonly isWeighty: boolean;
};

const CODE_NEXT: Word = [
  'Bước tiếp theo: nhập mã xác nhận được gửi đến điện thoại của người thực hiện.', 'Next: a code that is sent to the phone of who acts.',
];
/** Who acts, where a position has several: chosen, never given. */
const Person = ({ form, people, typed, errors }: {
  readonly form: string; readonly people: readonly Holder[]; readonly typed: Fields; readonly errors: FieldErrors;
}) => {
  const say = useSay();
  if (people.length < 2) return <></>;
  return (
    <fieldset class="field">
      <legend>{say(['Người thực hiện', 'Who acts'])}</legend>
      {people.map(({ person, name, isDeputy }) => (
        <label class="tick">
          <input type="radio" name="person" value={person} checked={typed['person'] === person} />
          {`${name}${isDeputy ? say([' (được ủy quyền, KT.)', ' (deputy)']) : ''}`}
        </label>
      ))}
      <Errors id={`${form}-person`} error={errors['person']} />
    </fieldset>
  );
};

export const Hidden = ({ fields }: { readonly fields: Fields }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

/** A box that must be ticked: no form is valid as it is served. */
export const Tick = ({ form, children, error, name = 'ok' }: {
  readonly form: string; readonly children?: Child; readonly error: Word | undefined; readonly name?: string;
}) => (
  <div class="field">
    <label class="tick">
      <input type="checkbox" name={name} value="yes" {...faulty(`${form}-${name}`, error)} />
      {children}
    </label>
    <Errors id={`${form}-${name}`} error={error} />
  </div>
);

/** One act as a form. What was typed stands in it again, the ticked box does not. */
export const ActFormView = ({ act, path, press, shown, people, offers, kept, isWeighty }: FormProps) => {
  const say = useSay();
  const form = ACT_FORMS[act];
  if (form === undefined) return <></>;
  const to = useContext(LangContext) === 'en' ? `${path}?lang=en` : path;
  const mine = kept?.act === act ? kept : undefined;
  const { typed, errors }: Pick<Kept, 'typed' | 'errors'> = mine ?? { typed: {}, errors: {} };
  return (
    <details open={mine !== undefined || (form.isPlain === true && kept === undefined)} id={`act-${act}`}>
      <summary>{say(ACT_WORDS[act])}</summary>
      <form class="act" method="post" action={to} aria-label={say(ACT_WORDS[act])}>
        <Hidden fields={{ act, press: mine?.isSame === true ? typed['press'] ?? press : press, shown }} />
        {form.note !== undefined && <p class="hint">{say(form.note)}</p>}
        {form.fields.filter((field) => isAsked(field, offers)).flatMap((field) => inputsOf(field).map((input) => (
          <Input form={act} field={field} input={input} typed={typed} errors={errors} offers={offers} />
        )))}
        <Person form={act} people={people} typed={typed} errors={errors} />
        <Tick form={act} error={errors['ok']}>{say(['Tôi xác nhận thực hiện việc này.', 'I confirm that I do this.'])}</Tick>
        {isWeighty && <p class="hint">{say(CODE_NEXT)}</p>}
        <button type="submit">{say(form.button)}</button>
      </form>
    </details>
  );
};
