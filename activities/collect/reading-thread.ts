import { parentPort } from 'node:worker_threads';
import { readMail } from './read-mail';
import type { FromThread } from './reader';

/** Runs in a thread of its own: whatever a stranger's mail does to a parser, it does it to this thread alone. */

const answer = (said: FromThread): void => parentPort?.postMessage(said);

parentPort?.on('message', (bytes: Uint8Array) => {
  readMail(Buffer.from(bytes)).then(
    (mail) => answer({ mail }),
    () => answer({ mail: null }),
  );
});
answer('ready');
