import type { Context } from 'hono';

/** A form is text of this size at most: five texts of 5,000 letters, each written as up to nine bytes. */
export const MAX_FORM_BYTES = 256 * 1024;

export type Fields = Readonly<Record<string, string>>;
export type FormBody = { readonly ok: true; readonly fields: Fields } | { readonly ok: false; readonly status: 400 | 413 | 415 };

/** Reads at most `limit` bytes; undefined for more, without waiting for the rest. */
export const bytesOf = async (request: Request, limit: number): Promise<Buffer | undefined> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** One value, UTF-8 written as %XX. @throws URIError for bytes that are no UTF-8, and for NUL, which the ledger keeps in no text */
const decoded = (text: string): string => {
  const value = decodeURIComponent(text.replace(/\+/g, ' ')).normalize('NFC');
  if (value.includes('\0')) throw new URIError('NUL in a form');
  return value;
};

/** What was read before, by request: a body can be read once. */
const known = new WeakMap<Request, Promise<FormBody>>();

/** An `application/x-www-form-urlencoded` form of this site's pages; the last value of a name that is repeated. */
export const readForm = (c: Context): Promise<FormBody> => {
  const read = known.get(c.req.raw) ?? readOnce(c);
  known.set(c.req.raw, read);
  return read;
};
const readOnce = async (c: Context): Promise<FormBody> => {
  if (!/^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(c.req.header('content-type') ?? '')) return { ok: false, status: 415 };
  if (Number(c.req.header('content-length') ?? 0) > MAX_FORM_BYTES) return { ok: false, status: 413 };
  const bytes = await bytesOf(c.req.raw, MAX_FORM_BYTES);
  if (bytes === undefined) return { ok: false, status: 413 };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const pairs = text.split('&').filter((pair) => pair !== '').map((pair): [string, string] => {
      const cut = pair.indexOf('=');
      return cut < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, cut)), decoded(pair.slice(cut + 1))];
    });
    return { ok: true, fields: Object.fromEntries(pairs.map(([name, value]) => [name, value.replace(/\r\n?/g, '\n')])) };
  } catch {
    return { ok: false, status: 400 };
  }
};

/**
 * False for a post that another site's page made. Pages with `no-referrer` send `Origin: null`, so the browser's own word (Fetch Metadata) decides where there
 * is one; the
 * secret in the path and the press in the form keep out everybody who has no link.
 */
export const isOwnPost = (c: Context, publicUrl: string | undefined): boolean => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host) || (publicUrl !== undefined && origin === new URL(publicUrl).origin);
};
