import type { Act } from '../../../domain/acts';
import { type Position, roleOf, unitOf } from '../../../domain/plan';
import { consultedUnits, openConsultation, pendingOf } from '../../../domain/consultation';
import { awaitsOf, decidingUnit } from '../../../domain/extension';
import { openObstacles } from '../../../domain/obstacles';
import { coordinatingOf, isClosed, leadOf, type TaskState } from '../../../domain/task';
import type { CivilDate } from '../../../domain/time';
import type { Word } from '../../words';
import { type Ahead, chaserAhead, closingAhead, inputAhead, rungAhead, within } from './ahead';

/** One thing that a task asks of a position: by when, what comes if nothing is done, and the act that does it. */
export type Todo = {
  readonly what: Word; readonly act?: Act; readonly by?: CivilDate | undefined; readonly ahead?: Ahead | undefined; /** Its number. */ readonly obstacle?: number;
  /** Nothing that somebody else did asks for it. */
  readonly isPlain?: boolean;
};
type Looked = { readonly s: TaskState; readonly unit: string; readonly role: string; readonly names: ReadonlyMap<string, string> };

/** The times that docs/domain.md allows, in working days. */
const ALLOWED = { acknowledge: 3, decide: 3, confirm: 5, consolidate: 10 } as const;

const ofLead = ({ s, role, names }: Looked): Todo[] => {
  const ahead = rungAhead(s);
  const by = s.dueOn ?? undefined;
  if (s.name === 'assigned' && s.rejected !== null) return [{ what: ['Chờ xử lý đề nghị điều chỉnh phân công', 'The assignment is being looked at'], ahead }];
  if (s.name === 'assigned') return [{
    what: ['Xác nhận tiếp nhận', 'Acknowledge'], act: 'acknowledge', ahead, ...(s.acknowledgeSince === null ? {} : { by: within(s, s.acknowledgeSince, ALLOWED.acknowledge) }),
  }];
  if (s.name !== 'in_progress') return [];
  const isOfResult = s.prepared?.of === 'submit';
  if (s.prepared !== null && role === 'leader') return [{
    what: isOfResult ? ['Xem xét, trình kết quả đã được chuẩn bị', 'Submit what was prepared'] : ['Xem xét đề nghị gia hạn đã được chuẩn bị', 'Ask for the extension that was prepared'],
    act: isOfResult ? 'submit' : 'request-extension', by: within(s, s.prepared.since, ALLOWED.decide), ahead: chaserAhead(s, 'prepared', names) ?? ahead,
  }];
  const what: Word = s.returned === null ? ['Báo cáo tiến độ, trình kết quả', 'Report progress, submit the result'] : ['Bổ sung, hoàn thiện, trình lại kết quả', 'Correct and submit again'];
  return [{ what, act: role === 'leader' ? 'submit' : 'report-progress', by: s.returned?.correctBy ?? by, ahead, isPlain: s.returned === null }];
};

/** What the lead's own consultation waits for. */
const ofConsulting = ({ s }: Looked): Todo[] => {
  const open = openConsultation(s);
  const unanswered = s.consultations.flatMap((c) => c.units).filter((u) => u.input !== null && u.input.response === null).length;
  return [
    ...(open === undefined ? [] : [{
      what: [`Đang lấy ý kiến: ${open.units.length - pendingOf(s, open).length}/${open.units.length} đơn vị đã trả lời`, `Consultation: ${open.units.length - pendingOf(s, open).length} of ${open.units.length} answered`] as const,
      act: 'close-consultation' as const, by: open.dueOn, ahead: closingAhead(s),
    }]),
    ...(unanswered === 0 ? [] : [{ what: [`Tiếp thu, giải trình ý kiến của ${unanswered} đơn vị`, `Respond to the input of ${unanswered} units`] as const, act: 'respond-to-input' as const }]),
  ];
};

