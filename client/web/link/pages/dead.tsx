import { dateAt } from '../../../../domain/time';
import type { Word } from '../../../words';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { Hidden, Tick } from './act-form';
import { Frame } from './frame';

const WHAT_TO_DO: Word = [
  'Đề nghị dùng đường dẫn trong thư mới nhất, hoặc đề nghị hệ thống gửi đường dẫn mới đến địa chỉ của chức danh.',
  'Use the link of the latest mail, or have a new one sent to the address of the position.',
];
const ASK: Word = ['Tôi đề nghị gửi đường dẫn mới đến địa chỉ của chức danh.', 'Please send a new link to the address of the position.'];

type DeadProps = { readonly link: OpenLink; readonly lang: Lang; readonly reason: Word; readonly press: string | undefined; readonly error?: Word | undefined };

/** Why a link is dead, and what to do: a new one goes to the position's own address, never onto this page. */
export const DeadPage = ({ link, lang, reason, press, error }: DeadProps) => {
  const say = sayIn(lang);
  return (
    <Frame title={say(['Đường dẫn hết hiệu lực', 'This link has ended'])} today={dateAt(link.at)} lang={lang}>
      <p>{say(reason)}</p>
      <p>{say(WHAT_TO_DO)}</p>
      {press !== undefined && (
        <form class="act" method="post" action={`${link.path}/duong-dan-moi`} aria-label={say(['Gửi đường dẫn mới', 'Send a new link'])}>
          <Hidden fields={{ press }} />
          <Tick form="renew" error={error}>{say(ASK)}</Tick>
          <button type="submit">{say(['Gửi đường dẫn mới', 'Send a new link'])}</button>
        </form>
      )}
    </Frame>
  );
};

/** A page that only says something, in the language of the asker. */
export const SaidPage = ({ link, lang, title, lines, back }: {
  readonly link: Pick<OpenLink, 'at'>; readonly lang: Lang; readonly title: Word; readonly lines: readonly Word[]; readonly back?: string;
}) => {
  const say = sayIn(lang);
  return (
    <Frame title={say(title)} today={dateAt(link.at)} lang={lang}>
      {lines.map((line) => (
        <p>{say(line)}</p>
      ))}
      {back !== undefined && <p><a href={back}>{say(['Quay lại', 'Back'])}</a></p>}
    </Frame>
  );
};
