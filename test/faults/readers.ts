import type { Mark, Reader } from './line';

/** How much of a body has gone by at the place `body`. */
const INTO_THE_BODY = 300;
const DOT = Buffer.from('\r\n.\r\n');

export type Submission = { readonly to: string; readonly bytes: Buffer; isAnswered: boolean };

/**
 * A mail's places: `rcpt` before the server hears of the recipient, `body` after some of its bytes, `dot` before the end of the body, `answer` when the server
 * has answered to it and the client has not read it. `submissions` gets every mail whose end went by, without those that were refused. Commands may come in one
 * piece (RFC 2920).
 */
export const smtpReader = (submissions: Submission[]) => (): Reader => {
  let [to, phase, body]: [string, 'commands' | 'body' | 'ended', Buffer] = ['', 'commands', Buffer.alloc(0)];
  let [hasBegun, last]: [boolean, Submission | undefined] = [false, undefined];
  const begins = (chunk: Buffer): Mark[] => {
    if (hasBegun) return [];
    hasBegun = true;
    return [{ point: 'body', who: to, at: Math.min(INTO_THE_BODY, chunk.length - 1) }];
  };
  const ofBody = (chunk: Buffer): readonly Mark[] => {
    const marks = begins(chunk);
    body = Buffer.concat([body, chunk]);
    if (!body.subarray(-DOT.length).equals(DOT)) return marks;
    last = { to, bytes: body.subarray(0, -3), isAnswered: false };
    submissions.push(last);
    phase = 'ended';
    return [...marks, { point: 'dot', who: to, at: Math.max(marks[0]?.at ?? 0, chunk.length - 3) }];
  };
  return {
    fromClient: (chunk) => {
      if (phase === 'body') return ofBody(chunk);
      const lines = chunk.toString('latin1');
      const recipient = /^RCPT TO:<([^>]*)>/im.exec(lines)?.[1];
      if (/^DATA\r\n/im.test(lines)) [phase, body, hasBegun] = ['body', Buffer.alloc(0), false];
      if (recipient === undefined) return [];
      to = recipient;
      return [{ point: 'rcpt', who: to, at: 0 }];
    },
    fromServer: (chunk) => {
      const code = chunk.toString('latin1', 0, 3);
      if (phase === 'body' && !hasBegun && /^[45]/m.test(chunk.toString('latin1'))) phase = 'commands';
      if (phase !== 'ended' || last === undefined) return [];
      phase = 'commands';
      if (code.startsWith('2')) last.isAnswered = true;
      else submissions.splice(submissions.indexOf(last), 1);
      return [{ point: 'answer', who: to, at: 0 }];
    },
  };
};

/** A request's places: `request` before the gateway has all of it, `answer` before the client reads any. One request a connection. */
export const httpReader = (whoOf: (request: string) => string) => (): Reader => {
  let [request, isWhole, isAnswered] = ['', false, false];
  return {
    fromClient: (chunk) => {
      request += chunk.toString('utf8');
      const [head = '', body] = request.split('\r\n\r\n', 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (isWhole || body === undefined || Buffer.byteLength(request) < Buffer.byteLength(head) + 4 + length) return [];
      isWhole = true;
      return [{ point: 'request', who: whoOf(request), at: Math.max(0, chunk.length - 3) }];
    },
    fromServer: () => {
      if (isAnswered) return [];
      isAnswered = true;
      return [{ point: 'answer', who: whoOf(request), at: 0 }];
    },
  };
};

/** Statements of delivery by a text that only they have. A test holds them against what a pass says. */
export const STATEMENTS: Readonly<Record<'freeze' | 'claim' | 'body-started' | 'record', RegExp>> = {
  freeze: /insert into "message"/,
  claim: /with mine as \(update message set attempt = attempt \+ 1/,
  'body-started': /state = 'body_started', first_started_at/,
  record: /with v as[\s\S]*ended as \(update attempt a set ended_at/,
};
/** Places of the ledger's connection: `claim` before the database has the statement, `claim answered` before the client reads what came of it. */
export const ledgerReader = (): Reader => {
  let asked: string | undefined;
  return {
    fromClient: (chunk) => {
      const text = chunk.toString('latin1');
      const point = Object.entries(STATEMENTS).find(([, has]) => has.test(text))?.[0];
      asked = point ?? asked;
      return point === undefined ? [] : [{ point, who: '', at: 0 }];
    },
    fromServer: () => {
      if (asked === undefined) return [];
      const point = `${asked} answered`;
      asked = undefined;
      return [{ point, who: '', at: 0 }];
    },
  };
};
