import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { platform } from 'node:os';

const HOST = '127.0.0.1';

/** Where Temporal's own pages really listen. On Linux all of 127.0.0.0/8 is this machine: an address that no page guesses; elsewhere the usual one. */
export const hiddenHost = (): string => (platform() === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}` : HOST);

/** A page elsewhere that points its own name here sends its own name. */
const isOwnHost = ({ headers: { host } }: IncomingMessage, port: number): boolean => host === `${HOST}:${port}` || host === `localhost:${port}`;
const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** What the browser says of where a request comes from (Fetch Metadata, and Origin before it). Who says neither is no page. */
const isOwnPage = ({ headers }: IncomingMessage): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
};

const refuse = (response: ServerResponse, status: 403 | 502): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(status === 403 ? 'not from here\n' : 'no answer\n');
};

const forward = (asked: IncomingMessage, response: ServerResponse, target: { readonly host: string; readonly port: number }): void => {
  const onward = request({ ...target, method: asked.method, path: asked.url, headers: asked.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : refuse(response, 502)));
  response.on('close', () => onward.destroy());
  asked.pipe(onward);
};

export type UiDoor = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Temporal's own pages on loopback, for the browser of this machine alone: they do not look at `Host` themselves, so a page of another site could act through
 * them by pointing its own name here (DNS rebinding). Reading needs our own host, everything else our own page too.
 */
export const openUiDoor = (port: number, target: { readonly host: string; readonly port: number }): Promise<UiDoor> =>
  new Promise((resolve, reject) => {
    const server = createServer((asked, response) => {
      if (!isOwnHost(asked, port) || (!isRead(asked) && !isOwnPage(asked))) return refuse(response, 403);
      forward(asked, response, target);
    });
    const close = (): Promise<void> => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
    server.once('error', reject);
    server.listen(port, HOST, () => resolve({ url: `http://${HOST}:${port}`, close }));
  });
