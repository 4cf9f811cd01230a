/** A mail server in a process of its own, so that what it costs is not counted as ours: takes everything and counts it. */
import { startSmtpPeer } from '../support/smtp-peer';
import { serve } from './child';

const main = async (): Promise<void> => {
  const peer = await startSmtpPeer();
  let count = 0;
  peer.onTaken(() => { count += 1; peer.taken.length = 0; });
  serve({ taken: () => count, port: () => Number(new URL(peer.url).port) }, () => peer.stop());
};

void main();
