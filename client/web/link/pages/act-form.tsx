import { type Child, useContext } from 'hono/jsx';
import type { Act } from '../../../../domain/acts';
import type { Holder } from '../../../../ledger/directory';
import { ACT_WORDS, type Word } from '../../../words';
import type { Fields } from '../body';
import { type FormField, inputsOf } from '../form-fields';
import { ACT_FORMS } from '../forms';
import { offeredFor, type Offers } from '../offers';
import type { FieldErrors } from '../read-fields';
import { LangContext, useSay } from '../words';

/** A form as it came back: what was typed and what is wrong with it. `isSame`: the same press once more, since nobody knows whether the first one counted. */
export type Kept = { readonly act: string; readonly typed: Fields; readonly errors: FieldErrors; readonly isSame?: boolean };
export type FormProps = {
  readonly act: Act; readonly path: string; /** The press of this form. */ readonly press: string; readonly shown: string; readonly people: readonly Holder[];
  readonly offers: Offers; readonly kept?: Kept | undefined; readonly isWeighty: boolean;
};

const CODE_NEXT: Word = [
  'Bước tiếp theo: nhập mã xác nhận được gửi đến điện thoại của người thực hiện.', 'Next: a code that is sent to the phone of who acts.',
];
const LABELS: Readonly<Record<string, Word>> = {
  documentNumber: ['Số văn bản', 'Number of the document'], documentDate: ['Ngày văn bản', 'Date of the document'],
};

/** What tells a screen reader of the error beside an input. */
export const faulty = (id: string, error: Word | undefined) =>
  (error === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-error` });

const Errors = ({ id, error }: { readonly id: string; readonly error: Word | undefined }) => {
  const say = useSay();
  return error === undefined ? <></> : <p class="error" id={`${id}-error`}>{say(error)}</p>;
};

type InputProps = {
  readonly form: string; readonly field: FormField; readonly input: string; readonly typed: Fields; readonly errors: FieldErrors; readonly offers: Offers;
};

const Control = ({ form, field, input, typed, errors, offers }: InputProps) => {
  const say = useSay();
  const id = `${form}-${input}`;
  const common = {
    id, name: input, ...(field.required ? { 'aria-required': 'true' as const } : {}),
    ...faulty(id, errors[input]),
  };
  const value = typed[input] ?? '';
  if (field.type === 'text') return <textarea {...common} maxlength={5000}>{value}</textarea>;
  if (field.type === 'choice') {
    return (
      <select {...common}>
        <option value="">{say(['– chọn –', '– choose –'])}</option>
        {offeredFor(field, offers, say).map(([one, label]) => (
          <option value={one} selected={one === value}>{label}</option>
        ))}
      </select>
    );
  }
  const type = field.type === 'date' || input.endsWith('Date') ? 'date' : 'text';
  const keys = field.type === 'number' ? { inputmode: 'numeric' as const } : {};
  return <input {...common} {...keys} type={type} value={value} maxlength={200} autocomplete="off" />;
};

const Input = (props: InputProps) => {
  const say = useSay();
  const { form, field, input, errors } = props;
  const optional: Word = field.required ? ['', ''] : [' (không bắt buộc)', ' (optional)'];
  const label = field.type === 'document' ? `${say(LABELS[input] ?? field.label)}${say(optional)}` : say(field.label);
  return (
    <div class="field">
      <label for={`${form}-${input}`}>{label}</label>
      {field.hint !== undefined && <p class="hint">{say(field.hint)}</p>}
      <Control {...props} />
      <Errors id={`${form}-${input}`} error={errors[input]} />
    </div>
  );
};

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
        {form.fields.flatMap((field) => inputsOf(field).map((input) => (
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
