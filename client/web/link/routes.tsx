import { Hono } from 'hono';
import { eventOfPress, findPress } from '../../../ledger/presses';
import { newPress, receiptCode } from '../../../links';
import type { Word } from '../../words';
import { actOn } from './act-on';
import { dead, ownPost, said, visiting } from './answers';
import { closedPage } from './closed';
import type { LinkDeps } from './deps';
import { fileRoutes } from './file-routes';
import { createHealth } from './health';
import { ReceiptPage } from './pages/receipt';
import { StepPage, type StepProps } from './pages/step';
import { paperRoutes } from './paper-routes';
import { positionPage } from './position';
import { positionRoutes } from './position-routes';
import { seeTask, type SeenTask, wasReassigned } from './see-task';
import type { Visit } from './visit';

const LOST_TASK: Word = [
  'Nhiệm vụ đã được giao cho đơn vị khác chủ trì; đường dẫn của đơn vị trước hết hiệu lực.',
  'The task was given to another unit; the links of the former one have ended.',
];
const NO_TASK: Word = ['Không có nhiệm vụ này, hoặc nhiệm vụ không thuộc chức danh này.', 'There is no such task for this position.'];
const NO_RECEIPT: Word = ['Không có biên nhận này.', 'There is no such receipt.'];

/** The task of a step's link, or the one that a position's page leads to. */
const taskAsked = ({ c, link }: Visit): { readonly task: string; readonly path: string } | undefined => {
  const asked = c.req.param('task');
  if (link.row.task !== null) return asked === undefined || asked === link.row.task ? { task: link.row.task, path: link.path } : undefined;
  return asked === undefined ? undefined : { task: asked, path: `${link.path}/viec/${asked}` };
};

export const linkPages = (deps: LinkDeps): Hono => {
  const app = new Hono();
  const health = createHealth(deps);
  const step = (visit: Visit, seen: SeenTask, path: string, more: Pick<StepProps, 'kept' | 'said' | 'away'>) => {
    const pressFor = (act: string): string =>
      (deps.acting === undefined ? '' : newPress(deps.acting.key, { link: visit.link.row.id, task: seen.row.id, act, shown: seen.shown }));
    return <StepPage link={visit.link} seen={seen} lang={visit.lang} path={path} pressFor={pressFor} {...more} />;
  };
  const none = (visit: Visit) => said(visit, 404, [NO_TASK]);
  /** The task that a request is about, as the position may see it. */
  const withTask = (visit: Visit, work: (seen: SeenTask, path: string) => Promise<Response>): Promise<Response> | Response => {
    const asked = taskAsked(visit);
    if (asked === undefined) return none(visit);
    return seeTask(deps, visit.link, asked.task).then((seen): Response | Promise<Response> => {
      if (seen === undefined) return visit.link.row.task === null ? none(visit) : dead(deps, visit, LOST_TASK);
      return visit.link.row.task !== null && wasReassigned(seen, visit.link) ? dead(deps, visit, LOST_TASK) : work(seen, asked.path);
    });
  };

  const show = visiting(deps, async (visit) => {
    if (visit.link.row.task === null && visit.c.req.param('task') === undefined) return positionPage(deps, visit);
    return withTask(visit, async (seen, path) => visit.c.html(step(visit, seen, path, { away: await health() })));
  });
  const post = visiting(deps, (visit) => ownPost(deps, visit, async (typed, acting) => withTask(visit, (seen, path) => actOn({
    deps: { ...deps, acting }, c: visit.c, link: visit.link, seen, path, lang: visit.lang, typed,
    again: (status, more) => visit.c.html(step(visit, seen, path, more), status),
  }))));
  /** The receipt of a press of this very link; undefined where there is none. */
  const receiptOf = async (visit: Visit): Promise<Response | undefined> => {
    const press = await findPress(deps.ledger, visit.c.req.param('press') ?? '');
    if (press === undefined || press.link !== visit.link.row.id || deps.acting === undefined) return undefined;
    const { key } = deps.acting;
    return withTask(visit, async (seen, path) => visit.c.html(
      <ReceiptPage
        link={visit.link} lang={visit.lang} path={path} press={press} names={seen.names}
        event={await eventOfPress(deps.ledger, press.task, press.id)} code={receiptCode(key, press.id)}
        personName={seen.people.find((p) => p.person === press.person)?.name}
      />,
    ));
  };
  // Who hands a task on ends their own link by it, and must read all the same that it was done.
  const receipt = visiting(deps, async (visit) => (await receiptOf(visit)) ?? said(visit, 404, [NO_RECEIPT]), receiptOf);

  for (const path of ['/t/:token', '/t/:token/viec/:task']) {
    app.get(path, show);
    app.post(path, post);
    app.get(`${path}/bien-nhan/:press`, receipt);
    paperRoutes(app, path, deps, { visiting: (work) => visiting(deps, work), withTask });
    fileRoutes(app, path, deps, { visiting: (work) => visiting(deps, work), withTask, again: (visit, seen, to, more) => step(visit, seen, to, more) });
  }
  app.get('/t/:token/da-ket-thuc', visiting(deps, (visit) => closedPage(deps, visit)));
  positionRoutes(app, deps);
  return app;
};
