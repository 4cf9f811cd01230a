/** The readable part of a stored preview: its text, whatever else it holds. */
export const previewText = (preview: unknown): string | undefined => {
  if (typeof preview === 'string') return preview;
  if (typeof preview === 'object' && preview !== null && 'text' in preview && typeof preview.text === 'string') return preview.text;
  return undefined;
};
