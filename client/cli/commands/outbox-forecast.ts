import type { RehearsedMessage } from '../../../domain/rehearsal';
import { type CivilDate, dateAt, dmy, isoInstant } from '../../../domain/time';
import { unitNames } from '../../../ledger/board';
import { readForecast } from '../../forecast';
import { positionText } from '../../history-text';
import { NOTICE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import type { Output } from '../output';
import { parseInteger } from '../parse';
import { wrap } from '../table';

const MOST_DAYS = 400;

const tasksOf = (m: RehearsedMessage): readonly string[] => [...new Set(m.notices.flatMap((n) => n.task ?? []))].sort();
/** Positions stand for addresses: contacts are no part of a forecast. */
const messageJson = (m: RehearsedMessage) => ({
  type: 'message', on: dateAt(m.at), at: isoInstant(m.at), to: m.to, channel: m.channel, class: m.class, tasks: tasksOf(m),
  notices: m.notices.map((n) => ({ key: n.key, kind: n.kind, ...(n.rung === undefined ? {} : { rung: n.rung }), ...(n.milestone === undefined ? {} : { milestone: n.milestone }) })),
});

const whatText = (m: RehearsedMessage, lang: 0 | 1): string =>
  m.notices.map((n) => `${n.task === null ? '' : `${n.task} `}${wordOf(NOTICE_WORDS, n.kind)[lang].toLowerCase()}${n.rung === undefined ? '' : ` (${n.rung})`}`).join('; ');
const messageLines = (m: RehearsedMessage, names: ReadonlyMap<string, string>, { say, lang }: Output): readonly string[] => {
  const to = m.to.map((position) => positionText(position, names)).join('; ');
  const what = `${m.channel === 'sms' ? 'SMS' : say('Thư', 'Mail')} → ${to}: ${whatText(m, lang === 'en' ? 1 : 0)}`;
  return wrap(what, 72).map((line, i) => `${i === 0 ? `  ${isoInstant(m.at).slice(11, 16)} ` : '        '}${line}`);
};

const text = (messages: readonly RehearsedMessage[], names: ReadonlyMap<string, string>, days: number, out: Output): string => {
  if (messages.length === 0) return out.say(`Trong ${days} ngày tới không có thư nào, nếu không ai thao tác.`, `Nothing leaves in the next ${days} days if nobody acts.`);
  const byDay = new Map<CivilDate, RehearsedMessage[]>();
  for (const m of messages) byDay.set(dateAt(m.at), [...(byDay.get(dateAt(m.at)) ?? []), m]);
  return [
    ...wrap(out.say(`Dự kiến gửi trong ${days} ngày, nếu không ai thao tác: ${messages.length} tin.`, `To be sent in ${days} days if nobody acts: ${messages.length} messages.`), 80),
    ...[...byDay].flatMap(([day, all]) => ['', out.say(`Ngày ${dmy(day)} (${all.length})`, `${dmy(day)} (${all.length})`), ...all.flatMap((m) => messageLines(m, names, out))]),
  ].join('\n');
};

const forecast = async (context: Context, options: { readonly days: string }): Promise<void> => {
  const { io, out } = context;
  const days = parseInteger(options.days, '--days');
  if (days < 1 || days > MOST_DAYS) throw usage('bad-number', `Số ngày không hợp lệ ở --days: ${days}. Giá trị được chấp nhận: 1 đến ${MOST_DAYS}.`);
  const db = await context.ledger();
  const [messages, names] = [await readForecast(db, context.settings(), await context.now(), days), await unitNames(db)];
  if (!out.isJson) return out.print(null, () => text(messages, names, days, out));
  for (const m of messages) io.out(`${JSON.stringify(messageJson(m))}\n`);
};

export const outboxForecast: Register = (outbox, run, say) => {
  outbox.command('forecast').description(
    say('Ai nhận gì trong những ngày tới, nếu không ai thao tác', 'Who gets what in the next days if nobody acts')
  ).option('--days <N>', say('số ngày, kể cả hôm nay', 'days, today included'), '30').action(run(forecast));
};
