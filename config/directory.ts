import { z } from 'zod';
import { type Directory, isPosition, type PlanProblem, type PlanWarning, positionOf, type Role, type Seat, unitOf } from '../domain/plan';
import { isEmailAddress, normalizePhone } from './contacts';
import { acceptable, civilDate, readYaml, text } from './yaml';

/** At most 11 letters of the GSM-7 basic set, so that every SMS template fits (docs/domain.md, "SMS"). */
const SMS_NAME = /^[A-Za-z0-9 .]{1,11}$/;
const UNIT_TYPES = ['department', 'office', 'authority', 'board', 'district', 'external', 'other'] as const;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const id = text.refine((value) => ID.test(value), acceptable('mã không hợp lệ', 'chữ thường không dấu, số và dấu gạch nối, ví dụ tb-sct'));
const smsText = text.refine((value) => SMS_NAME.test(value), acceptable('không dùng được trong tin nhắn SMS', 'tối đa 11 ký tự không dấu: chữ, số, dấu chấm, dấu cách'));

const unit = z.strictObject({
  id, name: text, shortName: text, smsName: smsText, type: z.enum(UNIT_TYPES), address: text.default('quý đơn vị'), aliases: z.array(text).default([]),
  validFrom: civilDate.optional(), validTo: civilDate.optional(),
});
const group = z.strictObject({ id, name: text, aliases: z.array(text).default([]), members: z.array(id).default([]), openEnded: z.boolean().optional() });
const position = z.string().refine(isPosition, acceptable('không phải chức danh', 'mã đơn vị/officer, head, leader hoặc clerk')).transform((value) => value as Seat['position']);
/**
 * Ids of persons stand in histories, events and exports, where no name, number or address may. So few letters and
 * digits spell none of them: a national phone number has nine digits at least, an identity card nine or twelve. A UUID
 * (RFC 9562) says nothing either.
 */
const CODE = /^(?=(?:\D*\d){1,7}\D*$)(?=(?:[^a-z]*[a-z]){0,6}[^a-z]*$)[a-z\d]+(?:[._-][a-z\d]+)*$/i;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const person = text.refine((value) => CODE.test(value) || UUID.test(value), acceptable(
  'mã người có thể là họ tên, số điện thoại hoặc địa chỉ',
  'mã không nói lên ai: tối đa 6 chữ cái không dấu và từ 1 đến 7 chữ số, ví dụ p001 hoặc cb-0123; hoặc một UUID',
));
const seat = z.strictObject({
  position, person, name: text,
  email: z.string().refine(isEmailAddress, acceptable('không thể là địa chỉ thư điện tử', 'ten@don-vi.example')).optional(),
  phone: text.refine((value) => normalizePhone(value) !== undefined, acceptable('không phải số điện thoại Việt Nam', '+84 và 9 chữ số, hoặc số bắt đầu bằng 0')).transform((value) => normalizePhone(value) ?? value).optional(),
  from: civilDate, to: civilDate.optional(), deputyOf: position.optional(),
  without: z.array(z.literal('sms', { error: 'chỉ có thể bớt tin nhắn: sms' })).optional(),
});
const schema = z.strictObject({
  hostUnit: id, authorityOffice: id, smsPrefix: smsText, province: text.optional(), units: z.array(unit), groups: z.array(group).default([]), seats: z.array(seat).default([]),
});
type Raw = z.output<typeof schema>;

/** Drops what was left out: our types know absent, not `undefined`. */
const compact = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

const directoryOf = (raw: Raw): Directory => ({
  hostUnit: raw.hostUnit, authorityOffice: raw.authorityOffice, smsPrefix: raw.smsPrefix, ...(raw.province ? { province: raw.province } : {}),
  units: raw.units.map(compact), groups: raw.groups.map(compact), seats: raw.seats.map(compact),
});

const unknownUnits = (directory: Directory, where: string): PlanProblem[] => {
  const known = new Set(directory.units.map((u) => u.id));
  const problem = (place: string, unitId: string): PlanProblem[] =>
    known.has(unitId) ? [] : [{ where: `${where}: ${place}`, message: `đơn vị ${unitId} không có trong danh sách units`, accepted: 'mã của một đơn vị trong mục units' }];
  return [
    ...problem('hostUnit', directory.hostUnit), ...problem('authorityOffice', directory.authorityOffice),
    ...directory.groups.flatMap((g) => g.members.flatMap((member, i) => problem(`groups ${g.id}, members[${i + 1}]`, member))),
    ...directory.seats.flatMap((s, i) => problem(`seats[${i + 1}].position`, unitOf(s.position))),
  ];
};

