import { authorityName, type Context } from '../context';
import type { Block } from '../document';
import { asSentence } from '../words';
import { type Letter, type LetterMatter, letterOf, type LetterRung } from './letter';

/** The day a letter is dated, and its number: as entered with the approval, or those of the document that the approval rests on. */
const numbered = (c: Context): Pick<LetterMatter, 'number' | 'datedOn'> => {
  const approval = c.item.record?.events.findLast((e) => e.type === 'acted' && e.act === 'approve-letter' && e.at === c.item.notice.decidedAt);
  const basis = approval?.type === 'acted' ? approval.actor.basis : undefined;
  const number = c.facts.value ?? basis?.number;
  return { ...(number === undefined ? {} : { number }), ...(basis === undefined ? {} : { datedOn: basis.date }) };
};

const matterOf = (c: Context, rung: LetterRung): LetterMatter => ({
  plan: c.input.plan, units: c.input.units, code: c.code, title: c.title, rung, lead: c.facts.lead, supervisor: c.facts.supervisor, dueOn: c.facts.dueOn ?? null,
  on: c.facts.decidedOn, workingDays: c.facts.workingDays ?? 0, ...(c.item.record === undefined ? {} : { record: c.item.record }),
});

/** The letter as it waits for the supervisor's leader. */
export const draftOf = (c: Context, rung: LetterRung): Letter => letterOf(matterOf(c, rung));

/** The letter as it was approved: with the leader's own words where there are some. */
export const approvedOf = (c: Context, rung: LetterRung): Letter => {
  const text = c.text('text');
  const record = c.item.record;
  // Its own approval is no part of what led to it.
  const before = record && { ...record, events: record.events.filter((e) => !(e.type === 'acted' && e.act === 'approve-letter' && e.at === c.item.notice.decidedAt)) };
  return letterOf({ ...matterOf(c, rung), ...numbered(c), ...(text === undefined ? {} : { text }), ...(before === undefined ? {} : { record: before }) });
};

/** Head, body and foot as lines of a mail. */
export const letterLines = (letter: Letter): string[] => [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', '', letter.issuer.toUpperCase(), letter.sender.toUpperCase(), `Số: ${letter.number}`,
  letter.placeAndDate, ...(letter.rung === 'L3' ? [] : ['BÁO CÁO']), letter.about, '', `Kính gửi: ${letter.to}`, '', ...letter.body,
  '', 'Nơi nhận:', ...letter.copies.map((copy) => `- ${copy};`), '- Lưu: VT.', '', ...letter.signerTitle, ...(letter.signerName === '' ? ['(Ký, ghi rõ họ tên)'] : [letter.signerName]),
];

const captionOf = (c: Context, rung: LetterRung): string => (rung === 'L3' ? 'CÔNG VĂN ĐÔN ĐỐC' : `BÁO CÁO ${authorityName(c.input.plan)}`);

export const draftLetter = (c: Context, rung: LetterRung): Block => ({ type: 'letter', caption: `DỰ THẢO ${captionOf(c, rung)}`, lines: letterLines(draftOf(c, rung)) });

/** What was approved: the leader's own words where there are some, otherwise the letter as it was shown. */
export const approvedLetter = (c: Context, rung: LetterRung): Block => {
  const text = c.text('text');
  const { number } = numbered(c);
  return {
    type: 'letter', caption: `${captionOf(c, rung)}${number === undefined ? '' : ` số ${number}`}`,
    lines: text === undefined ? letterLines(approvedOf(c, rung)) : text.split(/\r?\n/u).map((line, i, all) => (i === all.length - 1 ? asSentence(line) : line)),
  };
};
