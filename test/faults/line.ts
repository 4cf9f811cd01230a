import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A place in a conversation: its name and whom it is about (an address, a number), where that is known. */
export type Place = { readonly point: string; readonly who: string };
/** What to do there. `cut`: both sides lose the connection at once; `hole`: nothing goes through any more, and nobody is told. */
export type Verdict = 'pass' | 'cut' | 'hole';
export type Listener = (place: Place) => Verdict | Promise<Verdict>;
/** A place within a chunk: what stands before `at` has been passed on when its listener is asked. */
export type Mark = Place & { readonly at: number };
/** Follows one connection and tells the places in what goes by. */
export type Reader = { fromClient(chunk: Buffer): readonly Mark[]; fromServer(chunk: Buffer): readonly Mark[] };
export type Target = { readonly port: number; readonly host: string } | { readonly path: string };

export type Line = {
  readonly port: number;
  /** Who is asked at every place; one after the other within a connection. */
  listen(listener: Listener): void;
  /** Where new connections lead to from now on; answers where they led before. */
  lead(target: Target): Target;
  cutAll(): void;
  stop(): Promise<void>;
};

type Ends = { readonly client: Socket; readonly server: Socket };
/**
 * A reset, as of a line that breaks; a Unix socket has none. One whose end is on its way cannot be reset: Node.js would
 * keep its handle, and the process would spin instead of ending.
 */
const reset = (socket: Socket): void => {
  if (socket.writableEnded || socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
};
const cut = ({ client, server }: Ends): void => [client, server].forEach(reset);

/** Passes on what one side sends, place by place; the socket waits meanwhile. Answers whether the direction goes on. */
const passOn = async (ends: Ends, to: Socket, chunk: Buffer, marks: readonly Mark[], ask: Listener): Promise<boolean> => {
  let from = 0;
  for (const { at, ...place } of marks) {
    if (at > from) to.write(chunk.subarray(from, at));
    from = at;
    const verdict = await ask(place);
    if (verdict === 'cut') cut(ends);
    if (verdict !== 'pass') return false;
  }
  to.write(chunk.subarray(from));
  return true;
};

const direct = (ends: Ends, from: Socket, to: Socket, read: (chunk: Buffer) => readonly Mark[], ask: Listener): void => {
  let before = Promise.resolve(true);
  from.on('data', (chunk: Buffer) => {
    before = before.then((goesOn) => (goesOn ? passOn(ends, to, chunk, read(chunk), ask) : false));
  });
  from.on('error', () => undefined);
  from.on('close', () => { void before.then((goesOn) => { if (goesOn) to.end(); }); });
};

/** A TCP proxy on loopback that knows where a conversation stands, and can hold it, cut it or swallow it there. */
export const startLine = async (target: Target, reader: () => Reader): Promise<Line> => {
  const open = new Set<Ends>();
  let [goal, listener]: [Target, Listener] = [target, () => 'pass'];
  const serve = async (client: Socket): Promise<void> => {
    client.on('error', () => undefined);
    const verdict = await listener({ point: 'connect', who: '' });
    if (verdict === 'cut') return reset(client);
    if (verdict === 'hole') return;
    const server = connect(goal);
    const ends = { client, server };
    open.add(ends);
    server.on('close', () => open.delete(ends));
    server.once('error', () => reset(client));
    const read = reader();
    const ask: Listener = (place) => listener(place);
    direct(ends, client, server, (chunk) => read.fromClient(chunk), ask);
    direct(ends, server, client, (chunk) => read.fromServer(chunk), ask);
  };
  const server = createServer((client) => { void serve(client); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    listen: (next) => { listener = next; },
    lead: (next) => {
      const before = goal;
      goal = next;
      return before;
    },
    cutAll: () => { open.forEach(cut); },
    stop: () => new Promise((resolve) => { open.forEach(cut); server.close(() => resolve()); }),
  };
};
