import { raw } from 'hono/html';
import { type Child, createContext, useContext } from 'hono/jsx';
import type { CivilDate } from '../../../domain/time';
import { dmy } from '../../../domain/time';

type LayoutProps = { readonly title: string; readonly today: CivilDate; readonly isBoard: boolean; readonly children?: Child };

/** How many undelivered things wait for a person: what the head of the board says. */
export const ForPerson = createContext(0);

const BoardNav = () => {
  const waiting = useContext(ForPerson);
  return (
    <nav aria-label="Chính">
      <a href="/">Bảng nhiệm vụ</a>
      <a href="/outbox">Thư và tin nhắn</a>
      <a href="/undelivered">{waiting === 0 ? 'Không gửi được' : <strong>{`Không gửi được (${waiting})`}</strong>}</a>
    </nav>
  );
};

/** Frame of every page; the board's navigation only where the board itself may be read. */
export const Layout = (props: LayoutProps) => (
  <>
    {raw('<!DOCTYPE html>')}
    <Page {...props} />
  </>
);

/** What every page says of itself to a browser. */
export const Head = ({ title }: { readonly title: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex, nofollow" />
    <title>{`${title} – Đôn đốc`}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/style.css" />
  </head>
);

const Page = ({ title, today, isBoard, children }: LayoutProps) => (
  <html lang="vi">
    <Head title={title} />
    <body>
      <a class="skip" href="#main">Đến nội dung chính</a>
      <header>
        <p>Theo dõi, đôn đốc thực hiện kế hoạch · Ngày {dmy(today)}</p>
        {isBoard && <BoardNav />}
      </header>
      <main id="main">
        <h1>{title}</h1>
        {children}
      </main>
      <footer>Trang chỉ để xem; mở trang không làm thay đổi dữ liệu.</footer>
    </body>
  </html>
);

export type Cell = { readonly label: string; readonly content: Child };

/** A table that becomes one card per row on a phone; the roles keep it a table for screen readers there. */
export const CardTable = ({ caption, heads, rows }: { readonly caption: string; readonly heads: readonly string[]; readonly rows: readonly (readonly Child[])[] }) => (
  <table class="cards" role="table">
    <caption>{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {heads.map((head) => (
          <th scope="col" role="columnheader">{head}</th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <tr role="row">
          {row.map((content, i) =>
            i === 0 ? (
              <th scope="row" role="rowheader">{content}</th>
            ) : (
              <td role="cell" data-label={heads[i]}>{content}</td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);

/** Label and value pairs. */
export const Facts = ({ pairs }: { readonly pairs: readonly (readonly [string, Child])[] }) => (
  <dl>
    {pairs.map(([label, value]) => (
      <>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
);
