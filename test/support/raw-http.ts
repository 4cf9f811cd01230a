import { connect } from 'node:net';

export type RawAnswer = { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly body: string };

const read = (text: string): RawAnswer => {
  const cut = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, cut).split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(cut + 4) };
};

/** Sends lines as they are, so that any header, repeated or odd, goes through; answers when the server has closed. `version`: what the first line says. */
export const rawRequest = (
  port: number, target: string,
  { headers = [], body = '', method = 'GET', version = '1.1' }: {
    readonly headers?: readonly string[]; readonly body?: string; readonly method?: string; readonly version?: '1.0' | '1.1';
  } = {},
): Promise<RawAnswer> => new Promise((resolve, reject) => {
  const parts: Buffer[] = [];
  const socket = connect(port, '127.0.0.1', () => {
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    socket.write([`${method} ${target} HTTP/${version}`, ...headers, ...length, 'Connection: close', '', body].join('\r\n'));
  });
  socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)));
  socket.on('data', (part) => parts.push(part)).once('error', reject).once('close', () => resolve(read(Buffer.concat(parts).toString('utf8'))));
});
