import type { Kysely } from 'kysely';
import { anyOf } from '../rows';
import { readTexts } from '../texts';
import type { Schema } from '../schema';

/** Titles as last amended, by task; no entry for one that was never amended. */
export const readAmendedTitles = async (db: Kysely<Schema>, tasks: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.selectFrom('event').select(['task', 'body']).where('act', '=', 'amend').where('task', '=', anyOf(tasks)).orderBy('seq').execute();
  const refs = new Map(rows.flatMap(({ task, body }) =>
    body.type === 'acted' && body.act === 'amend' && body.fields.field === 'title' && 'text' in body.fields.value ? [[task, body.fields.value.text.id] as const] : []));
  const texts = await readTexts(db, [...refs.values()]);
  return new Map([...refs].flatMap(([task, id]) => {
    const title = texts.get(id);
    return title ? [[task, title] as const] : [];
  }));
};
