import type { Context } from 'hono';
import type { Attachment } from '../../messages/input';

/** A file to be kept: no browser shows it as a page, and one that did all the same would run and load nothing. */
export const download = (c: Context, { filename, contentType, content }: Attachment): Response =>
  c.body(new Uint8Array(content), 200, {
    'content-type': contentType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
