import type { Word } from '../../../words';
import type { Fields } from '../body';
import { dateInputOf, type FormField, tickedOf } from '../form-fields';
import { offeredFor, type Offers } from '../offers';
import type { FieldErrors } from '../read-fields';
import { useSay } from '../words';

const LABELS: Readonly<Record<string, Word>> = {
  documentNumber: ['Số văn bản', 'Number of the document'], documentDate: ['Ngày văn bản', 'Date of the document'],
};

/** What tells a screen reader of the error beside an input. */
export const faulty = (id: string, error: Word | undefined) =>
  (error === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-error` });

export const Errors = ({ id, error }: { readonly id: string; readonly error: Word | undefined }) => {
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
  const value = typed[input] ?? (field.isDraft === true ? offers.draft ?? '' : '');
  if (field.type === 'text') return <textarea class={field.isDraft === true ? 'long' : ''} {...common} maxlength={5000}>{value}</textarea>;
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

/** Boxes to tick, folded away: a phone's screen is short. */
const Many = ({ form, field, typed, errors, offers }: InputProps) => {
  const say = useSay();
  const [ticked, error] = [tickedOf(field, typed), errors[field.name]];
  return (
    <details class="field" open={ticked.length > 0 || error !== undefined}>
      <summary>{say(field.label)}</summary>
      {field.hint !== undefined && <p class="hint">{say(field.hint)}</p>}
      <fieldset aria-label={say(field.label)}>
        {offeredFor(field, offers, say).map(([one, label]) => (
          <label class="tick">
            <input
              type="checkbox"
              name={`${field.name}.${one}`}
              value="yes"
              checked={ticked.includes(one)}
              {...faulty(`${form}-${field.name}`, error)}
            />
            {label}
            {field.hasDates === true && (
              <input
                type="date"
                name={dateInputOf(field, one)}
                value={typed[dateInputOf(field, one)] ?? ''}
                autocomplete="off"
                aria-label={say([`Hạn góp ý riêng của ${label}`, `Own date of ${label}`])}
              />
            )}
          </label>
        ))}
      </fieldset>
      <Errors id={`${form}-${field.name}`} error={error} />
    </details>
  );
};

/** One input of a field with its label, its hint and what is wrong with it. */
export const Input = (props: InputProps) => {
  const say = useSay();
  if (props.field.type === 'many') return <Many {...props} />;
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
