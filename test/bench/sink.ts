/**
 * A mail server in a process of its own, so that what it costs is not counted as ours: takes everything and counts it, or
 * puts everything off where it is asked to.
 */
import { startSmtpPeer } from '../support/smtp-peer';
import { serve } from './child';

const main = async (): Promise<void> => {
  const peer = await startSmtpPeer();
  let count = 0;
  peer.onTaken(() => { count += 1; peer.taken.length = 0; });
  const answer = (fault: 'defer-rcpt' | 'none') => (): number => {
    peer.faultAll(fault);
    return count;
  };
  const port = (): number => Number(new URL(peer.url).port);
  serve({ taken: () => count, defer: answer('defer-rcpt'), take: answer('none'), port }, () => peer.stop());
};

void main();
