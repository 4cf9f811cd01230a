/** The readable part of a stored preview: the text of a mail, or of an SMS. */
export const previewText = (preview: unknown): string | undefined => {
  if (typeof preview !== 'object' || preview === null) return undefined;
  if ('text' in preview && typeof preview.text === 'string') return preview.text;
  return 'sms' in preview && typeof preview.sms === 'string' ? preview.sms : undefined;
};
