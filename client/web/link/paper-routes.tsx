import type { Hono } from 'hono';
import { readLetter } from '../../../ledger/letters';
import { inputsFile, letterFile } from '../../../messages/files';
import { download } from '../download';
import { said } from './answers';
import type { LinkDeps } from './deps';
import type { FileSite } from './file-routes';
import { InputsPage } from './pages/inputs';
import { inputsFor } from './papers';

const NO_TABLE = ['Không có bảng tổng hợp ý kiến này.', 'There is no such table of inputs.'] as const;

/** Letters and tables of a task, for the units that have a part in them. */
export const paperRoutes = (app: Hono, base: string, deps: LinkDeps, { visiting, withTask }: Pick<FileSite, 'visiting' | 'withTask'>): void => {
  app.get(`${base}/van-ban/:letter`, visiting((visit) => Promise.resolve(withTask(visit, async ({ papers, row }) => {
    const { c } = visit;
    const asked = papers.letters.find((l) => l.id === c.req.param('letter'));
    const letter = asked && await readLetter(deps.ledger, row.id, asked.id);
    return letter === undefined ? c.notFound() : download(c, { filename: letter.name, contentType: letter.contentType, content: letter.content });
  }))));
  app.get(`${base}/du-thao/:rung`, visiting((visit) => Promise.resolve(withTask(visit, async ({ papers }) => {
    const { c } = visit;
    const draft = papers.drafts.find((d) => d.rung === c.req.param('rung'));
    return draft === undefined ? c.notFound() : download(c, await letterFile(draft, { isDraft: true }));
  }))));
  app.get(`${base}/bieu-03/:no`, visiting((visit) => Promise.resolve(withTask(visit, async (seen, path) => {
    const table = await inputsFor(deps, visit.link, seen, Number(visit.c.req.param('no')));
    return table === undefined ? said(visit, 404, [NO_TABLE]) : visit.c.html(<InputsPage link={visit.link} lang={visit.lang} path={path} table={table} names={seen.names} />);
  }))));
  app.get(`${base}/bieu-03/:no/tep`, visiting((visit) => Promise.resolve(withTask(visit, async (seen) => {
    const table = await inputsFor(deps, visit.link, seen, Number(visit.c.req.param('no')));
    return table === undefined ? visit.c.notFound() : download(visit.c, await inputsFile(table));
  }))));
};
