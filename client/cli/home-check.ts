import { basename } from 'node:path';
import type { Settings } from '../../config/env';
import { openToOthers } from '../home-modes';
import type { Check } from './check';

/**
 * Whether other accounts of this machine reach the key of the links, the ledger or the mailboxes in the data folder;
 * none where they do not.
 */
export const homeChecks = ({ home }: Pick<Settings, 'home'>): readonly Check[] => {
  const { folder, parts } = openToOthers(home);
  const isExposed = parts.length > 0 || folder?.isWritable === true;
  if (folder === undefined || !isExposed) return [];
  const what = parts.length > 0 ? parts.map((path) => basename(path)).join(', ') : 'cả thư mục (người khác ghi được)';
  return [
    {
      name: 'home',
      state: 'failed',
      detail: `tài khoản khác trên máy này đọc được hoặc thay được trong ${home}: ${what}`,
      remedy: `Chạy "chmod -R go-rwx ${home}"; nếu thư mục dùng chung cho việc khác, đặt DONDOC_HOME là một thư mục riêng.`,
    },
  ];
};
