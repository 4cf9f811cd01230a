import { readDirectory } from '../../../ledger/directory';
import { registeredTexts } from '../../../messages';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import { facts } from '../table';

/** What each value of a text is, for the operator's form. */
const VALUES: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  nv: ['mã nhiệm vụ', 'task'], dv: ['đơn vị', 'unit'], han: ['thời hạn', 'due date'], n: ['con số', 'number'], ngay: ['ngày', 'date'],
  link: ['mã trong đường dẫn', 'code of the link'], gui: ['ngày gửi thư', 'day of the mail'],
};

const prefixOf = async ({ ledger, out }: Context, asked: string | undefined): Promise<string> => {
  const prefix = asked ?? (await readDirectory(await ledger()))?.smsPrefix;
  const missing = out.say('Chưa có danh bạ: thêm --prefix, ví dụ --prefix "SCT TB".', 'There is no directory yet: add --prefix.');
  if (prefix === undefined) throw usage('prefix-missing', missing);
  return prefix;
};

const texts = async (context: Context, { prefix }: { readonly prefix?: string }): Promise<void> => {
  const { out, settings } = context;
  const all = registeredTexts(await prefixOf(context, prefix), settings().smsPublicUrl);
  const named = (name: string): string => out.say(...(VALUES[name] ?? [name, name]));
  out.print(all, () => all.map(({ id, text, parameters, example }) => facts([
    [out.say('Mã', 'Id'), id], [out.say('Mẫu', 'Text'), text],
    [out.say('Tham số', 'Values'), parameters.map((name, i) => `{${i + 1}} ${named(name)}`).join(', ')],
    [out.say('Ví dụ', 'Example'), `${example} (${example.length})`],
  ])).join('\n\n'));
};

/** Every text that this site may send by SMS, as an operator registers it. */
export const outboxTexts: Register = (outbox, run, say) => {
  outbox.command('texts').description(say('Các mẫu tin nhắn, để đăng ký với nhà mạng', 'The texts of SMS, for registration with an operator'))
    .option('--prefix <TEXT>', say('Phần đầu tin; mặc định theo danh bạ', 'Beginning of each text; by default that of the directory')).action(run(texts));
};
