import type { FileRef, TextRef } from './refs';
import type { TaskEvent } from './task';

/** One thing that an act refers to, and where: `field` as the act names it, with dots where it stands deeper. */
export type Reference = { readonly kind: 'text' | 'file'; readonly id: string; readonly field: string };

const isRef = (value: object): value is TextRef | FileRef =>
  'id' in value && 'hash' in value && 'length' in value && typeof value.id === 'string';
const within = (value: unknown, path: string): readonly Reference[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (isRef(value)) return [{ kind: 'type' in value ? 'file' : 'text', id: value.id, field: path }];
  return Object.entries(value).flatMap(([name, inner]) => within(inner, path === '' ? name : `${path}.${name}`));
};

/** Every text and file that an event refers to; none but of acts. */
export const referencesOf = (event: TaskEvent): readonly Reference[] =>
  (event.type === 'acted' ? within(event.fields, '') : []);
