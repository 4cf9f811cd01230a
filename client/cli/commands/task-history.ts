import { isoInstant } from '../../../domain/time';
import { taskHistory, unitNames } from '../../../ledger/board';
import { details } from '../../history-details';
import { instantText, whatHappened, whoDid } from '../../history-text';
import type { Word } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { table } from '../table';
import { requireTask } from './task-show';

const history = async ({ out, ledger }: Context, id: string): Promise<void> => {
  const db = await ledger();
  const { isConfidential } = await requireTask(db, id);
  const [rows, names] = await Promise.all([isConfidential ? [] : taskHistory(db, id), unitNames(db)]);
  const json = rows.map((r) => ({
    seq: r.seq, type: r.type, act: r.act, position: r.position, person: r.person, operator: r.operator, via: r.via, onBehalfOf: r.onBehalfOf, effectiveAt: isoInstant(r.effectiveAt),
    decidedAt: isoInstant(r.decidedAt), recordedAt: isoInstant(r.recordedAt), what: whatHappened(r)[out.lang === 'en' ? 1 : 0], texts: r.texts, event: r.event,
  }));
  const columns = [
    { head: out.say('Thời điểm', 'When'), width: 10 },
    { head: out.say('Việc', 'What'), width: 18 },
    { head: out.say('Ai, bằng cách nào', 'Who, by which way'), width: 19 },
    { head: out.say('Nội dung', 'Details'), width: 20 },
  ];
  out.print(json, () => {
    if (isConfidential) return out.say('Nhiệm vụ mật: chỉ hiển thị mã và thời hạn.', 'Confidential: only code and date are shown.');
    if (rows.length === 0) return out.say('Chưa có sự kiện nào.', 'Nothing has happened yet.');
    const say = ([vi, en]: Word): string => out.say(vi, en);
    return table(columns, rows.map((r) => [instantText(r.effectiveAt), say(whatHappened(r)), say(whoDid(r, names)), details(r, names).map(say).join('\n')]));
  });
};

export const taskHistoryCommand: Register = (task, run, say) => {
  task.command('history').description(
    say('Nhật ký của nhiệm vụ: ai làm gì, bằng cách nào', 'History of a task: who did what, by which way')
  ).argument('<ID>').action(run(history));
};
