import type { MessageState } from '../../../ledger/schema';
import { ourTime } from '../../../contracts/clock';
import { clockOf } from '../../services';
import { retryMessage } from '../../tasks';
import { MESSAGE_STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused } from '../errors';
import { requireMessage } from './outbox-show';

/** Nothing is left to send: the receiver has it, or its notices went another way. */
const OVER: readonly MessageState[] = ['accepted', 'delivered', 'bounced', 'superseded', 'failed'];

const retry = async ({ io, out, ledger, temporal }: Context, asked: string): Promise<void> => {
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
