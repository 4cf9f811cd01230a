import { type Position, ROLES, type Unit } from '../../domain/plan';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { emailOf, furnish, UNITS } from './delivery';

const ids = [...UNITS, ...Array.from({ length: 36 }, (_, i) => `tb-dv${String(i + 1).padStart(2, '0')}`)];
const unit = (id: string): Unit => ({
  id, name: `Sở ${id}`, shortName: id, smsName: id.slice(3).toUpperCase(), type: 'department', address: 'quý Sở', aliases: [],
});

/** So many seats that a flood of mails stays below what one address takes on a day. */
export const MANY_POSITIONS: readonly Position[] = ids.flatMap((id) => ROLES.map((role): Position => `${id}/${role}`));

/** What `furnish` writes, with a directory of forty units, every seat taken. */
export const furnishManyOffices = async (ledger: Ledger): Promise<void> => {
  await furnish(ledger);
  const seats = MANY_POSITIONS.map((position, i) => ({ position, person: `p-${i}`, name: 'Nguyễn Văn Thử', email: emailOf(position), from: '2018-01-01' }));
  const directory = { hostUnit: 'tb-sct', authorityOffice: 'tb-vp', smsPrefix: 'SCT TB', units: ids.map(unit), groups: [], seats };
  await importDirectory(ledger, directory, { replace: true, today: '2018-10-22' });
};
