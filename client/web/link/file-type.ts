/** What may be kept: by its content, and by the end of its name, which must say the same. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODT = 'application/vnd.oasis.opendocument.text';

type Kind = { readonly type: string; readonly ends: readonly string[]; readonly isIt: (content: Buffer) => boolean };
const begins = (start: Buffer) => (content: Buffer): boolean => content.subarray(0, start.length).equals(start);
/** Names in a zip stand uncompressed in its headers (APPNOTE 4.3.7). */
const holds = (...names: string[]) => (content: Buffer): boolean => begins(ZIP)(content) && names.every(
  (name) => content.includes(name, 0, 'latin1')
) && !content.includes('vbaProject.bin', 0, 'latin1');

const KINDS: readonly Kind[] = [
  { type: 'application/pdf', ends: ['.pdf'], isIt: begins(Buffer.from('%PDF-', 'latin1')) },
  { type: 'image/png', ends: ['.png'], isIt: begins(PNG) },
  { type: 'image/jpeg', ends: ['.jpg', '.jpeg'], isIt: begins(JPEG) },
  { type: `${OOXML}wordprocessingml.document`, ends: ['.docx'], isIt: holds('[Content_Types].xml', 'word/document.xml') },
  { type: `${OOXML}spreadsheetml.sheet`, ends: ['.xlsx'], isIt: holds('[Content_Types].xml', 'xl/workbook.xml') },
  // Its first file is `mimetype`, stored as it is (ODF 1.3, part 2, 3.3).
  { type: ODT, ends: ['.odt'], isIt: (content) => begins(ZIP)(content) && content.subarray(30, 30 + 8 + ODT.length).toString('latin1') === `mimetype${ODT}` },
];

/** The media type of a file that may be kept; undefined for any other, macros included. */
export const fileType = (name: string, content: Buffer): string | undefined =>
  KINDS.find(({ ends, isIt }) => ends.some((end) => name.toLowerCase().endsWith(end)) && isIt(content))?.type;

/** The last part of a path, without characters that no name should have, at most 150 characters with its end kept. */
export const fileName = (sent: string): string => {
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  const name = (sent.split(/[\\/]/).at(-1) ?? '').normalize('NFC').replace(/[\u0000-\u001f\u007f"<>|:*?\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  return name.length <= 150 ? name : `${name.slice(0, 140)}…${name.slice(-9)}`;
};
