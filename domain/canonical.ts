const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
};

/** JSON with sorted keys and without undefined fields: equal for equal content, whichever way it went through JSON or `jsonb`. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));
