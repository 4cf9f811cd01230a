import { roleOf, unitOf } from '../../../domain/plan';
import { diffDirectory, type DirectoryChange, importDirectory } from '../../../ledger/directory';
import type { Register } from '../command';
import type { Context } from '../context';
import { loadDirectory } from '../load-plan';
import type { Output } from '../output';
import { wrap } from '../table';

type Options = { readonly dryRun?: boolean; readonly replace?: boolean };
const CHANGE_WORDS = { added: ['thêm', 'added'], changed: ['sửa', 'changed'], removed: ['bỏ', 'removed'], ended: ['kết thúc', 'ended'] } as const;

const whatOf = (change: DirectoryChange): string => {
  switch (change.what) {
    case 'header': return 'hostUnit, authorityOffice, smsPrefix';
    case 'unit':
    case 'group': return change.id;
    case 'seat': {
      const seat = 'after' in change ? change.after : change.before;
      return `${unitOf(seat.position)}/${roleOf(seat.position)}: ${seat.name} (${seat.from}${seat.to === undefined ? '' : ` – ${seat.to}`})`;
    }
  }
};

const changeText = (change: DirectoryChange, out: Output): string => `  ${CHANGE_WORDS[change.change][out.lang === 'en' ? 1 : 0].padEnd(9)} ${wrap(whatOf(change), 66).join('\n            ')}`;

const importFile = async ({ io, out, ledger, today }: Context, path: string, options: Options): Promise<void> => {
  const { directory, warnings } = await loadDirectory(io, path);
  const db = await ledger();
  const how = { replace: options.replace === true, today: await today() };
  const changes = options.dryRun ? await diffDirectory(db, directory, how) : await importDirectory(db, directory, how);
  const head = options.dryRun ? out.say(
    `Sẽ có ${changes.length} thay đổi:`,
    `${changes.length} changes would be made:`,
  ) : out.say(`Đã ghi ${changes.length} thay đổi:`, `${changes.length} changes made:`);
  out.print({ dryRun: options.dryRun === true, changes, warnings }, () =>
    [changes.length === 0 ? out.say('Danh bạ không có gì thay đổi.', 'The directory is as it was.') : head, ...changes.map((c) => changeText(c, out)),
      ...warnings.map((w) => `${out.paint('yellow', w.code)} ${wrap(`${w.message}. ${w.proposal}.`, 74).join('\n    ')}`)].join('\n'));
};

export const directoryImport: Register = (directory, run, say) => {
  directory
    .command('import')
    .description(say('Nạp người và địa chỉ của các chức danh; gộp vào danh bạ hiện có', 'Imports people and contacts of positions; merges'))
    .argument('<FILE>')
    .option('--dry-run', say('chỉ in thay đổi', 'only prints the changes'))
    .option('--replace', say('bỏ những gì tệp không nêu', 'removes what the file does not name'))
    .action(run(importFile));
};
