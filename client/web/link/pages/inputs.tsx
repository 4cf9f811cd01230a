import { dmy } from '../../../../domain/time';
import { asOfText, countsText, INPUT_HEADS, type InputsTable } from '../../../../messages/inputs-table';
import { CardTable, Facts } from '../../pages/layout';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { ForWhom, Frame } from './frame';

type InputsProps = {
  readonly link: OpenLink; readonly lang: Lang; /** Of the task's page. */ readonly path: string; readonly table: InputsTable; readonly names: ReadonlyMap<string, string>;
};
const DASH = '–';

/** Biểu 03 as a page: what every unit said, when, and what was made of it. An official table: its own words stay Vietnamese. */
export const InputsPage = ({ link, lang, path, table, names }: InputsProps) => {
  const say = sayIn(lang);
  const rows = table.rows.map((r) => [
    r.unit, dmy(r.askedOn), dmy(r.dueOn), r.receivedOn === null ? DASH : dmy(r.receivedOn), r.answer, r.isLate ? 'Muộn' : DASH, r.content || DASH, r.response || DASH,
  ]);
  const suffix = lang === 'en' ? '?lang=en' : '';
  return (
    <Frame title={say(['Biểu 03: tổng hợp, tiếp thu, giải trình ý kiến', 'Table of inputs'])} today={table.asOf} lang={lang}>
      <ForWhom link={link} names={names} />
      <Facts
        pairs={[
          [say(['Nhiệm vụ', 'Task']), `${table.task}: ${table.title}`], [say(['Đơn vị chủ trì', 'Lead']), table.lead],
          [say(['Nội dung lấy ý kiến', 'Subject']), table.subject], [say(['Tổng hợp', 'In all']), `${countsText(table)} ${asOfText(table)}`],
        ]}
      />
      <p><a href={`${path}/bieu-03/${table.no}/tep`} download>{say(['Tải bảng tổng hợp (.xlsx)', 'The table as a spreadsheet (.xlsx)'])}</a></p>
      <CardTable caption={say([`Lần lấy ý kiến ${table.no}: ${rows.length} đơn vị`, `Consultation ${table.no}: ${rows.length} units`])} heads={[...INPUT_HEADS]} rows={rows} />
      <p><a href={`${path}${suffix}`}>{say(['Về trang nhiệm vụ', 'Back to the task'])}</a></p>
    </Frame>
  );
};
