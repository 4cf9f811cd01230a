import { randomUUID } from 'node:crypto';
import { fieldNamesOf, parseActFields } from '../../../config/act-fields';
import { type Act, ACTS, type Actor } from '../../../domain/acts';
import { type DocumentRef, isPosition, ROLES } from '../../../domain/plan';
import { isClosed } from '../../../domain/task';
import { isoInstant } from '../../../domain/time';
import { findTask, lastAct } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { readSeats } from '../../../ledger/directory';
import { instantText } from '../../history-text';
import { isShown } from '../../shown';
import { decideAct } from '../../acts';
import { ACT_WORDS, STATE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import { confirmSending, type Context, keyUnknown } from '../context';
import { CliError, refused, usage } from '../errors';
import { parseDay } from '../parse';
import { requireTask } from './task-show';

type Options = Readonly<Record<string, string | boolean | undefined>> & { readonly by: string; readonly yes?: boolean };
/** Acts that tell nobody. */
const SILENT: readonly Act[] = [
  'acknowledge',
  'report-progress',
  'respond-to-input',
  'delegate',
  'undo',
  'enter-document',
];
/** Not options of their own: a document is two, a file is uploaded on a page. */
const NO_OPTION: readonly string[] = ['document', 'file'];

/** Options that say yes by being there. */
const BY_BEING_THERE: readonly string[] = ['escalate'];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const documentOf = (options: Options): DocumentRef | undefined => {
  const { documentNumber: number, documentDate: date } = options;
  if (number === undefined && date === undefined) return undefined;
  if (typeof number !== 'string' || typeof date !== 'string') throw usage('bad-document', 'Văn bản cần cả --document-number và --document-date.');
  return { number, date: parseDay(date, '--document-date') };
};

const actorBy = (by: string): Actor['by'] => {
  if (by === 'admin' || isPosition(by)) return by;
  throw usage(
    'bad-position',
    `Chức danh không hợp lệ ở --by: "${by}". Giá trị được chấp nhận: mã đơn vị, "/", và ${ROLES.join(', ')}; ví dụ tb-skhdt/officer; hoặc admin.`,
  );
};

/** The act's own fields as typed, `document` in its place where the act has one. */
const rawFields = (act: Act, options: Options, document: DocumentRef | undefined): Readonly<Record<string, unknown>> =>
  Object.fromEntries(fieldNamesOf(act).map((name) => [name, name === 'document' ? document : options[name]]));

/** A missing or unreadable field is a refusal like any other: nothing was changed. */
const checkedFields = (act: Act, raw: Readonly<Record<string, unknown>>): object => {
  const read = parseActFields(act, raw);
  if (read.ok) return read.fields;
  const isMissing = read.problems.every((p) => p.isMissing);
  const code = !isMissing ? 'field-invalid' : read.problems.every((p) => p.field.startsWith('document')) ? 'document-required' : 'field-missing';
  const names = read.problems.map((p) => (p.field === 'document' ? '--document-number, --document-date' : `--${kebab(p.field)}`)).join(', ');
  throw new CliError(
    code,
    `${isMissing ? 'Thiếu' : 'Chưa đúng'} ${names}; chưa ghi nhận gì.`,
    1,
    read.problems.map(({ field, message, accepted }) => ({ where: `--${kebab(field)}`, message, accepted })),
  );
};

/** A deputy is somebody whom the directory knows: nobody else can be written to. */
const requirePerson = async (ledger: Ledger, person: unknown): Promise<void> => {
  if ((await readSeats(ledger)).some((seat) => seat.person === person)) return;
  throw new CliError('unknown-person', `Danh bạ không có người mang mã "${String(person)}"; chưa ghi nhận gì. Xem mã trong tệp danh bạ, mục seats, person.`, 1);
};

/** The answer where no workflow gives one: what the ledger says happened, who and when. */
const fromLedger = async (ledger: Ledger, task: string): Promise<CliError> => {
  const [row, last] = [await findTask(ledger, task), await lastAct(ledger, task)];
  if (!row?.state || !isClosed(row.state)) return new CliError(
    'no-workflow',
    `Nhiệm vụ ${task} chưa có tiến trình đang chạy; chưa ghi nhận gì. Bước tiếp theo: chạy "dondoc repair".`,
    3,
  );
  const who = last ? ` ${wordOf(ACT_WORDS, last.act)[0]}: ${last.by}, ${instantText(last.at)}.` : '';
  return refused('already-decided', `Nhiệm vụ ${task} đã kết thúc (${STATE_WORDS[row.state][0].toLowerCase()}); chưa ghi nhận gì.${who}`);
};

const actOn = (act: Act) => async (context: Context, task: string, options: Options): Promise<void> => {
  const { out, operator } = context;
  const document = documentOf(options);
  const by = actorBy(options.by);
  const fields = checkedFields(act, rawFields(act, options, document));
  const ledger = await context.ledger();
  await requireTask(ledger, task);
  const isAsked = !SILENT.includes(act) && context.io.canAsk;
  const question = `${task}: ${ACT_WORDS[act][0]}. ${out.say('Các đơn vị liên quan được báo.', 'The units concerned are told.')}`;
  if (isAsked && !(await confirmSending(context, question, options.yes === true))) {
    throw refused('not-confirmed', out.say('Đã dừng theo yêu cầu; chưa ghi nhận gì.', 'Stopped as asked; nothing was recorded.'));
  }
  if (act === 'delegate' && 'to' in fields) await requirePerson(ledger, fields.to);
  const actor: Actor = { by, via: 'cli', operator, nonce: randomUUID(), ...(document === undefined || 'document' in fields ? {} : { basis: document }) };
  const answer = await decideAct(ledger, await context.door(), { task, act, fields, actor }, await context.now());
  if (!answer.ok) {
    if (answer.code === 'no-workflow') throw await fromLedger(ledger, task);
    if (answer.code === 'key-unknown') throw keyUnknown(out);
    if (answer.code === 'no-answer') throw new CliError(
      'no-answer',
      out.say(
        `Đã gửi nhưng chưa có trả lời sau 5 giây; việc có thể vẫn được ghi nhận. Xem "dondoc task history ${task}". Bước tiếp theo: chạy "dondoc doctor".`,
        `Sent, and no answer in 5 seconds; it may still count. See "dondoc task history ${task}". Next step: run "dondoc doctor".`,
      ),
      3,
    );
    const last = answer.last ? ` (${wordOf(ACT_WORDS, answer.last.act)[0]}: ${answer.last.by}, ${instantText(answer.last.at)})` : '';
    throw refused(answer.code, `${answer.message}${last}`);
  }
  const { receipt } = answer;
  const isRecorded = await isShown(ledger, task, receipt.seq);
  out.print({ task, act, accepted: true, seq: receipt.seq, state: receipt.state, at: isoInstant(receipt.at), recorded: isRecorded }, () =>
    out.say(
      `${task}: đã ghi nhận "${ACT_WORDS[act][0]}" lúc ${instantText(receipt.at)}; tình trạng: ${STATE_WORDS[receipt.state][0].toLowerCase()}.`,
      `${task}: ${ACT_WORDS[act][1].toLowerCase()} at ${isoInstant(receipt.at)}; state: ${STATE_WORDS[receipt.state][1].toLowerCase()}.`,
    ));
};

/** One subcommand per act, its options the act's fields. */
export const taskActs: Register = (task, run, say) => {
  for (const act of ACTS) {
    const command = task.command(act).description(say(...ACT_WORDS[act])).argument('<ID>').requiredOption(
      '--by <POSITION>',
      say('chức danh, ví dụ tb-skhdt/officer', 'position, such as tb-skhdt/officer'),
    );
    for (const name of fieldNamesOf(act))
      if (!NO_OPTION.includes(name))
        command.option(`--${kebab(name)} ${BY_BEING_THERE.includes(name) ? '[yes]' : '<VALUE>'}`);
    command
      .option('--document-number <NUMBER>', say('số văn bản', 'number of the document'))
      .option('--document-date <DATE>', say('ngày văn bản', 'date of the document'))
      .option('--yes', say('không hỏi lại', 'does not ask'))
      .action(run(actOn(act)));
  }
};
