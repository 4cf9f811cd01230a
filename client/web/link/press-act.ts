import type { Act, Actor } from '../../../domain/acts';
import type { Holder } from '../../../ledger/directory';
import { answerPress, eventOfPress, insertPress } from '../../../ledger/presses';
import { decideAct } from '../../acts';
import { instantText, positionWord } from '../../history-text';
import { isShown } from '../../shown';
import { ACT_WORDS, type Word, wordOf } from '../../words';
import type { Acting, LinkDeps } from './deps';
import type { OpenLink } from './open-link';

export type Pressed = {
  readonly id: string; readonly task: string; readonly act: Act; readonly fields: object; readonly person: Holder;
  readonly proof?: NonNullable<Actor['proof']>;
};
/** `unclear`: sent, and nobody knows what became of it. `refused`: nothing was changed, and why. */
export type PressResult = { readonly kind: 'done' } | { readonly kind: 'unclear' } | { readonly kind: 'refused'; readonly code: string; readonly said: readonly Word[] };

const actorOf = ({ position }: OpenLink, { id, person, proof }: Pressed): Actor => ({
  by: position, via: 'link', person: person.person, nonce: id, ...(person.isDeputy ? { onBehalfOf: position } : {}), ...(proof === undefined ? {} : { proof }),
});

/** Who was faster, as a refused person is told. */
const fasterWord = (last: { readonly act: string; readonly by: string; readonly at: number }, names: ReadonlyMap<string, string>): Word => {
  const [vi, en] = wordOf(ACT_WORDS, last.act);
  const [who, whoEn] = positionWord(last.by, names);
  const at = instantText(last.at);
  return [`${vi}: ${who}, ${at}.`, `${en}: ${whoEn}, ${at}.`];
};

const OUTCOMES = { done: 'taken', refused: 'refused', unclear: 'unclear' } as const;

/** As {@link sendPress}, and whoever counts is told. @throws Unreachable where nothing was sent */
export const pressAct = async (
  deps: LinkDeps & { readonly acting: Acting }, link: OpenLink, pressed: Pressed, names: ReadonlyMap<string, string>
): Promise<PressResult> => {
  const result = await sendPress(deps, link, pressed, names);
  deps.onPress?.(OUTCOMES[result.kind], result.kind === 'refused' ? result.code : undefined);
  return result;
};

/**
 * Sends a press to the task's workflow and waits up to two seconds until the ledger shows what it decided. The press is remembered before, so an answer that is
 * lost is found
 * again. @throws Unreachable where nothing was sent
 */
const sendPress = async (
  deps: LinkDeps & { readonly acting: Acting }, link: OpenLink, pressed: Pressed, names: ReadonlyMap<string, string>
): Promise<PressResult> => {
  const { ledger, acting } = deps;
  const { id, task, act, fields, person } = pressed;
  await insertPress(ledger, { id, link: link.row.id, task, act, person: person.person, pressedAt: deps.realNow() });
  const answer = await decideAct(ledger, acting, { task, act, fields, actor: actorOf(link, pressed) }, link.at);
  if (answer.ok) {
    const { seq, state, at } = answer.receipt;
    await answerPress(ledger, id, { seq, state, at });
    await isShown(ledger, task, seq);
    return { kind: 'done' };
  }
  if (answer.code === 'no-answer') return { kind: (await eventOfPress(ledger, task, id)) === undefined ? 'unclear' : 'done' };
  if (answer.code === 'no-workflow') {
    // Its own decision may have ended the workflow before the answer was read.
    if ((await eventOfPress(ledger, task, id)) !== undefined) return { kind: 'done' };
    return {
      kind: 'refused', code: answer.code,
      said: [['Nhiệm vụ đã kết thúc hoặc chưa có tiến trình đang chạy; chưa ghi nhận gì.', 'The task is over, or nothing runs for it; nothing was recorded.']],
    };
  }
  if (answer.code === 'key-unknown') return {
    kind: 'refused', code: answer.code,
    said: [['Máy chủ đang đổi khóa, chưa ghi nhận gì; đề nghị thử lại sau ít phút.', 'The server is changing its key; nothing was recorded. Try again in some minutes.']],
  };
  await answerPress(ledger, id, { refused: answer.code });
  return {
    kind: 'refused', code: answer.code,
    said: [
      [`${answer.message} Chưa ghi nhận gì.`, `Refused (${answer.code}); nothing was recorded.`],
      ...(answer.last === undefined ? [] : [fasterWord(answer.last, names)])
    ],
  };
};
