import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { type CivilDate, instantAt } from '../../domain/time';

const CORE = 'docProps/core.xml';
const NOON = 12 * 60;
/** Times in a zip are local ones without a zone (APPNOTE 4.4.6): the first that can be written, on every machine the same. */
const ZIP_TIME = new Date(1980, 0, 1);

const dated = (xml: Uint8Array, on: CivilDate): Uint8Array =>
  strToU8(strFromU8(xml).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${new Date(instantAt(on, NOON)).toISOString().slice(0, 19)}Z`));

/** An office file whose bytes say nothing of when and where they were written: its properties are dated to noon of `on`. The same content gives the same bytes. */
export const sealed = (file: Uint8Array, on: CivilDate): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(unzipSync(file)).map(([name, content]) => [name, name === CORE ? dated(content, on) : content])), { mtime: ZIP_TIME, level: 6 });
