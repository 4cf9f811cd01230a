import type { Context } from 'hono';
import type { OpenLink } from './open-link';
import type { Lang } from './words';

/** A request with its link open: everything a handler needs. */
export type Visit = { readonly c: Context; readonly link: OpenLink; readonly lang: Lang };
