const TITLE_LIMIT = 60;
/** Longer subjects are cut by the lists of phones and of common mail programs. */
export const SUBJECT_LIMIT = 120;
const ELLIPSIS = '…';

const closesQuotes = (text: string): string => {
  const opened = (text.match(/“/gu)?.length ?? 0) - (text.match(/”/gu)?.length ?? 0);
  return opened > 0 ? '”' : (text.match(/"/gu)?.length ?? 0) % 2 === 1 ? '"' : '';
};

/** The name of a task in at most `limit` characters, cut at a word, with an ellipsis and with a quote that was opened closed again. */
export const shortTitle = (title: string, limit = TITLE_LIMIT): string => {
  const whole = title.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (whole.length <= limit) return whole;
  const words = whole.split(' ');
  for (let n = words.length - 1; n > 0; n -= 1) {
    const head = words.slice(0, n).join(' ').replace(/[\s,;:.–-]+$/u, '');
    const cut = `${head}${ELLIPSIS}${closesQuotes(head)}`;
    if (cut.length <= limit) return cut;
  }
  return `${whole.slice(0, Math.max(1, limit - 1))}${ELLIPSIS}`;
};

export type SubjectParts = { readonly tag: string; readonly before: string; readonly title?: string; readonly after?: string; readonly join?: string };

/** `[CN18-05] Giao nhiệm vụ: {title} (hạn 31/12/2019)`: the tag keeps the thread; the title gives way where the whole grows long. */
export const subjectOf = ({ tag, before, title, after, join = ': ' }: SubjectParts): string => {
  const head = `[${tag}] ${before}`;
  if (title === undefined || title === '') return `${head}${after ?? ''}`;
  const room = SUBJECT_LIMIT - head.length - join.length - (after?.length ?? 0);
  return `${head}${join}${shortTitle(title, Math.min(TITLE_LIMIT, Math.max(20, room)))}${after ?? ''}`;
};
