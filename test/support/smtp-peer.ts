import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What the peer does with one message, by its recipient. */
export type Fault =
  | 'none' | 'drop-at-rcpt' | 'refuse-rcpt' | 'refuse-rcpt-policy' | 'refuse-rcpt-bare' | 'refuse-sender' | 'defer-rcpt'
  | 'drop-in-body' | 'drop-after-dot' | 'drop-after-250' | 'refuse-body' | 'defer-body' | 'go-away-after-dot' | 'stall-after-dot';
export type Taken = { readonly to: string; readonly bytes: Buffer };
export type SmtpPeer = {
  readonly url: string;
  /** Messages whose final dot arrived, in order, those included whose answer was never given. */
  readonly taken: Taken[];
  /** Every command as it came, in order. */
  readonly commands: readonly string[];
  /** Sets what happens from now on to mail for an address; `none` takes it. */
  fault(to: string, fault: Fault): void;
  /** Of every address that has none of its own. */
  faultAll(fault: Fault): void;
  /** Called after the final dot and before its answer. */
  onTaken(listener: (mail: Taken) => void | Promise<void>): void;
  /** How many messages are between RCPT and their answer right now, at most so far. */
  mostAtOnce(): number;
  stop(): Promise<void>;
};

type Session = { to: string; body: string | null; rest: string };

const unstuffed = (body: string): Buffer => Buffer.from(body.replace(/^\.\./gm, '.'), 'latin1');

/** A small SMTP server with faults at every point of a submission (RFC 5321), on sockets because a library would hide where the line breaks. `extensions`: offered in its EHLO. */
export const startSmtpPeer = async (extensions: readonly string[] = []): Promise<SmtpPeer> => {
  const faults = new Map<string, Fault>();
  let ofAll: Fault = 'none';
  const taken: Taken[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let listener: (mail: Taken) => void | Promise<void> = () => undefined;
  let active = 0;
  let most = 0;

  const ended = async (socket: Socket, session: Session, body: string): Promise<void> => {
    const fault = faults.get(session.to) ?? ofAll;
    active -= 1;
    if (fault === 'refuse-body') return void socket.write('554 refused\r\n');
    if (fault === 'defer-body') return void socket.write('451 later\r\n');
    if (fault === 'go-away-after-dot') return void socket.end('421 4.3.2 going down\r\n');
    const mail = { to: session.to, bytes: unstuffed(body) };
    taken.push(mail);
    await listener(mail);
    if (fault === 'drop-after-dot') return void socket.destroy();
    if (fault === 'stall-after-dot') return;
    socket.write(`250 2.0.0 Ok: queued as Q${taken.length}ABC\r\n`, () => { if (fault === 'drop-after-250') socket.destroy(); });
  };
  const rcpt = (socket: Socket, session: Session, line: string): void => {
    session.to = /<([^>]*)>/.exec(line)?.[1] ?? '';
    const fault = faults.get(session.to) ?? ofAll;
    if (fault === 'drop-at-rcpt') return void socket.destroy();
    if (fault === 'refuse-rcpt') return void socket.write(`550 5.1.1 no such user <${session.to}>\r\n`);
    if (fault === 'refuse-rcpt-policy') return void socket.write('550 5.7.1 not from you\r\n');
    if (fault === 'refuse-rcpt-bare') return void socket.write('550 no such user\r\n');
    if (fault === 'refuse-sender') return void socket.write('550 5.1.8 bad sender\r\n');
    if (fault === 'defer-rcpt') return void socket.write('450 4.2.0 greylisted\r\n');
    active += 1;
    most = Math.max(most, active);
    socket.write('250 ok\r\n');
  };
  const command = (socket: Socket, session: Session, line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    commands.push(line);
    if (verb === 'RCPT') return rcpt(socket, session, line);
    if (verb === 'DATA') session.body = '';
    const hello = ['250-peer', ...extensions.map((e) => `250-${e}`), '250 8BITMIME', ''].join('\r\n');
    socket.write(verb === 'DATA' ? '354 go on\r\n' : verb === 'EHLO' ? hello : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
  };
  const read = (socket: Socket, session: Session, chunk: string): void => {
    session.rest += chunk;
    const isInBody = session.body !== null && session.rest.length > 0;
    if (isInBody && (faults.get(session.to) ?? ofAll) === 'drop-in-body') return void socket.destroy();
    for (;;) {
      if (session.body !== null) {
        const end = session.rest.indexOf('\r\n.\r\n');
        if (end < 0) return;
        const body = session.rest.slice(0, end + 2);
        [session.rest, session.body] = [session.rest.slice(end + 5), null];
        void ended(socket, session, body);
      } else {
        const end = session.rest.indexOf('\r\n');
        if (end < 0) return;
        const line = session.rest.slice(0, end);
        session.rest = session.rest.slice(end + 2);
        command(socket, session, line);
      }
    }
  };

  const server: Server = createServer((socket) => {
    const session: Session = { to: '', body: null, rest: '' };
    sockets.add(socket);
    socket.setEncoding('latin1').on('data', (chunk: string) => read(socket, session, chunk)).on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.write('220 peer\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, commands, mostAtOnce: () => most,
    fault: (to, fault) => { faults.set(to, fault); },
    faultAll: (fault) => { ofAll = fault; },
    onTaken: (next) => { listener = next; },
    stop: () => new Promise((resolve) => {
      sockets.forEach((s) => s.destroy());
      server.close(() => resolve());
    }),
  };
};
