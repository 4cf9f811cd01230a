import type { Word } from '../../words';

/** What a choice is made from, where it depends on the task and the position: `offers.ts` knows. */
export type OfferKind = 'unit' | 'colleague' | 'seat' | 'answered-unit' | 'obstacle' | 'file' | 'coordinating'
  | 'back-date' | 'milestone' | 'letter' | 'undocumented';

/**
 * One field as a person fills it in. `text`: several lines; `line`: one; `choice`: one of `choices`, or of what `from` offers; `document`: number and date; `many`:
 * any of what `from` offers. `required`: the form is not taken
 * without it (`where-offered`: where there is anything to choose from); the rules may ask for more. `isDraft`: it begins with the draft that is to be decided on.
 */
export type FormField = {
  readonly name: string;
  readonly label: Word;
  readonly type: 'text' | 'line' | 'date' | 'number' | 'document' | 'choice' | 'many';
  readonly isDraft?: true;
  /** Of `many`: each one that is ticked may have a date of its own. */
  readonly hasDates?: true;
  readonly from?: OfferKind;
  readonly required?: boolean | 'where-offered';
  readonly hint?: Word;
  readonly choices?: readonly (readonly [value: string, label: Word])[];
};
/** `isPlain`: a step that stands open on the page; the rest is folded away. */
export type ActForm = {
  readonly button: Word; readonly fields: readonly FormField[]; readonly isPlain?: boolean; readonly note?: Word;
  /** Makes one field of the act of several inputs. */
  readonly gathered?: (raw: RawFields) => RawFields;
  /** Beside which inputs an error of such a field stands. */
  readonly inputsFor?: (field: string, raw: RawFields) => string;
};
/** What was filled in, by the names of the form's fields, before it is checked. */
export type RawFields = Readonly<Record<string, unknown>>;

export const text = (name: string, label: Word, more: Partial<FormField> = {}): FormField => ({ name, label, type: 'text', ...more });
export const date = (name: string, label: Word, more: Partial<FormField> = {}): FormField => ({ name, label, type: 'date', ...more });
export const must = { required: true } as const;
export const DOCUMENT: FormField = { name: 'document', label: ['Văn bản', 'Document'], type: 'document' };
export const NEEDED_DOCUMENT: FormField = { ...DOCUMENT, ...must };
/** Any of several units. */
export const many = (name: string, label: Word, from: OfferKind, more: Partial<FormField> = {}): FormField => ({ name, label, type: 'many', from, ...more });
export const pick = (name: string, label: Word, from: OfferKind, more: Partial<FormField> = must): FormField =>
  ({ name, label, type: 'choice', from, ...more });
export const YES_NO = [['yes', ['Có', 'Yes']], ['no', ['Không', 'No']]] as const;
export const REASON = text('reason', ['Lý do', 'Reason'], must);

/** The inputs of a field of type `many` that were ticked: `to.tb-stc`. */
export const tickedOf = ({ name }: FormField, typed: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(typed).filter((input) => input.startsWith(`${name}.`) && typed[input] === 'yes').map((input) => input.slice(name.length + 1));

/** The input of a ticked one's own date: `toDue.tb-stc`. */
export const dateInputOf = ({ name }: FormField, one: string): string => `${name}Due.${one}`;

/** What the inputs of a field are called in the form. */
export const inputsOf = ({ name, type }: FormField): readonly string[] => (type === 'document' ? [`${name}Number`, `${name}Date`] : [name]);
