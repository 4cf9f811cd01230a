export { renderMail } from './mail';
export { renderSms } from './sms';
export { registeredTexts, type RegisteredText, smsTemplatesWithoutLink, SMS_CODE_LENGTH, SMS_LIMIT } from './sms-forms';
export { SMS_TEMPLATES, type SmsTemplateId } from './sms-templates';
export { withoutDiacritics } from './gsm7';
export { positionName, unitName } from './context';
export * from './words';
export type { Attachment, MessageInput, NoticeItem, RenderedMail, RenderedSms } from './input';
