import { isoInstant } from '../../../domain/time';
import { listMessages, type MessageRow } from '../../../ledger/board';
import type { MessageState } from '../../../ledger/schema';
import { instantText } from '../../history-text';
import { CLASS_WORDS, MESSAGE_STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { parseChoice } from '../parse';
import { wrap } from '../table';

const STATES: readonly MessageState[] = ['frozen', 'body_started', 'accepted', 'rejected', 'ambiguous', 'delivered', 'bounced', 'superseded', 'failed'];

const TROUBLE: readonly MessageState[] = ['rejected', 'ambiguous', 'bounced', 'failed'];

export const messageJson = (m: MessageRow) => ({
  key: m.key, plan: m.plan, channel: m.channel, address: m.address, class: m.class, group: m.group, positions: m.positions, subject: m.subject, state: m.state, reason: m.reason,
  attempt: m.attempt, frozenAt: isoInstant(m.frozenAt), settledAt: m.settledAt === null ? null : isoInstant(m.settledAt), nextTryAt: m.nextTryAt === null ? null : isoInstant(m.nextTryAt),
});

const list = async ({ out, ledger }: Context, options: { readonly state?: string; readonly limit: string }): Promise<void> => {
  const state = options.state === undefined ? undefined : parseChoice(options.state, STATES, '--state');
  const rows = await listMessages(await ledger(), { limit: Math.max(1, Math.trunc(Number(options.limit)) || 200), ...(state && { state }) });
  const lang = out.lang === 'en' ? 1 : 0;
  const textOf = (m: MessageRow): string => {
    const state = wordOf(MESSAGE_STATE_WORDS, m.state)[lang];
    const what = `${m.channel === 'sms' ? 'SMS' : out.say('Thư', 'Mail')} → ${m.address}: ${m.subject ?? wordOf(CLASS_WORDS, m.class)[lang]}`;
    return `${instantText(m.frozenAt)}  ${m.key}  ${out.paint(TROUBLE.includes(m.state) ? 'red' : 'green', state)}\n    ${wrap(what, 76).join('\n    ')}`;
  };
  out.print(rows.map(messageJson), () => (rows.length === 0 ? out.say('Không có thư nào phù hợp.', 'No message matches.') : rows.map(textOf).join('\n')));
};

export const outboxList: Register = (outbox, run, say) => {
  outbox.command('list').description(
    say('Thư và tin nhắn, mới trước', 'Messages, newest first')
  ).option('--state <STATE>', STATES.join(', ')).option('--limit <N>', say('nhiều nhất', 'at most'), '200').action(run(list));
};
