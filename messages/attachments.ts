import type { NoticeKind } from '../domain/notice';
import { dayNumber } from '../domain/time';
import { CONFIDENTIAL_SENTENCE, isConfidential } from './confidential';
import type { Context } from './context';
import { type CalendarEvent, toICalendar } from './icalendar';
import type { Attachment, MessageInput } from './input';

/** Mails about a date that is new, has moved or comes near carry it as a file; so do digests. */
const WITH_CALENDAR: readonly NoticeKind[] = ['assigned', 'assigned-coordinator', 'due-soon', 'milestone-due-soon', 'extension-granted'];
const CLOSING_ACTS: readonly string[] = ['suspend', 'discontinue', 'merge', 'carry-over'];

const isOver = ({ item: { notice }, facts }: Context): boolean => notice.kind === 'confirmed' || (notice.kind === 'status-changed' && CLOSING_ACTS.includes(facts.act ?? ''));

/** One event per task and per milestone: the id is the task's for good, so that a later file moves the same entry. */
const eventOf = (c: Context): CalendarEvent | undefined => {
  const { plan } = c.input;
  const { task, milestone } = c.item.notice;
  const on = milestone === undefined ? c.facts.dueOn : c.facts.milestoneDueOn;
  if (task === null || !on || on < c.input.on || isOver(c)) return undefined;
  const label = milestone === undefined ? '' : `, mốc ${milestone}`;
  const isHidden = isConfidential(c);
  const provisional = c.date(on).endsWith(')') ? ' (dự kiến)' : '';
  return {
    uid: `${task}${milestone === undefined ? '' : `.${milestone.replace(/[^\w-]/gu, '-')}`}.${plan.issuedOn}@dondoc`,
    sequence: Math.max(0, dayNumber(c.facts.decidedOn) - dayNumber(plan.issuedOn)), on,
    summary: isHidden ? `Hạn ${c.code}` : `Hạn ${c.code}${label}${provisional}: ${c.title}`,
    description: isHidden ? CONFIDENTIAL_SENTENCE : `Đơn vị chủ trì: ${c.lead}. Thời hạn: ${c.date(on)}. Người liên hệ: đầu mối theo dõi, ${c.supervisor}.`,
  };
};

const calendarFile = (input: MessageInput, contexts: readonly Context[]): Attachment[] => {
  const isWanted = contexts.length > 1 || input.class === 'digest' || WITH_CALENDAR.includes(contexts[0]!.item.notice.kind) || contexts[0]!.facts.previousDueOn !== undefined;
  const events = new Map(contexts.flatMap((c) => eventOf(c) ?? []).map((event) => [event.uid, event]));
  if (!isWanted || events.size === 0) return [];
  const at = Math.max(...contexts.map((c) => c.item.notice.decidedAt));
  const tasks = new Set(contexts.map((c) => c.code));
  return [{
    filename: `${tasks.size === 1 ? contexts[0]!.code : `${input.plan.code}-${input.on}`}.ics`, contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    content: new TextEncoder().encode(toICalendar([...events.values()], at)),
  }];
};

const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain; charset=utf-8', md: 'text/markdown; charset=utf-8', pdf: 'application/pdf', yaml: 'application/yaml', yml: 'application/yaml', doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const planFile = ({ planFile: file }: MessageInput): Attachment[] =>
  file === undefined ? [] : [{ filename: file.name, contentType: TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream', content: file.content }];

/** One calendar file for everything the mail says, the letters and tables of its items, and the plan itself at the first contact. */
export const attachmentsOf = (input: MessageInput, contexts: readonly Context[]): Attachment[] =>
  [...calendarFile(input, contexts), ...contexts.flatMap((c) => c.item.files ?? []), ...planFile(input)];
