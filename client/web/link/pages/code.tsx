import type { Holder } from '../../../../ledger/directory';
import { dateAt } from '../../../../domain/time';
import type { Word } from '../../../words';
import { Facts } from '../../pages/layout';
import type { Fields } from '../body';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { Hidden, Tick } from './act-form';
import { faulty } from './act-inputs';
import { Frame } from './frame';

export type CodeProps = {
  readonly link: OpenLink; readonly lang: Lang; readonly path: string; readonly person: Holder;
  /** What the code is for. */
  readonly title: Word;
  readonly channel: 'sms' | 'email'; readonly codeId: string;
  /** The whole form as it was filled in: it comes back with the code. */
  readonly typed: Fields;
  /** The text fields among it, to be read once more before the code is typed. */
  readonly summary: readonly (readonly [Word, string])[];
  readonly error?: Word | undefined;
};

/** Second step of a decision: the code that was sent to the phone of who acts. */
export const CodePage = ({ link, lang, path, title, person, channel, codeId, typed, summary, error }: CodeProps) => {
  const say = sayIn(lang);
  const where: Word = channel === 'sms'
    ? [`Mã gồm 6 chữ số đã được gửi bằng tin nhắn đến điện thoại của ${person.name}.`, `A code of six digits goes to the phone of ${person.name}.`]
    : [
      `Chưa có số điện thoại: mã gồm 6 chữ số đã được gửi đến thư điện tử của ${person.name}; việc này được ghi rõ trong nhật ký.`,
      `There is no phone: the code goes to the mail of ${person.name}, which the history says.`,
    ];
  return (
    <Frame title={`${say(['Mã xác nhận', 'Code'])}: ${say(title)}`} today={dateAt(link.at)} lang={lang} isAnswer>
      <p>{say(where)} {say(['Mã có hiệu lực 10 phút, nhập sai tối đa 5 lần.', 'It is valid for ten minutes and five tries.'])}</p>
      <Facts pairs={[...summary.map(([label, value]) => [say(label), value] as const), [say(['Người thực hiện', 'Who acts']), person.name]]} />
      <form class="act" method="post" action={path} aria-label={say(['Mã xác nhận', 'Code'])}>
        <Hidden fields={{ ...typed, codeId, via: channel }} />
        <div class="field">
          <label for="code">{say(['Mã xác nhận', 'Code'])}</label>
          <input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength={12} {...faulty('code', error)} />
          {error !== undefined && <p class="error" id="code-error">{say(error)}</p>}
        </div>
        <Tick form="code" name="again" error={undefined}>{say(['Chưa nhận được mã: gửi mã khác.', 'No code came: send another one.'])}</Tick>
        <button type="submit">{say(['Xác nhận', 'Confirm'])}</button>
      </form>
    </Frame>
  );
};
