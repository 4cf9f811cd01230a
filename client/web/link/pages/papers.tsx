import { dateAt, dmy } from '../../../../domain/time';
import { letterLines } from '../../../../messages/letters/blocks';
import type { Letter } from '../../../../messages/letters/letter';
import type { SentLetter } from '../../../../ledger/letters';
import type { Word } from '../../../words';
import type { Papers } from '../papers';
import { useSay } from '../words';

type PapersProps = { readonly papers: Papers; readonly path: string };

const DRAFTS: Readonly<Record<Letter['rung'], Word>> = {
  L3: ['Dự thảo công văn đôn đốc', 'Draft letter'], L4: ['Dự thảo báo cáo UBND tỉnh', 'Draft report'],
};
const SENT: Readonly<Record<Letter['rung'], Word>> = { L3: ['Công văn đôn đốc', 'Letter'], L4: ['Báo cáo UBND tỉnh', 'Report'] };
const AS_OF_NOW: Word = ['Nội dung tính đến hôm nay; nếu được duyệt, văn bản được gửi đúng như dưới đây, hoặc với nội dung đã sửa.', 'As of today; once approved it leaves like this, or as edited.'];

const Draft = ({ letter, path }: { readonly letter: Letter; readonly path: string }) => {
  const say = useSay();
  const rows = letter.annex?.rows.length ?? 0;
  return (
    <section>
      <h3>{say(DRAFTS[letter.rung])}</h3>
      <p>{say(AS_OF_NOW)}</p>
      <p><a href={`${path}/du-thao/${letter.rung}`} download>{say(['Tải dự thảo (.docx)', 'The draft as a document (.docx)'])}</a></p>
      <details>
        <summary>{say(['Xem nội dung dự thảo', 'Read the draft'])}</summary>
        {letterLines(letter).filter((line) => line !== '').map((line) => <p lang="vi">{line}</p>)}
        <p>{say([`Phụ lục: quá trình thực hiện, đôn đốc (${rows} dòng), trong tệp.`, `Annex: the task's history (${rows} rows), in the file.`])}</p>
      </details>
    </section>
  );
};

const Sent = ({ letter, path }: { readonly letter: SentLetter; readonly path: string }) => {
  const say = useSay();
  const number = letter.number === null ? '' : ` ${say(['số', 'no.'])} ${letter.number}`;
  return <li><a href={`${path}/van-ban/${letter.id}`} download>{`${say(SENT[letter.rung])}${number}`}</a>{`, ${say(['duyệt ngày', 'approved on'])} ${dmy(dateAt(letter.approvedAt))}`}</li>;
};

/** What is to be decided on stands before the forms. */
export const DraftsView = ({ papers: { drafts }, path }: PapersProps) => {
  const say = useSay();
  return drafts.length === 0 ? <></> : <><h2>{say(['Dự thảo chờ duyệt', 'Drafts'])}</h2>{drafts.map((letter) => <Draft letter={letter} path={path} />)}</>;
};

/** Letters that left, tables of inputs: each to be read here or kept. */
export const PapersView = ({ papers: { letters, consultations }, path }: PapersProps) => {
  const say = useSay();
  return (
    <>
      {letters.length > 0 && <h2>{say(['Văn bản đôn đốc', 'Letters'])}</h2>}
      {letters.length > 0 && <ul>{letters.map((letter) => <Sent letter={letter} path={path} />)}</ul>}
      {consultations.length > 0 && (
        <>
          <h2>{say(['Ý kiến của các đơn vị', 'Inputs'])}</h2>
          <ul>
            {consultations.map((no) => (
              <li>
                <a href={`${path}/bieu-03/${no}`}>{say([`Bảng tổng hợp ý kiến, Biểu 03 (lần ${no})`, `Table of inputs (consultation ${no})`])}</a>
                {' – '}
                <a href={`${path}/bieu-03/${no}/tep`} download>{`.xlsx (${say([`lần ${no}`, `consultation ${no}`])})`}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
