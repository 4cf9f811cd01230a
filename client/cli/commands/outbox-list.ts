import { isoInstant } from '../../../domain/time';
import { listMessages, type MessageRow } from '../../../ledger/board';
import type { MessageState } from '../../../ledger/schema';
import { instantText } from '../../history-text';
import { CLASS_WORDS, MESSAGE_STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { parseChoice } from '../parse';
import { table } from '../table';

const STATES: readonly MessageState[] = ['frozen', 'body_started', 'accepted', 'rejected', 'ambiguous', 'delivered', 'bounced', 'superseded', 'failed'];

export const messageJson = (m: MessageRow) => ({
  key: m.key, plan: m.plan, channel: m.channel, address: m.address, class: m.class, group: m.group, positions: m.positions, subject: m.subject, state: m.state, reason: m.reason,
  attempt: m.attempt, frozenAt: isoInstant(m.frozenAt), settledAt: m.settledAt === null ? null : isoInstant(m.settledAt), nextTryAt: m.nextTryAt === null ? null : isoInstant(m.nextTryAt),
});

const list = async ({ out, ledger }: Context, options: { readonly state?: string; readonly limit: string }): Promise<void> => {
  const state = options.state === undefined ? undefined : parseChoice(options.state, STATES, '--state');
  const rows = await listMessages(await ledger(), { limit: Math.max(1, Math.trunc(Number(options.limit)) || 200), ...(state && { state }) });
  const lang = out.lang === 'en' ? 1 : 0;
  const columns = [{ head: out.say('Lúc', 'At'), width: 10 }, { head: out.say('Mã', 'Key'), width: 12 }, { head: out.say('Tới', 'To'), width: 16 }, { head: out.say('Tiêu đề', 'Subject'), width: 18 }, { head: out.say('Tình trạng', 'State'), width: 8 }];
  out.print(rows.map(messageJson), () =>
    rows.length === 0
      ? out.say('Không có thư nào phù hợp.', 'No message matches.')
      : table(columns, rows.map((m) => [instantText(m.frozenAt), m.key, m.address, m.subject ?? wordOf(CLASS_WORDS, m.class)[lang], wordOf(MESSAGE_STATE_WORDS, m.state)[lang]])));
};

export const outboxList: Register = (outbox, run, say) => {
  outbox.command('list').description(say('Thư và tin nhắn, mới trước', 'Messages, newest first')).option('--state <STATE>', STATES.join(', ')).option('--limit <N>', say('nhiều nhất', 'at most'), '200').action(run(list));
};
