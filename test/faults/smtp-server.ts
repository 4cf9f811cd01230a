/** The mail server of `test/support/smtp-peer.ts` in a process of its own. It answers to a mail only when the parent has written down that it was taken. */
import { type Fault, startSmtpPeer } from '../support/smtp-peer';
import { say, serve } from './child';

/** Without `to`: everybody who has none of his own. */
export type ToSmtpServer =
  | { readonly fault: { readonly to?: string; readonly fault: Fault } } | { readonly written: number };
export type FromSmtpServer = { readonly port: number } | { readonly taken: { readonly n: number; readonly to: string; readonly base64: string } };

const main = async (): Promise<void> => {
  const peer = await startSmtpPeer();
  const waiting = new Map<number, () => void>();
  let last = 0;
  peer.onTaken(async ({ to, bytes }) => {
    const n = (last += 1);
    const isWritten = new Promise<void>((resolve) => waiting.set(n, resolve));
    await say({ taken: { n, to, base64: bytes.toString('base64') } });
    await isWritten;
  });
  serve<ToSmtpServer>((told) => {
    if ('written' in told) return waiting.get(told.written)?.();
    const { to, fault } = told.fault;
    return to === undefined ? peer.faultAll(fault) : peer.fault(to, fault);
  });
  await say({ port: Number(new URL(peer.url).port) });
};

void main();
