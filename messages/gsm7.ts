/** The basic table of GSM 03.38 (3GPP TS 23.038, 6.2.1) as far as it is ASCII; what needs an escape costs two septets and is not among it. */
const GSM7_BASIC = new Set(
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà',
);
/** Refused by one or another Vietnamese gateway (docs/domain.md, "SMS"). */
const REFUSED = new Set('#&%[]{}\\<>@^~|€`$_');

/** One septet per character, and no gateway refuses any of them. */
export const isPlainSms = (text: string): boolean => [...text].every((c) => GSM7_BASIC.has(c) && !REFUSED.has(c));

const REPLACED: Readonly<Record<string, string>> = {
  'đ': 'd', 'Đ': 'D', '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '—': '-', '…': '...', '\u00a0': ' ', '&': '-',
};

/** `Sở Kế hoạch và Đầu tư` → `So Ke hoach va Dau tu`. */
export const withoutDiacritics = (text: string): string =>
  [...text.normalize('NFD').replace(/\p{Mn}/gu, '')].map((c) => REPLACED[c] ?? c).join('').normalize('NFC');

/** A value fit for an SMS: without diacritics, and without any character that a gateway refuses. */
export const smsValue = (text: string): string => [...withoutDiacritics(text)].filter((c) => isPlainSms(c)).join('').replace(/\s+/gu, ' ').trim();
