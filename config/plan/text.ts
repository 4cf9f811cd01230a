import type { PlanProblem } from '../../domain/plan';

/** 20 MB: a published plan is a few hundred kilobytes; what is larger is another file. */
export const MAX_PLAN_BYTES = 20 * 1024 * 1024;

export type TextResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: PlanProblem };

const ACCEPTED = 'văn bản thuần (.txt, .md) mã hóa UTF-8 hoặc tệp YAML của hệ thống';
/** First bytes of what people send instead of a text, with the name they know it by. */
const KNOWN_BINARIES: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'tệp Word, Excel hoặc tệp nén'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'tệp Word, Excel đời cũ'],
  [[0x25, 0x50, 0x44, 0x46], 'tệp PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'tệp ảnh'],
  [[0xff, 0xd8, 0xff], 'tệp ảnh'],
];

/** The sentence for a file that is too large, by its size in bytes; undefined where the size is accepted. */
export const tooLarge = (name: string, size: number): PlanProblem | undefined =>
  size <= MAX_PLAN_BYTES ? undefined : { where: name, message: `tệp quá lớn: ${Math.ceil(size / 1024 / 1024)} MB`, accepted: `tệp tối đa ${MAX_PLAN_BYTES / 1024 / 1024} MB` };

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean => prefix.every((byte, i) => bytes[i] === byte);

const decode = (bytes: Uint8Array): string | undefined => {
  const encoding = startsWith(bytes, [0xff, 0xfe]) ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Characters that no text holds: controls other than tab, line ends, form feed. */
// eslint-disable-next-line no-control-regex
const BINARY = /[\u0000-\u0008\u000b\u000e-\u001f]/;

/** The text of a plan's file in NFC with `\n` as line end, or why it is none: too large, empty, binary, another encoding. */
export const readText = (name: string, bytes: Uint8Array): TextResult => {
  const fail = (message: string): TextResult => ({ ok: false, problem: { where: name, message, accepted: ACCEPTED } });
  const large = tooLarge(name, bytes.byteLength);
  if (large) return { ok: false, problem: large };
  const binary = KNOWN_BINARIES.find(([prefix]) => startsWith(bytes, prefix))?.[1];
  if (binary) return fail(`đây là ${binary}, chưa đọc được`);
  const text = decode(bytes);
  if (text === undefined) return fail('không phải văn bản UTF-8');
  if (BINARY.test(text)) return fail('đây là tệp nhị phân, không phải văn bản');
  if (text.trim() === '') return fail('tệp không có nội dung');
  return { ok: true, text: text.normalize('NFC').replace(/\r\n?/g, '\n') };
};
