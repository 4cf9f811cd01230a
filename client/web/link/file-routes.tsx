import type { Context, Hono } from 'hono';
import { insertFile, readFile, sizeOfFiles } from '../../../ledger/files';
import { readPress } from '../../../links';
import type { Word } from '../../words';
import { download } from '../download';
import { bytesOf, isOwnPost } from './body';
import type { LinkDeps } from './deps';
import { fileName, fileType } from './file-type';
import { NO_ACTING } from './health';
import type { StepPage, StepProps } from './pages/step';
import { unitOfLink } from './open-link';
import type { SeenTask } from './see-task';
import type { Visit } from './visit';

const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** The form around the file. */
const FORM_BYTES = 64 * 1024;
/** Of each unit: none fills the place of the others. */
const MAX_UNIT_BYTES = 50 * 1024 * 1024;

export type FileSite = {
  readonly visiting: (work: (visit: Visit) => Promise<Response>) => (c: Context) => Promise<Response>;
  readonly withTask: (visit: Visit, work: (seen: SeenTask, path: string) => Promise<Response>) => Promise<Response> | Response;
  readonly again: (visit: Visit, seen: SeenTask, path: string, more: Pick<StepProps, 'kept' | 'said'>) => ReturnType<typeof StepPage>;
};
type Sent = {
  readonly ok: true; readonly press: string; readonly shown: string; readonly name: string; readonly content: Buffer;
} | { readonly ok: false; readonly status: 400 | 413 | 415 | 422; readonly error: Word };

const TOO_BIG: Word = ['Tệp lớn hơn 10 MB; chưa gửi được.', 'The file is larger than 10 MB.'];
const NO_FILE: Word = ['Đề nghị chọn một tệp.', 'Choose a file.'];
const NOT_TAKEN: Word = [
  'Chỉ nhận tệp PDF, DOCX, XLSX, ODT, PNG hoặc JPEG, đúng nội dung với tên tệp, không có macro.',
  'Only a PDF, DOCX, XLSX, ODT, PNG or JPEG whose content fits its name, without macros.',
];
const BAD_FORM: Word = ['Biểu mẫu gửi tệp không đúng; chưa ghi nhận gì.', 'The form is not right; nothing was recorded.'];
const FULL: Word = ['Đơn vị đã gửi đủ 50 MB tệp của nhiệm vụ này.', 'This unit has 50 MB of files on this task already.'];

const readSent = async (c: Context): Promise<Sent> => {
  const type = c.req.header('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) return { ok: false, status: 415, error: BAD_FORM };
  const bytes = await bytesOf(c.req.raw, MAX_FILE_BYTES + FORM_BYTES);
  if (bytes === undefined) return { ok: false, status: 413, error: TOO_BIG };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (form === undefined) return { ok: false, status: 400, error: BAD_FORM };
  const [file, press, shown] = [form.get('file'), form.get('press'), form.get('shown')];
  if (!(file instanceof File) || file.size === 0) return { ok: false, status: 422, error: NO_FILE };
  if (file.size > MAX_FILE_BYTES) return { ok: false, status: 413, error: TOO_BIG };
  return {
    ok: true, press: typeof press === 'string' ? press : '', shown: typeof shown === 'string' ? shown : '', name: fileName(file.name),
    content: Buffer.from(await file.arrayBuffer()),
  };
};

/** Files of a task: taken from positions that may act on it, given to links of the same task and to nobody else. */
export const fileRoutes = (app: Hono, base: string, deps: LinkDeps, { visiting, withTask, again }: FileSite): void => {
  const add = visiting((visit) => Promise.resolve(withTask(visit, async (seen, path) => {
    const { c, link } = visit;
    const refused = (status: 400 | 403 | 409 | 413 | 415 | 422 | 503, error: Word) =>
      c.html(again(visit, seen, path, { said: [error], kept: { act: 'file', typed: {}, errors: { file: error } } }), status);
    if (!isOwnPost(c, deps.publicUrl)) return refused(403, BAD_FORM);
    const sent = await readSent(c);
    if (!sent.ok) return refused(sent.status, sent.error);
    if (deps.acting === undefined || seen.acts.length === 0) return refused(503, NO_ACTING);
    const id = readPress(deps.acting.key, sent.press, { link: link.row.id, task: seen.row.id, act: 'file', shown: sent.shown });
    const contentType = fileType(sent.name, sent.content);
    if (id === undefined) return refused(409, BAD_FORM);
    if (contentType === undefined) return refused(422, NOT_TAKEN);
    if ((await sizeOfFiles(deps.ledger, seen.row.id, unitOfLink(link))) + sent.content.length > MAX_UNIT_BYTES) return refused(409, FULL);
    await insertFile(deps.ledger, { id, task: seen.row.id, position: link.position, name: sent.name, contentType, content: sent.content, addedAt: link.at });
    return c.redirect(path, 303);
  })));
  const give = visiting((visit) => Promise.resolve(withTask(visit, async (seen) => {
    const { c } = visit;
    const file = seen.row.isConfidential ? undefined : await readFile(deps.ledger, seen.row.id, c.req.param('file') ?? '');
    if (file === undefined) return c.notFound();
    return download(c, { filename: file.name, contentType: file.contentType, content: file.content });
  })));
  app.post(`${base}/tep`, add);
  app.get(`${base}/tep/:file`, give);
};
