import type { Instant } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { type Held, readHeld, releaseHeld, releaseUnsaid } from '../../../ledger/outbox';
import { calendarOf, clockOf } from '../../services';
import { pokePost } from '../../tasks';
import type { Register } from '../command';
import { confirmSending, type Context } from '../context';
import { refused, usage } from '../errors';
import type { Output } from '../output';

type Options = { readonly restored?: boolean; readonly unsaid?: boolean; readonly yes?: boolean };

/** How much would be let go; refused where nothing is held by that name. */
const asked = (held: Held, start: string | undefined, { restored, unsaid }: Options, { say }: Output): string => {
  if (unsaid === true) {
    const notices = held.unsaid.reduce((n, one) => n + one.notices, 0);
    if (notices === 0) throw refused('nothing-held', say('Không có thông báo nào chưa lập được.', 'Nothing is held because it could not be written.'));
    return say(`Lập và gửi lại ${notices} thông báo chưa lập được.`, `Write and send ${notices} notices that could not be written before.`);
  }
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

const letGo = (db: Ledger, start: string | undefined, { restored, unsaid }: Options, now: Instant): Promise<number> => {
  if (unsaid === true) return releaseUnsaid(db);
  return releaseHeld(db, restored === true ? 'restored' : { ...(start === undefined ? {} : { start }) }, now);
};

const release = async (context: Context, start: string | undefined, options: Options): Promise<void> => {
  const { io, out } = context;
  const named = [start !== undefined, options.restored === true, options.unsaid === true].filter(Boolean).length;
  const onlyOne = out.say('Chỉ nêu một: lần khởi động, --restored hoặc --unsaid.', 'Name one only: a start, --restored or --unsaid.');
  if (named > 1) throw usage('bad-usage', onlyOne);
  const db = await context.ledger();
  const question = asked(await readHeld(db), start, options, out);
  if (!(await confirmSending(context, question, options.yes === true))) throw refused('not-confirmed', out.say('Đã dừng theo yêu cầu; chưa gửi gì.', 'Stopped as asked; nothing was released.'));
  const client = await context.temporal();
  const notices = await letGo(db, start, options, await context.now());
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
    .option('--unsaid', say('những thông báo chưa lập được nội dung', 'notices that could not be put into words'))
    .option('--yes', say('không hỏi lại', 'does not ask')).action(run(release));
};
