import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A TCP proxy on loopback that can fall silent: what it is given is swallowed, connections are taken and kept, and
 * nobody is told.
 */
export type BlackHole = {
  readonly port: number;
  swallow(): void;
  /** Passes on again what comes from now on; what was swallowed is lost. */
  speak(): void;
  /** The connections of now stay silent for ever, as those of a server that has moved; new ones are served. */
  strand(): void;
  stop(): Promise<void>;
};

const LOOPBACK = '127.0.0.1';

export const startBlackHole = async (
  target: { readonly path: string } | { readonly port: number },
): Promise<BlackHole> => {
  const open = new Set<Socket>();
  let stranded = new WeakSet<Socket>();
  let isSilent = false;
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      if (!isSilent && !stranded.has(from)) to.write(chunk);
    });
    from
      .on('error', () => undefined)
      .on('close', () => {
        open.delete(from);
        if (!isSilent && !stranded.has(from)) to.destroy();
      });
    open.add(from);
  };
  const server = createServer((client) => {
    const beyond = 'path' in target ? connect(target.path) : connect(target.port, LOOPBACK);
    pass(client, beyond);
    pass(beyond, client);
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
    strand: () => {
      stranded = new WeakSet(open);
    },
    stop: () =>
      new Promise((resolve) => {
        open.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
};
