import { connect } from 'node:net';

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isOpen: boolean) => (): void => { socket.destroy(); resolve(isOpen); };
    socket.once('connect', end(true)).once('error', end(false));
  });

/** Settles when something listens there; throws after ten seconds, with what `why` says then. */
export const untilListening = async (port: number, why: () => string): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nothing listens on ${port}: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
