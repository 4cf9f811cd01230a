import type { Context } from 'hono';
import type { Attachment } from '../../messages/input';

/** A file to be kept: no browser shows it as a page. */
export const download = (c: Context, { filename, contentType, content }: Attachment): Response => c.body(new Uint8Array(content), 200, {
  'content-type': contentType, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
});
