import { isAct } from '../../../../config/act-fields';
import type { CivilDate } from '../../../../domain/time';
import { ACT_WORDS, type Word, wordOf } from '../../../words';
import { Facts } from '../../pages/layout';
import type { Fields } from '../body';
import { inputsOf } from '../form-fields';
import { ACT_FORMS } from '../forms';
import { type Lang, sayIn } from '../words';
import { Hidden, Tick } from './act-form';
import { Frame, Wrong } from './frame';

const AWAY: Word = [
  'Hệ thống tạm thời không truy cập được cơ sở dữ liệu; chưa xác nhận được việc này đã được ghi nhận.',
  'The database cannot be reached at this moment; it is not known whether this was recorded.',
];
const KEPT: Word = [
  'Nội dung đã nhập được giữ lại trên trang này. Đề nghị gửi lại sau ít phút; gửi nhiều lần vẫn chỉ được ghi nhận một lần.',
  'What you typed is kept on this page. Please send it again in a few minutes; it is counted once only.',
];

type KeptProps = { readonly today: CivilDate; readonly lang: Lang; /** Where it was sent, and goes again. */ readonly to: string; readonly typed: Fields };

/** A form that came while the ledger was away, to be sent again as it was. The box is to be ticked anew: no form is valid as it is served. */
export const KeptFormPage = ({ today, lang, to, typed }: KeptProps) => {
  const say = sayIn(lang);
  const { ok: _, act = '', ...rest } = typed;
  const fields = isAct(act) ? ACT_FORMS[act]?.fields ?? [] : [];
  const filled = fields.map((field) => [say(field.label), inputsOf(field).map((input) => typed[input] ?? '').filter((v) => v !== '').join(', ')] as const);
  return (
    <Frame title={say(['Chưa ghi nhận được', 'Not recorded yet'])} today={today} lang={lang} isAnswer>
      <Wrong lines={[say(AWAY), say(KEPT)]} />
      <Facts pairs={[[say(['Việc', 'Act']), say(wordOf(ACT_WORDS, act))], ...filled.filter(([, value]) => value !== '')]} />
      <form class="act" method="post" action={to} aria-label={say(['Gửi lại', 'Send again'])}>
        <Hidden fields={{ act, ...rest }} />
        <Tick form="kept" error={undefined}>{say(['Tôi xác nhận thực hiện việc này.', 'I confirm that I do this.'])}</Tick>
        <button type="submit">{say(['Gửi lại', 'Send again'])}</button>
      </form>
    </Frame>
  );
};
