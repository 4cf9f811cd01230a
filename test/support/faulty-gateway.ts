import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

type Answer = { readonly status: number; readonly body: string; readonly location?: string };
/** What the server does with one request: an answer's status and body, or a fault. `drop`: cuts at the first byte; `reset`: after the request; `half`: in the middle of the answer. */
export type Deed = Answer | 'drop' | 'reset' | 'half' | 'stall' | 'garbage';
export type FaultyGateway = {
  readonly url: string;
  /** Whole requests as they came, headers included. */
  readonly requests: string[];
  /** Answers those that are held back by `hold`. */
  readonly release: () => void;
  stop(): Promise<void>;
};

const isWhole = (request: string): boolean => {
  const [head = '', ...rest] = request.split('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  return rest.length > 0 && Buffer.byteLength(rest.join('\r\n\r\n')) >= length;
};
const answer = (socket: Socket, { status, body, location }: Answer): void => {
  const where = location === undefined ? '' : `location: ${location}\r\n`;
  socket.end(`HTTP/1.1 ${status} X\r\n${where}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
};

/** An HTTP gateway on loopback that does what it is told, one deed for each request in turn; the last one goes on. `hold`: nothing is answered before `release`. */
export const startFaultyGateway = async (deeds: readonly Deed[], { hold = false } = {}): Promise<FaultyGateway> => {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let turn = 0;
  const act = (socket: Socket, deed: Deed): void => {
    if (deed === 'reset') return void socket.resetAndDestroy();
    if (deed === 'half') return void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"CodeResult":"100"', () => socket.resetAndDestroy());
    if (deed === 'garbage') return void socket.end('\u0000\u0001 this is no HTTP\r\n\r\n');
    if (typeof deed === 'object') answer(socket, deed);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const deed = deeds[Math.min(turn++, deeds.length - 1)] ?? 'drop';
    let request = '';
    socket.on('data', (chunk) => {
      if (deed === 'drop') return void socket.resetAndDestroy();
      request += chunk.toString('utf8');
      if (!isWhole(request)) return;
      requests.push(request);
      const go = (): void => act(socket, deed);
      if (hold) held.push(go);
      else go();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, requests,
    release: () => { hold = false; held.splice(0).forEach((go) => go()); },
    stop: () => new Promise((resolve) => { sockets.forEach((socket) => socket.destroy()); server.close(() => resolve()); }),
  };
};