const repeatedIds = (directory: Directory, where: string): PlanProblem[] => {
  const ids = [...directory.units, ...directory.groups].map((entry) => entry.id);
  return [...new Set(ids.filter((entry, i) => ids.indexOf(entry) !== i))].map((entry) => ({ where: `${where}: ${entry}`, message: `mã ${entry} xuất hiện nhiều lần`, accepted: 'mỗi đơn vị, mỗi nhóm một mã riêng' }));
};

const LAST = '9999-12-31';
const overlap = (a: Seat, b: Seat): boolean => a.from <= (b.to ?? LAST) && b.from <= (a.to ?? LAST);

/**
 * Two holders of one position at the same time; a deputy stands beside the holder. A seat that ends before it begins.
 */
const badPeriods = (directory: Directory, where: string): PlanProblem[] =>
  directory.seats.flatMap((seatA, i) => {
    const place = `${where}: seats[${i + 1}]`;
    if (seatA.to !== undefined && seatA.to < seatA.from) return [{ where: `${place}.to`, message: 'ngày thôi giữ chức trước ngày bắt đầu', accepted: `ngày từ ${seatA.from} trở đi` }];
    const other = directory.seats.findIndex((seatB, j) => j > i && seatB.position === seatA.position && seatB.deputyOf === undefined && seatA.deputyOf === undefined && overlap(seatA, seatB));
    return other < 0 ? [] : [{ where: place, message: `chức danh ${seatA.position} có hai người giữ cùng thời gian (seats[${other + 1}])`, accepted: 'khoảng thời gian from, to không chồng nhau' }];
  });

const CHECKED_ROLES: readonly Role[] = ['officer', 'head', 'leader'];
const ROLE_WORDS: Readonly<Record<Role, string>> = { officer: 'đầu mối', head: 'lãnh đạo phòng', leader: 'lãnh đạo đơn vị', clerk: 'văn thư' };

/** Units that will be written to: the host, the authority's office, members of groups, and whoever has any seat. */
const unitsInUse = (directory: Directory): Set<string> =>
  new Set([directory.hostUnit, directory.authorityOffice, ...directory.groups.flatMap((g) => g.members), ...directory.seats.map((s) => unitOf(s.position))]);

const emptySeats = (directory: Directory, where: string): PlanWarning[] => {
  const held = new Set(directory.seats.filter((s) => s.deputyOf === undefined && (s.email !== undefined || s.phone !== undefined)).map((s) => s.position));
  const used = unitsInUse(directory);
  return directory.units.filter((u) => used.has(u.id)).flatMap((u) =>
    CHECKED_ROLES.filter((role) => !held.has(positionOf(u.id, role))).map((role) => ({
      code: 'D01', where: `${where}: ${positionOf(u.id, role)}`,
      message: `Chức danh ${ROLE_WORDS[role]} của ${u.name} chưa có người giữ hoặc chưa có địa chỉ liên hệ`,
      proposal: `Bổ sung một dòng trong seats cho ${positionOf(u.id, role)}; trong khi chờ, thông báo được chuyển ngay lên bậc trên`,
    })));
};

/** `directory` is null when there is any error; then nothing may be imported. Warnings do not stop an import. */
export type DirectoryReading = { readonly directory: Directory | null; readonly warnings: readonly PlanWarning[]; readonly errors: readonly PlanProblem[] };

/**
 * Reads a directory file (YAML): all problems at once. Phones come back as `+84…`. `where` names the file in messages.
 */
export const readDirectory = (source: string, where: string): DirectoryReading => {
  const read = readYaml(source, where, schema);
  if (!read.ok) return { directory: null, warnings: [], errors: read.problems };
  const directory = directoryOf(read.value);
  const errors = [...repeatedIds(directory, where), ...unknownUnits(directory, where), ...badPeriods(directory, where)];
  return { directory: errors.length === 0 ? directory : null, warnings: emptySeats(directory, where), errors };
};
