const part = (preview: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(preview, name);
  return typeof value === 'string' ? value : undefined;
};

/** The parts of a stored preview, secrets blanked: text and HTML of a mail, or an SMS; none where it is no longer kept. */
export const previewParts = (preview: unknown): { readonly text?: string; readonly html?: string; readonly sms?: string } => {
  if (typeof preview !== 'object' || preview === null) return {};
  const [text, html, sms] = [part(preview, 'text'), part(preview, 'html'), part(preview, 'sms')];
  return { ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }), ...(sms === undefined ? {} : { sms }) };
};
