/**
 * An HTTP gateway for text messages in a process of its own: JSON in, JSON out, faults by number. With `honoursKeys` a repeated key is answered with the first
 * result.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inputOf, say, serve } from './child';
import type { GatewayFault } from './gateway-faults';

export type ToGateway = { readonly fault: { readonly to: string; readonly fault: GatewayFault } } | { readonly written: number };
export type Text = { readonly to: string; readonly key: string; readonly text: string; readonly isDropped: boolean };
export type FromGateway = { readonly port: number } | { readonly taken: Text & { readonly n: number } };

/** `keys`: what it knew before it died. */
export type GatewayInput = { readonly honoursKeys: boolean; readonly keys: readonly string[] };
type Body = { readonly Phone: string; readonly Message: string; readonly ClientId: string };
/** Answers that say that nothing was taken. */
const REFUSALS: Readonly<Partial<Record<GatewayFault, readonly [number, string]>>> = {
  'busy-429': [429, '{}'], refused: [200, '{"Code":4,"Message":"no such number"}'], 'error-inside-200': [200, '{"Code":103,"Message":"no balance"}'],
};

const { honoursKeys, keys } = inputOf<GatewayInput>();
const faults = new Map<string, GatewayFault>();
const known = new Set(keys);
const waiting = new Map<number, () => void>();
let last = 0;

const server = createServer((request, response) => {
  let raw = '';
  request.setEncoding('utf8').on('data', (chunk: string) => { raw += chunk; }).on('end', () => { void answer(); });
  const answer = async (): Promise<void> => {
    const { Phone: to, Message: text, ClientId: key } = JSON.parse(raw) as Body;
    const fault = faults.get(to);
    faults.delete(to);
    const refusal = fault === undefined ? undefined : REFUSALS[fault];
    if (fault === 'drop') return void request.socket.resetAndDestroy();
    if (refusal !== undefined) return void response.writeHead(refusal[0]).end(refusal[1]);
    const n = (last += 1);
    const isWritten = new Promise<void>((resolve) => waiting.set(n, resolve));
    await say({ taken: { n, to, key, text, isDropped: honoursKeys && known.has(key) } });
    known.add(key);
    await isWritten;
    if (fault === 'reset-after-request') return void request.socket.resetAndDestroy();
    if (fault === 'stall') return;
    if (fault === 'error-500') return void response.writeHead(500).end('Internal Server Error');
    if (fault === 'garbage') return void response.writeHead(200).end('<html>hello</html>');
    const said = JSON.stringify({ Code: 0, Message: 'ok', MessageId: `id-${key}` });
    if (fault !== 'half-answer') return void response.writeHead(200).end(said);
    response.writeHead(200, { 'content-length': '500' }).write(said.slice(0, 8), () => request.socket.resetAndDestroy());
  };
});

serve<ToGateway>((told) => {
  if (!('fault' in told)) waiting.get(told.written)?.();
  else if (told.fault.fault !== 'none') faults.set(told.fault.to, told.fault.fault);
});
server.listen(0, '127.0.0.1', () => { void say({ port: (server.address() as AddressInfo).port }); });