const ofSupervisor = ({ s, role, names }: Looked): Todo[] => {
  // While a result waits for confirmation no letter leaves.
  const oldest = s.name === 'assigned' || s.name === 'in_progress' ? s.letters[0] : undefined;
  return [
    ...(s.name === 'submitted' && s.submission !== null ? [{
      what: ['Xác nhận hoàn thành hoặc trả lại', 'Confirm or return'] as const, act: 'confirm' as const,
      by: within(s, s.submission.since, ALLOWED.confirm), ahead: chaserAhead(s, 'submission', names),
    }] : []),
    ...(s.rejected !== null && !isClosed(s.name) ? [{
      what: ['Xem xét đề nghị điều chỉnh phân công', 'Look at the rejected assignment'] as const, act: 'reassign' as const,
      by: within(s, s.rejected.since, ALLOWED.confirm), ahead: chaserAhead(s, 'assignment', names),
    }] : []),
    ...(oldest !== undefined && role === 'leader' ? [{
      what: ['Duyệt dự thảo văn bản đôn đốc', 'Approve the draft letter'] as const, act: 'approve-letter' as const,
      by: within(s, oldest.since, ALLOWED.decide), ahead: chaserAhead(s, 'letter', names) ?? rungAhead(s),
    }] : []),
    ...(s.dueOn === null && !isClosed(s.name) && s.name !== 'suspended' && s.timing !== 'continuous'
      ? [{ what: ['Ấn định thời hạn', 'Set the due date'] as const, act: 'set-due-date' as const }] : []),
  ];
};

const ofExtension = ({ s, unit, names }: Looked): Todo[] => {
  const { extension } = s;
  const awaits = extension === null ? undefined : awaitsOf(s, extension);
  if (extension === null || awaits === undefined || decidingUnit(s, awaits) !== unit) return [];
  const when = { by: within(s, extension.since, ALLOWED.decide), ahead: chaserAhead(s, 'extension', names) };
  return awaits === 'opinion' ? [{ what: ['Cho ý kiến về đề nghị gia hạn', 'Opinion on an extension'], act: 'give-opinion', ...when }]
    : [{ what: ['Quyết định đề nghị gia hạn', 'Decide on an extension'], act: 'grant-extension', ...when }];
};

const ofObstacles = ({ s, unit, names }: Looked): Todo[] => openObstacles(s).flatMap((o): Todo[] => {
  const ahead = chaserAhead(s, 'obstacle', names, o.no);
  if (o.state === 'consolidated') return s.seed.authorityOffice !== unit ? [] : [
    { what: [`Quyết định về khó khăn, vướng mắc số ${o.no}`, `Decide on obstacle no. ${o.no}`], act: 'decide-obstacle', obstacle: o.no },
  ];
  if (s.seed.hostUnit !== unit) return [];
  return o.state === 'raised'
    ? [{ what: [`Tiếp nhận khó khăn, vướng mắc số ${o.no}`, `Acknowledge obstacle no. ${o.no}`], act: 'acknowledge-obstacle', by: within(s, o.since, ALLOWED.acknowledge), ahead, obstacle: o.no }]
    : [{ what: [`Tổng hợp khó khăn, vướng mắc số ${o.no}`, `Consolidate obstacle no. ${o.no}`], act: 'consolidate-obstacle', by: within(s, o.since, ALLOWED.consolidate), ahead, obstacle: o.no }];
});

const ofInput = ({ s, unit }: Looked): Todo[] => {
  const open = openConsultation(s);
  const own = open && pendingOf(s, open).find((u) => u.unit === unit);
  return own === undefined ? [] : [{ what: ['Có ý kiến góp ý', 'Give input'], act: 'give-input', by: own.dueOn, ahead: inputAhead(s, unit) }];
};

/** A clerk enters the numbers of what the own unit has done. */
const ofClerk = ({ s, unit }: Looked): Todo[] => {
  const count = s.undocumented.filter((u) => u.unit === unit).length;
  return count === 0
    ? []
    : [
        {
          what: [`Bổ sung số, ngày văn bản của ${count} việc đã thực hiện`, `Enter the documents of ${count} acts`],
          act: 'enter-document',
          isPlain: true,
        },
      ];
};

const HELP: Todo = { what: ['Phối hợp theo đề nghị của đơn vị chủ trì', 'Help as the lead asks'] };
const ofCoordinating = ({ s, unit }: Looked): Todo[] =>
  (coordinatingOf(s).includes(unit) && !consultedUnits(s).includes(unit) && (s.name === 'assigned' || s.name === 'in_progress') ? [HELP] : []);

/** What a task asks of a position at this moment; empty where it waits for others. */
export const todoOf = (s: TaskState, position: Position, names: ReadonlyMap<string, string>): readonly Todo[] => {
  const looked: Looked = { s, unit: unitOf(position), role: roleOf(position), names };
  if (looked.role === 'clerk') return ofClerk(looked);
  return [
    ...(leadOf(s) === looked.unit ? [...ofLead(looked), ...(isClosed(s.name) ? [] : ofConsulting(looked))] : []),
    ...(s.supervisor === looked.unit ? ofSupervisor(looked) : []),
    ...(isClosed(s.name) ? [] : [...ofInput(looked), ...ofExtension(looked), ...ofObstacles(looked)]),
    ...ofCoordinating(looked),
  ];
};
