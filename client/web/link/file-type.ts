import { type UnzipFileInfo, unzipSync } from 'fflate';

/** What may be kept: by its content, and by the end of its name, which must say the same. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODT = 'application/vnd.oasis.opendocument.text';
const TYPES = '[Content_Types].xml';
const MOST_TYPES_BYTES = 1024 * 1024;
/** A list of contents may claim billions of parts. */
const MOST_PARTS = 10_000;

type Kind = { readonly type: string; readonly ends: readonly string[]; readonly isIt: (content: Buffer) => boolean };
const begins =
  (start: Buffer) =>
  (content: Buffer): boolean =>
    content.subarray(0, start.length).equals(start);

/** Where macros are kept: VBA and Excel 4 in Office files, Basic and scripts in those of OpenDocument. */
const MACRO_PART = /vbaproject|vbadata|(?:^|[/\\])(?:macrosheets|basic|scripts)[/\\]/i;
/** What the list of contents calls them; a part may have any name. */
const MACRO_TYPE = /vbaproject|macroenabled|macrosheet|ms-office\.vba/i;

const isReadable = ({ name, originalSize }: UnzipFileInfo): boolean =>
  name === TYPES && originalSize <= MOST_TYPES_BYTES;

/** Names of what a zip holds and its list of contents, where it is one of Office; undefined for what is no zip. */
const opened = (content: Buffer): { readonly names: readonly string[]; readonly types: string } | undefined => {
  const names: string[] = [];
  const filter = (file: UnzipFileInfo): boolean => {
    if (names.push(file.name) > MOST_PARTS) throw new RangeError('more parts than a document has');
    return isReadable(file);
  };
  try {
    const read = unzipSync(content, { filter });
    return {
      names,
      types: Buffer.from(read[TYPES] ?? [])
        .toString('latin1')
        .replaceAll('\0', ''),
    };
  } catch {
    return undefined;
  }
};

/** A zip with these parts that brings no macro, however its parts are spelled. */
const holds =
  (...parts: string[]) =>
  (content: Buffer): boolean => {
    const zip = begins(ZIP)(content) ? opened(content) : undefined;
    if (zip === undefined || zip.names.some((name) => MACRO_PART.test(name)) || MACRO_TYPE.test(zip.types))
      return false;
    return parts.every((part) => zip.names.includes(part)) && (!parts.includes(TYPES) || zip.types !== '');
  };
/** Its first file is `mimetype`, stored as it is (ODF 1.3, part 2, 3.3). */
const saysOdt = (content: Buffer): boolean =>
  content.subarray(30, 30 + 8 + ODT.length).toString('latin1') === `mimetype${ODT}`;

const KINDS: readonly Kind[] = [
  { type: 'application/pdf', ends: ['.pdf'], isIt: begins(Buffer.from('%PDF-', 'latin1')) },
  { type: 'image/png', ends: ['.png'], isIt: begins(PNG) },
  { type: 'image/jpeg', ends: ['.jpg', '.jpeg'], isIt: begins(JPEG) },
  { type: `${OOXML}wordprocessingml.document`, ends: ['.docx'], isIt: holds(TYPES, 'word/document.xml') },
  { type: `${OOXML}spreadsheetml.sheet`, ends: ['.xlsx'], isIt: holds(TYPES, 'xl/workbook.xml') },
  { type: ODT, ends: ['.odt'], isIt: (content) => saysOdt(content) && holds('mimetype')(content) },
];

/** The media type of a file that may be kept; undefined for any other, macros included. */
export const fileType = (name: string, content: Buffer): string | undefined =>
  KINDS.find(({ ends, isIt }) => ends.some((end) => name.toLowerCase().endsWith(end)) && isIt(content))?.type;

/** The last part of a path, without characters that no name should have, at most 150 characters with its end kept. */
export const fileName = (sent: string): string => {
  const name = (sent.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\u0000-\u001f\u007f"<>|:*?\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return name.length <= 150 ? name : `${name.slice(0, 140)}…${name.slice(-9)}`;
};
