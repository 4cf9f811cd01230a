import type { Notice } from '../../domain/notice';
import { renderMail } from '../../messages';
import { CALENDAR, directory, header, spec, TODAY } from './people';
import { addDays, type CivilDate, instantAt } from '../../domain/time';
import { addWorkingDays } from '../../domain/calendar';

/** A line of a day's digest: twenty working days before the due date. */
export const digestNotice = (task: string, lead: number, day: CivilDate, dueOn: CivilDate): Notice => ({
  key: `${task}|due-soon|${day}`, about: { type: 'task', id: task }, task, kind: 'due-soon', rung: 'T-20',
  to: `don-vi-${lead}/officer`, channels: ['email'], class: 'digest', group: day, reason: 'rung',
  decidedAt: instantAt(day, 7 * 60), sendAt: instantAt(day, 8 * 60),
  facts: { lead: `don-vi-${lead}`, supervisor: 'don-vi-0', dueOn, dueOriginalOn: dueOn, effectiveDueOn: dueOn, workingDays: 20, decidedOn: day },
});

/** What a task's reminder says, for mails that are to be as long as ours. */
export const exampleMail = (): { readonly subject: string; readonly text: string; readonly html: string } => {
  const dueOn = addWorkingDays(CALENDAR, TODAY, 20) ?? TODAY;
  const task = spec('BD0-1', 1, dueOn);
  const units = Object.fromEntries(directory(2).units.map((u) => [u.id, u]));
  const mail = renderMail({
    channel: 'email', class: 'digest', plan: header('BD0'), units, positions: ['don-vi-1/officer'], on: TODAY,
    publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example',
    pageSlot: 'P'.repeat(26), linksExpireOn: addDays(TODAY, 90),
    items: [{ notice: digestNotice(task.id, 1, TODAY, dueOn), task: { ...task, dueOriginalOn: dueOn }, texts: {}, slot: 'S'.repeat(26) }],
  });
  return { subject: mail.subject, text: mail.text, html: mail.html };
};
