import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DkimKey } from '../activities';
import { SettingsError, type Settings } from '../config/env';

const PROBLEM = { variable: 'DKIM_KEY_FILE', message: 'không đọc được khóa', accepted: 'tệp khóa riêng RSA (PEM, không mật khẩu) mà tiến trình này đọc được' };

/** The key that mails are signed with; throws {@link SettingsError} where its file is not an RSA key, before anything is sent. */
export const readDkimKey = ({ domain, selector, keyFile }: NonNullable<Settings['dkim']>): DkimKey => {
  try {
    const privateKey = readFileSync(keyFile, 'utf8');
    if (createPrivateKey(privateKey).asymmetricKeyType === 'rsa') return { domain, selector, privateKey };
  } catch {
    throw new SettingsError([PROBLEM]);
  }
  throw new SettingsError([PROBLEM]);
};
