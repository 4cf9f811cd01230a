import { type Rehearsal, rehearse } from '../../../domain/rehearsal';
import { dateAt, dmy } from '../../../domain/time';
import { instantText } from '../../history-text';
import { ACT_WORDS, NOTICE_WORDS, rungWord, STATE_WORDS, TIMELINESS_WORDS, wordOf } from '../../words';
import { collect, type Register } from '../command';
import type { Context } from '../context';
import type { Output } from '../output';
import { rehearsalSet, type RehearsalSet, type RehearseOptions } from '../rehearsal-input';
import { actLine, type Line, messageLine, noticeLine, taskLine } from '../rehearsal-lines';
import { wrap } from '../table';

type Said = Line & { readonly text: string };
const INDENT = 18;

const indented = (head: string, body: string): string => `${head.padEnd(INDENT)}${wrap(body, 80 - INDENT).join(`\n${' '.repeat(INDENT)}`)}`;

const said = (played: Rehearsal, set: RehearsalSet, withMessages: boolean, out: Output): Said[] => {
  const lang = out.lang === 'en' ? 1 : 0;
  const notices = played.notices.map((n): Said => ({
    ...noticeLine(n),
    text: indented(
      instantText(n.decidedAt),
      `${n.task ?? n.about.id}  ${NOTICE_WORDS[n.kind][lang]}${n.rung === undefined ? '' : `, ${n.rung} (${rungWord(n.rung)[lang]})`}${n.milestone === undefined ? '' : `, ${n.milestone}`} → ${n.to}`,
    ),
  }));
  const acts = played.acts.map((a): Said => ({ ...actLine(a), text: indented(instantText(a.at), `${a.task}  ${wordOf(ACT_WORDS, a.act)[lang]}, ${a.by}${a.refusal === null ? '' : `: ${out.say('không được nhận', 'refused')} (${a.refusal.message})`}`) }));
  const messages = !withMessages ? [] : played.messages.filter((m) => isInside(m.at, set)).map((m): Said => {
    const line = messageLine(m, set.plan, set.directory, set.texts);
    return {
      ...line,
      text: indented(
        instantText(m.at),
        `${m.channel === 'sms' ? 'SMS' : out.say('Thư', 'Mail')} → ${m.to.join(', ')}: ${line.json['subject'] ?? m.notices.map((n) => n.key).join(', ')}`,
      ),
    };
  });
  return [...acts, ...notices, ...messages].filter((l) => isInside(l.at, set)).sort((a, b) => a.at - b.at);
};

const isInside = (at: number, { from, to }: Pick<RehearsalSet, 'from' | 'to'>): boolean => dateAt(at) >= from && dateAt(at) <= to;

const finalText = (t: Rehearsal['tasks'][number], out: Output): string => {
  const lang = out.lang === 'en' ? 1 : 0;
  const due = t.dueOn === null ? '–' : dmy(t.dueOn);
  return indented(
    t.task,
    `${STATE_WORDS[t.state][lang]}; ${TIMELINESS_WORDS[t.timeliness][lang]}; ${out.say('hạn', 'due')} ${due}${t.completedOn === null ? '' : `; ${out.say('hoàn thành ngày', 'completed on')} ${dmy(t.completedOn)}`}`,
  );
};

const play = async ({ io, out, calendar }: Context, file: string | undefined, options: RehearseOptions): Promise<void> => {
  const set = await rehearsalSet(io, file, options, await calendar());
  const played = rehearse(set.input);
  for (const line of said(played, set, options.messages === true, out)) out.print(line.json, () => line.text);
  for (const task of played.tasks) out.print(taskLine(task), () => finalText(task, out));
};

export const rehearseCommand: Register = (program, run, say) => {
  program
    .command('rehearse')
    .description(say('Diễn tập: in mọi thông báo sẽ có, không gửi gì', 'Plays a plan: every notice there would be, nothing is sent'))
    .argument('[FILE]')
    .option('--code <CODE>', say('mã kế hoạch', 'code of the plan'))
    .option('--issued-on <DATE>', say('ngày ban hành', 'day of issue'))
    .option('--directory <FILE>', say('tệp danh bạ', 'directory file'))
    .option('--story <FILE>', say('tệp kịch bản', 'story file'))
    .option('--as-of <DATE>', say('ngày khởi động', 'day of the start'))
    .option('--from <DATE>', say('in từ ngày', 'prints from this day'))
    .option('--to <DATE>', say('đến ngày, mặc định 60 ngày sau hạn cuối', 'up to this day; 60 days after the last due date if left out'))
    .option('--task <ID>', say('chỉ nhiệm vụ này (lặp lại được)', 'only this task (repeatable)'), collect)
    .option('--messages', say('in cả thư, tin nhắn', 'prints messages too'))
    .action(run(play));
};
