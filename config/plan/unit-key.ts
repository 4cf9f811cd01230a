/** Abbreviations of administrative Vietnamese that stand inside names of bodies. Names of particular bodies are aliases in the directory. */
const ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['l?đ ?tb ?(?:và )?xh', 'lao động thương binh và xã hội'],
  ['tn ?(?:và )?mt', 'tài nguyên và môi trường'],
  ['kh ?(?:và )?đt', 'kế hoạch và đầu tư'],
  ['kh ?(?:và )?cn', 'khoa học và công nghệ'],
  ['tt ?(?:và )?tt', 'thông tin và truyền thông'],
  ['gd ?(?:và )?đt', 'giáo dục và đào tạo'],
  ['nn ?(?:và )?ptnt', 'nông nghiệp và phát triển nông thôn'],
  ['nn ?(?:và )?mt', 'nông nghiệp và môi trường'],
  ['vh ?,? ?tt ?(?:và )?dl', 'văn hóa thể thao và du lịch'],
  ['gtvt', 'giao thông vận tải'],
  ['ubnd', 'ủy ban nhân dân'],
  ['hđnd', 'hội đồng nhân dân'],
  ['kkt', 'khu kinh tế'],
  ['kcn', 'khu công nghiệp'],
  ['ccn', 'cụm công nghiệp'],
  ['bql', 'ban quản lý'],
  ['vp', 'văn phòng'],
  ['pct', 'phó chủ tịch'],
  ['tp', 'thành phố'],
];
const EXPANSIONS = ABBREVIATIONS.map(([short, full]) => [new RegExp(`(?<![\\p{L}\\p{N}])(?:${short})(?![\\p{L}\\p{N}])`, 'gu'), full] as const);

/** Tone marks of Vietnamese as combining characters: huyền, sắc, hỏi, ngã, nặng. Circumflex, breve and horn make other letters and stay. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A syllable with its tone at the end, so that `hóa` and `hoá`, `Ủy` and `Uỷ` are the same. */
const toneLast = (syllable: string): string => {
  const split = syllable.normalize('NFD');
  return split.replace(TONES, '').normalize('NFC') + (split.match(TONES) ?? []).join('');
};

const plain = (text: string): string =>
  text.normalize('NFC').toLowerCase().replace(/&/g, ' và ').replace(/[-‐‑‒–—−_.,;:()"'“”‘’*/]/g, ' ').replace(/\s+/g, ' ').trim();

/** The syllables of a name after expanding abbreviations; punctuation, dashes and spaces do not count. */
export const syllables = (name: string): string[] =>
  EXPANSIONS.reduce((text, [short, full]) => text.replace(short, full), plain(name)).split(' ').filter((s) => s !== '').map(toneLast);

const endsWith = (list: readonly string[], tail: readonly string[]): boolean => tail.length < list.length && tail.every((s, i) => s === list[list.length - tail.length + i]);

/**
 * The key under which two spellings of one body's name are the same: Unicode form, letter case, spaces, hyphens and dashes, the
 * suffix " tỉnh" (with the name of the directory's own province, too), abbreviations, tone placement (docs/domain.md, "Agencies").
 */
export const nameKey = (name: string, province?: string): string => {
  const list = syllables(name);
  const suffixes = [...(province === undefined ? [] : [syllables(`tỉnh ${province}`)]), syllables('tỉnh')];
  const suffix = suffixes.find((tail) => endsWith(list, tail));
  return (suffix ? list.slice(0, -suffix.length) : list).join(' ');
};

/** 0 … 1: the share of syllables that two names have in common (Dice's coefficient). */
export const similarity = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => (a.size + b.size === 0 ? 0 : (2 * [...a].filter((s) => b.has(s)).length) / (a.size + b.size));
