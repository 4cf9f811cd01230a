import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type CivilDate, dmy } from '../../../../domain/time';
import { positionWord } from '../../../history-text';
import type { OpenLink } from '../open-link';
import { type Lang, LangContext, sayIn, useSay } from '../words';
import { Head } from '../../pages/layout';

export const NO_SIGNATURE = [
  'Thao tác này là xác nhận trên hệ thống, không thay thế chữ ký số trên văn bản.',
  'This is a confirmation in the system; it does not replace a digital signature.',
] as const;

type FrameProps = {
  readonly title: string; readonly today: CivilDate; readonly lang: Lang; readonly children?: Child;
  /** It answers a form: asked for again in another language, what was typed would be gone. */
  readonly isAnswer?: boolean;
};

/** Frame of every page behind a link: no navigation to anything that the link does not open. */
export const Frame = ({ title, today, lang, isAnswer = false, children }: FrameProps) => {
  const say = sayIn(lang);
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={lang}>
        <Head title={title} />
        <body>
          <a class="skip" href="#main">{say(['Đến nội dung chính', 'To the content'])}</a>
          <header>
            <p>{`${say(['Theo dõi, đôn đốc thực hiện kế hoạch · Ngày', 'Follow-up of the plan ·'])} ${dmy(today)}`}</p>
            {!isAnswer && <nav aria-label={say(['Ngôn ngữ', 'Language'])}>
              {lang === 'vi' ? <a href="?lang=en" hreflang="en" lang="en">English</a> : <a href="?" hreflang="vi" lang="vi">Tiếng Việt</a>}
            </nav>}
          </header>
          <main id="main">
            <LangContext.Provider value={lang}>
              <h1>{title}</h1>
              {children}
            </LangContext.Provider>
          </main>
          <footer>{say(['Mở trang không làm thay đổi dữ liệu. ', 'Opening this page changes nothing. '])}{say(NO_SIGNATURE)}</footer>
        </body>
      </html>
    </>
  );
};

/** Whose page it is, and how long it opens. */
export const ForWhom = ({ link, names }: { readonly link: OpenLink; readonly names: ReadonlyMap<string, string> }) => {
  const say = useSay();
  return (
    <p>
      {`${say(['Trang dành cho', 'For'])}: ${say(positionWord(link.position, names))}. `}
      {`${say(['Đường dẫn có hiệu lực đến hết ngày', 'The link is valid until'])} ${dmy(link.row.expiresOn)}; `}
      {`${say(['đề nghị không chuyển tiếp', 'please do not forward it'])}.`}
    </p>
  );
};

/** Says something that is not as hoped, to a screen reader at once. */
export const Wrong = ({ lines }: { readonly lines: readonly string[] }) => (
  <div class="wrong" role="alert">
    {lines.map((line) => (
      <p>{line}</p>
    ))}
  </div>
);
