import type { MessageState } from '../../../ledger/schema';
import { ourTime } from '../../../contracts/clock';
import type { Ledger } from '../../../ledger/connect';
import { sendAnew } from '../../../ledger/outbox';
import { calendarOf, clockOf } from '../../services';
import { retryMessage } from '../../messages';
import { pokePost } from '../../tasks';
import { MESSAGE_STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused } from '../errors';
import { requireMessage } from './outbox-show';

/** Nothing is left to send: the receiver has it, or its notices are in another message. */
const OVER: readonly MessageState[] = ['accepted', 'delivered', 'superseded'];
/** Its attempts are over: what it said goes out in a new message. */
const ENDED: readonly MessageState[] = ['bounced', 'failed'];

const sendAgain = async ({ io, out, temporal }: Context, db: Ledger, key: string): Promise<void> => {
  const [clock, calendar] = [await clockOf(db, io.now()), await calendarOf(db)];
  const client = await temporal();
  const notices = await sendAnew(db, key, ourTime(clock, io.now()));
  if (notices === 0) throw refused('nothing-to-send', out.say(`Thư ${key} không còn thông báo nào để gửi lại.`, `Nothing of message ${key} is left to be sent.`));
  await pokePost(client, { clock, calendar });
  out.print({ key, outcome: 'planned-anew', notices }, () => out.say(
    `${notices} thông báo của thư ${key} được lập thành thư mới, đến địa chỉ hiện có trong danh bạ; thông báo không còn đúng được bỏ lại.`,
    `${notices} notices of message ${key} go out in a new one, to the address that the directory names now; what no longer holds is left out.`,
  ));
};

const retry = async (context: Context, asked: string): Promise<void> => {
  const { io, out, ledger, temporal } = context;
  const db = await ledger();
  const message = await requireMessage(db, asked);
  const { key } = message;
  if (OVER.includes(message.state)) {
    const state = wordOf(MESSAGE_STATE_WORDS, message.state);
    throw refused(
      'already-final',
      out.say(`Thư ${key} không cần gửi lại: ${state[0].toLowerCase()}.`, `Message ${key} needs no retry: ${state[1].toLowerCase()}.`),
    );
  }
  if (ENDED.includes(message.state)) return sendAgain(context, db, key);
  const clock = await clockOf(db, io.now());
  await retryMessage(await temporal(), key, clock, ourTime(clock, io.now()));
  out.print({ key, outcome: 'started' }, () => out.say(
    `Thư ${key} sẽ được gửi lại ngay trong giờ gửi (08:00-16:30 ngày làm việc), ngoài giờ thì vào lượt gửi đầu tiên sau đó.`,
    `Message ${key} is sent again at once within the sending hours, else at the first slot after.`,
  ));
};

export const outboxRetry: Register = (outbox, run, say) => {
  outbox.command('retry').description(say('Gửi lại một thư chưa gửi được', 'Sends a message in trouble again')).argument('<KEY>').action(run(retry));
};
