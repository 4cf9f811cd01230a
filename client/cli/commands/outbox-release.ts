import { type Held, readHeld, releaseHeld } from '../../../ledger/outbox';
import { calendarOf, clockOf } from '../../services';
import { pokePost } from '../../tasks';
import type { Register } from '../command';
import { confirmSending, type Context } from '../context';
import { refused, usage } from '../errors';
import type { Output } from '../output';

type Options = { readonly restored?: boolean; readonly yes?: boolean };

/** How much would be let go; refused where nothing is held by that name. */
const asked = (held: Held, start: string | undefined, { restored }: Options, { say }: Output): string => {
  if (restored === true) {
    if (held.restored === 0) throw refused('nothing-held', say('Không có thông báo nào đang giữ sau khi khôi phục sổ cái.', 'Nothing of a restored ledger is held.'));
    return say(`Gửi ${held.restored} thông báo có thể đã gửi trước khi khôi phục sổ cái; người nhận có thể nhận lần thứ hai.`, `Send ${held.restored} notices that may have been sent before the ledger was restored; people may get them twice.`);
  }
  const starts = held.starts.filter((s) => start === undefined || s.id === start);
  if (starts.length === 0) throw refused('nothing-held', start === undefined
    ? say('Không có lần khởi động nào đang giữ.', 'No start is held.') : say(`Không có lần khởi động ${start} đang giữ. Xem "dondoc outbox list".`, `Start ${start} is not held. See "dondoc outbox list".`));
  const notices = starts.reduce((n, s) => n + s.notices, 0);
  const plans = [...new Set(starts.map((s) => s.plan))].join(', ');
  return say(`Gửi ${notices} thông báo của ${starts.length} lần khởi động (kế hoạch ${plans}).`, `Send ${notices} notices of ${starts.length} starts (plan ${plans}).`);
};

const release = async (context: Context, start: string | undefined, options: Options): Promise<void> => {
  const { io, out } = context;
  if (start !== undefined && options.restored === true) throw usage('bad-usage', out.say('Nêu một lần khởi động hoặc --restored, không nêu cả hai.', 'Name a start or --restored, not both.'));
  const db = await context.ledger();
  const question = asked(await readHeld(db), start, options, out);
  if (!(await confirmSending(context, question, options.yes === true))) throw refused('not-confirmed', out.say('Đã dừng theo yêu cầu; chưa gửi gì.', 'Stopped as asked; nothing was released.'));
  const client = await context.temporal();
  const notices = await releaseHeld(db, options.restored === true ? 'restored' : { ...(start === undefined ? {} : { start }) }, await context.now());
  await pokePost(client, { clock: await clockOf(db, io.now()), calendar: await calendarOf(db) });
  out.print({ notices }, () => out.say(
    `Đã cho gửi ${notices} thông báo: ngay trong giờ gửi (08:00-16:30 ngày làm việc), ngoài giờ thì vào lượt gửi đầu tiên sau đó.`,
    `${notices} notices are released: they leave at once within the sending hours, else at the first slot after.`,
  ));
};

export const outboxRelease: Register = (outbox, run, say) => {
  outbox.command('release').description(
    say('Cho gửi những gì đang giữ: một lần khởi động, hoặc tất cả', 'Lets go what is held: one start, or all of them')
  ).argument('[START]').option('--restored', say('những gì có thể đã gửi trước khi khôi phục sổ cái', 'what may have been sent before the ledger was restored'))
    .option('--yes', say('không hỏi lại', 'does not ask')).action(run(release));
};
