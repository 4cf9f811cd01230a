import { addDays, type CivilDate, dateAt, DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../domain/time';

/** A whole day in a calendar; `sequence` rises with every change of the same `uid`. */
export type CalendarEvent = {
  readonly uid: string;
  readonly sequence: number;
  readonly on: CivilDate;
  readonly summary: string;
  readonly description: string;
};

const LINE_OCTETS = 75;
const VIETNAM_MS = 7 * HOUR_MS;

const octets = (char: string): number => {
  const point = char.codePointAt(0)!;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
};

/** Folds at 75 octets, never inside a character (RFC 5545, 3.1). */
export const fold = (line: string): string => {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const char of line) {
    if (size + octets(char) > LINE_OCTETS) {
      parts.push(part);
      part = ' ';
      size = 1;
    }
    part += char;
    size += octets(char);
  }
  return [...parts, part].join('\r\n');
};

/** TEXT values (RFC 5545, 3.3.11); other control characters have no place in one. */
const escaped = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  text.normalize('NFC').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, '').replace(/[\\;,]/gu, (c) => `\\${c}`).replace(/\r\n|\r|\n/gu, '\\n');

const day = (on: CivilDate): string => on.replace(/-/gu, '');

/** `20191217T010000Z`. */
const utc = (at: Instant): string => {
  const shifted = at - VIETNAM_MS;
  const seconds = Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day(dateAt(shifted))}T${two(Math.floor(seconds / 3600))}${two(Math.floor((seconds * 1000) / MINUTE_MS) % 60)}${two(seconds % 60)}Z`;
};

const eventLines = (e: CalendarEvent, at: Instant): string[] => [
  'BEGIN:VEVENT', `UID:${e.uid}`, `DTSTAMP:${utc(at)}`, `SEQUENCE:${e.sequence}`, `DTSTART;VALUE=DATE:${day(e.on)}`, `DTEND;VALUE=DATE:${day(addDays(e.on, 1))}`,
  `SUMMARY:${escaped(e.summary)}`, `DESCRIPTION:${escaped(e.description)}`, 'TRANSP:TRANSPARENT',
  'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(e.summary)}`, 'TRIGGER:-P3D', 'END:VALARM', 'END:VEVENT',
];

/** One calendar of deadlines (RFC 5545): published, not an invitation; UTF-8, CRLF, all-day events with a reminder three days before. */
export const toICalendar = (events: readonly CalendarEvent[], at: Instant): string =>
  `${['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Don doc//dondoc//VI', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', ...events.flatMap((e) => eventLines(e, at)), 'END:VCALENDAR']
    .map(fold).join('\r\n')}\r\n`;
