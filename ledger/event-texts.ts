import type { TextRef } from '../domain/refs';
import type { TaskEvent } from '../domain/task';

/** A file has a name and a type besides. */
const isTextRef = (value: unknown): value is TextRef =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'hash' in value && 'length' in value && !('type' in value);

/** References to free texts by field name; those one level down (an amended value) under the outer name. */
export const eventTexts = (event: TaskEvent): readonly (readonly [string, TextRef])[] => {
  if (event.type !== 'acted') return [];
  return Object.entries(event.fields).flatMap(([name, value]): (readonly [string, TextRef])[] => {
    if (isTextRef(value)) return [[name, value]];
    const inner: unknown = typeof value === 'object' && value !== null && 'text' in value ? value.text : undefined;
    return isTextRef(inner) ? [[name, inner]] : [];
  });
};
