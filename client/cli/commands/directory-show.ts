import { positionOf, ROLES, unitOf } from '../../../domain/plan';
import { readDirectory } from '../../../ledger/directory';
import { ROLE_WORDS } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused, usage } from '../errors';
import { table } from '../table';

const show = async ({ out, ledger, today }: Context, unit: string | undefined): Promise<void> => {
  const db = await ledger();
  const directory = await readDirectory(db);
  if (!directory) throw refused(
    'no-directory',
    out.say('Chưa có danh bạ. Nạp bằng "dondoc directory import TỆP".', 'There is no directory yet. Use "dondoc directory import FILE".'),
  );
  const day = await today();
  const units = directory.units.filter((u) => unit === undefined || u.id === unit);
  if (units.length === 0) throw usage('unknown-unit', out.say(`Danh bạ không có đơn vị ${unit}.`, `The directory has no unit ${unit}.`));
  const now = directory.seats.filter((s) => s.from <= day && (s.to === undefined || s.to >= day));
  const json = units.map((u) => ({
    id: u.id, name: u.name, type: u.type,
    positions: ROLES.map((role) => ({ position: positionOf(u.id, role), holders: now.filter((s) => (s.deputyOf ?? s.position) === positionOf(u.id, role)) })),
    seats: directory.seats.filter((s) => unitOf(s.position) === u.id),
  }));
  const columns = [
    { head: out.say('Đơn vị', 'Unit'), width: 20 },
    { head: out.say('Chức danh', 'Position'), width: 16 },
    { head: out.say('Người giữ', 'Holder'), width: 14 },
    { head: out.say('Liên hệ', 'Contact'), width: 17 },
  ];
  out.print({ hostUnit: directory.hostUnit, authorityOffice: directory.authorityOffice, smsPrefix: directory.smsPrefix, units: json }, () =>
    table(columns, json.flatMap((u) => u.positions.filter((p) => unit !== undefined || p.holders.length > 0).map((p, i) => [
      i === 0 ? `${u.name} (${u.id})` : '',
      ROLE_WORDS[ROLES.find((r) => p.position.endsWith(`/${r}`)) ?? 'officer'][out.lang === 'en' ? 1 : 0],
      p.holders.map((h) => `${h.name}${h.deputyOf === undefined ? '' : ' (KT.)'}`).join('\n') || '–',
      p.holders.map((h) => [h.email, h.phone].filter(Boolean).join(' ')).join('\n') || '–',
    ]))));
};

export const directoryShow: Register = (directory, run, say) => {
  directory.command('show').description(say('Người giữ các chức danh hôm nay', 'Who holds which position today')).argument('[UNIT]').action(run(show));
};
