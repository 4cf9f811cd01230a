import type { Child } from 'hono/jsx';
import type { Email } from 'postal-mime';
import { dateAt, dmy, isoInstant } from '../../domain/time';
import type { Owner } from './owner';
import type { MailEntry, SmsEntry } from './store';

/** `22/10/2018 08:00` of an ISO instant, Vietnamese time; the text itself where it is none. */
const when = (iso: string): string => {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : `${dmy(dateAt(at))} ${isoInstant(at).slice(11, 16)}`;
};

const Frame = ({ title, children }: { readonly title: string; readonly children?: Child }) => (
  <html lang="vi">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      <title>{`${title} – Hộp thư thử`}</title>
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>
      <a class="skip" href="#main">Đến nội dung chính</a>
      <header>
        <p>Hộp thư và điện thoại thử của Đôn đốc: thư và tin nhắn dừng tại máy này, không gửi ra ngoài.</p>
        <nav aria-label="Chính"><a href="/">Tất cả thư và tin nhắn</a></nav>
      </header>
      <main id="main">
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </html>
);

export type Box = { readonly address: string; readonly count: number };
type Selected = { readonly mailbox?: string; readonly phone?: string };
const query = (param: string, value: string): string => `/?${param}=${encodeURIComponent(value)}`;

type BoxesProps = { readonly label: string; readonly param: string; readonly boxes: readonly Box[]; readonly current: string | undefined };
const Boxes = ({ label, param, boxes, current }: BoxesProps) => boxes.length === 0 ? <></> : (
  <nav class="boxes" aria-label={label} tabindex={0}>
    <ul>
      {boxes.map((b) => (
        <li><a href={query(param, b.address)} {...(b.address === current ? { 'aria-current': 'page' } : {})}>{`${b.address} (${b.count})`}</a></li>
      ))}
    </ul>
  </nav>
);

const MailLine = ({ mail }: { readonly mail: MailEntry }) => (
  <li>
    <a href={`/mails/${mail.id}`}>{mail.subject === '' ? '(không có tiêu đề)' : mail.subject}</a>
    <p class="meta">{`${when(mail.date)} · đến ${mail.to.join(', ')}`}</p>
  </li>
);

/** A link in a text message is a link on a phone as well. */
const linked = (text: string): Child[] => text.split(/(https?:\/\/\S+)/).map((part, i) => (i % 2 === 1 ? <a href={part} target="_blank" rel="noreferrer">{part}</a> : part));

/** Keys of messages, as Message-IDs carry them; other mails have no way to show. */
const KEY = /^<?([0-9a-f]{20})(?:@|$)/;
/** To the board's page of the message: why it was made, its attempts, whether it arrived. */
const WayLink = ({ boardUrl, id }: { readonly boardUrl: string | null; readonly id: string }) => {
  const key = KEY.exec(id)?.[1];
  return boardUrl === null || key === undefined ? <></> : <a href={`${boardUrl}/outbox/${key}`}>Đường đi</a>;
};

const SmsLine = ({ sms, boardUrl }: { readonly sms: SmsEntry; readonly boardUrl: string | null }) => (
  <li>
    <p class="meta">{`${when(sms.at)} · ${sms.to} `}<WayLink boardUrl={boardUrl} id={sms.key} /></p>
    <p class="bubble">{linked(sms.text)}</p>
  </li>
);

const More = ({ count, shown, href }: { readonly count: number; readonly shown: number; readonly href: string }) =>
  count > shown ? <p><a href={href}>{`Xem thêm (còn ${count - shown})`}</a></p> : <></>;

export type HomeProps = {
  readonly mailboxes: readonly Box[];
  readonly phones: readonly Box[];
  readonly mails: readonly MailEntry[];
  readonly texts: readonly SmsEntry[];
  readonly mailCount: number;
  readonly textCount: number;
  readonly selected: Selected;
  readonly limit: number;
  readonly boardUrl: string | null;
  /** Whose the selected mailbox is. */
  readonly owner: Owner | undefined;
};

/** Above the text messages: every phone to choose from, or the phone of the person whose mailbox is open. */
const Phones = ({ phones, owner, current }: { readonly phones: readonly Box[]; readonly owner: Owner | undefined; readonly current: string | undefined }) => {
  if (owner === undefined) return <Boxes label="Điện thoại" param="phone" boxes={phones} current={current} />;
  return <p class="meta">{owner.phones.length === 0 ? 'Danh bạ không có điện thoại của hộp thư này.' : `Điện thoại ${owner.phones.join(', ')}`}</p>;
};

/** Mailboxes and phones side by side, newest first. */
export const HomePage = ({ mailboxes, phones, mails, texts, mailCount, textCount, selected, limit, boardUrl, owner }: HomeProps) => {
  const more = `/?${new URLSearchParams({ ...selected, limit: String(limit * 4) })}`;
  return (
    <Frame title={selected.mailbox ?? selected.phone ?? 'Hộp thư và điện thoại'}>
      {owner?.titles.map((title) => <p class="title">{title}</p>)}
      <div class="side">
        <section aria-labelledby="mails">
          <h2 id="mails">{`Thư điện tử (${mailCount})`}</h2>
          <Boxes label="Hộp thư" param="mailbox" boxes={mailboxes} current={selected.mailbox} />
          {mails.length === 0 ? <p>Chưa có thư.</p> : <ul class="mails">{mails.map((mail) => <MailLine mail={mail} />)}</ul>}
          <More count={mailCount} shown={mails.length} href={more} />
        </section>
        <section aria-labelledby="texts">
          <h2 id="texts">{`Tin nhắn (${textCount})`}</h2>
          <Phones phones={phones} owner={owner} current={selected.phone} />
          {texts.length === 0 ? <p>Chưa có tin nhắn.</p> : <ul class="texts">{texts.map((sms) => <SmsLine sms={sms} boardUrl={boardUrl} />)}</ul>}
          <More count={textCount} shown={texts.length} href={more} />
        </section>
      </div>
    </Frame>
  );
};

/** One mail: its head, its page in a frame that runs nothing, its text and its files. */
export const MailPage = ({ entry, email, boardUrl }: { readonly entry: MailEntry; readonly email: Email; readonly boardUrl: string | null }) => (
  <Frame title={entry.subject === '' ? '(không có tiêu đề)' : entry.subject}>
    <dl>
      <dt>Từ</dt><dd>{email.from?.name ? `${email.from.name} <${entry.from}>` : entry.from}</dd>
      <dt>Đến</dt><dd>{entry.to.map((to) => <a href={query('mailbox', to)}>{to}</a>)}</dd>
      <dt>Ngày</dt><dd>{when(entry.date)}</dd>
      <dt>Tệp kèm</dt>
      <dd>
        {email.attachments.length === 0 ? 'Không có' : (
          <ul>{email.attachments.map((a, i) => <li><a href={`/mails/${entry.id}/files/${i}`}>{a.filename ?? `tệp ${i + 1}`}</a></li>)}</ul>
        )}
      </dd>
    </dl>
    {email.html !== undefined && <iframe title="Nội dung thư" src={`/mails/${entry.id}/html`} sandbox="allow-popups allow-popups-to-escape-sandbox" />}
    <details open={email.html === undefined}><summary>Bản chữ</summary><pre>{linked(email.text ?? '')}</pre></details>
    <p><a href={`/mails/${entry.id}/raw`}>Thư gốc (.eml)</a> <WayLink boardUrl={boardUrl} id={entry.messageId} /></p>
  </Frame>
);

export const SayPage = ({ title }: { readonly title: string }) => <Frame title={title} />;
