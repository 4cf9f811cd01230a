import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** The longest address and the longest part before the @ that mail servers take (RFC 5321, 4.5.3.1). */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** True for what can be one mailbox address: no display name, no list, no quoted part. */
export const isEmailAddress = (text: string): boolean => {
  const cut = text.lastIndexOf('@');
  return text.length <= MAX_ADDRESS && cut > 0 && cut <= MAX_LOCAL_PART && LOCAL_PART.test(text.slice(0, cut)) && DOMAIN.test(text.slice(cut + 1));
};

/** The obviously fake numbers of demonstrations: no subscriber number begins with zeros after the country code. */
const FAKE_PHONE = /^\+84000\d{6}$/;

/** `+84…` of a Vietnamese number however it is written; undefined for anything else. */
export const normalizePhone = (text: string): string | undefined => {
  const dense = text.replace(/[\s.()-]/g, '');
  if (FAKE_PHONE.test(dense)) return dense;
  const phone = parsePhoneNumberFromString(text, 'VN');
  return phone?.isValid() && phone.country === 'VN' ? phone.number : undefined;
};
