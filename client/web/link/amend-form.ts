import { type ActForm, date, DOCUMENT, many, must, type RawFields, REASON, text } from './form-fields';

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What each amended field takes its value from, as the checker of acts reads it. */
const valueOf = ({ field, value, startsOn, dueOn, units }: RawFields): unknown => {
  if (field === 'window') return startsOn === undefined && dueOn === undefined ? undefined : `${String(startsOn ?? '')}..${String(dueOn ?? '')}`;
  if (field === 'coordinating') return listOf(units).length === 0 ? undefined : listOf(units).join(',');
  return value;
};

/** A slip of the plan is mended: which inputs count depends on what is amended. */
export const AMEND_FORM: ActForm = {
  button: ['Đính chính', 'Amend'],
  fields: [
    {
      name: 'field', label: ['Mục cần đính chính', 'What to amend'], type: 'choice', ...must,
      choices: [
        ['title', ['Nội dung nhiệm vụ', 'Title']], ['deliverable', ['Sản phẩm dự kiến', 'Deliverable']], ['window', ['Thời gian thực hiện', 'Window']],
        ['coordinating', ['Đơn vị phối hợp', 'Coordinating units']],
      ],
    },
    text('value', ['Nội dung đúng', 'Corrected text'], { hint: ['Khi đính chính nội dung, sản phẩm.', 'For a title or deliverable.'] }),
    date('startsOn', ['Thực hiện từ ngày', 'Window from'], {
      hint: ['Khi đính chính thời gian, cùng văn bản của UBND tỉnh.', 'For a window, with the document of the authority.'],
    }),
    date('dueOn', ['Thời hạn hoàn thành', 'Window until']),
    many('units', ['Các đơn vị phối hợp đúng', 'The right coordinating units'], 'unit'), REASON, DOCUMENT,
  ],
  gathered: (raw) => ({ field: raw['field'], value: valueOf(raw), reason: raw['reason'], document: raw['document'] }),
  inputsFor: (field, raw) => (field !== 'value' ? field : raw['field'] === 'window' ? 'dueOn' : raw['field'] === 'coordinating' ? 'units' : 'value'),
};
