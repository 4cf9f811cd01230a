import type { Instant } from '../../domain/time';
import { codeIdOf, fillSlots, mintCode, mintSecret } from '../../links';
import type { AttemptRef, AttemptResult, Sendable } from '../../ledger/outbox';
import type { LinkKeys, Mailer, OutgoingSms, SendResult, SmsGateway } from '../ports';

export type SubmitDeps = {
  readonly mailer: Mailer;
  readonly sms: SmsGateway;
  readonly linkKeys: LinkKeys;
  readonly now: Instant;
  /** False where the attempt does not count any more: then nothing may go out. */
  readonly markBodyStarted: (attempt: AttemptRef) => Promise<boolean>;
};

/** Another attempt, or the end of this one, came first: nothing of it may be sent. That says nothing of the channel. */
export const ATTEMPT_OVER = 'the attempt is over';
/** A message whose links were made with a key that is gone: its bytes cannot be made again. */
export const NO_LINK_KEY = 'no-link-key';

class AttemptOver extends Error {
  override readonly name = 'AttemptOver';
}

/** True where the keys of all its links are known: only then can the same bytes be made again. */
export const canFill = ({ links }: Sendable, { byId }: LinkKeys): boolean => links.every((l) => byId[l.keyId] !== undefined);

/** The bytes that really go out, the same at each attempt. */
export const filledBytes = ({ channel, content, links }: Sendable, { byId }: LinkKeys): Buffer =>
  fillSlots(content, new Map(links.map((l) => {
    const key = byId[l.keyId] ?? '';
    return [l.slot, l.kind === 'code' ? mintCode({ key, codeId: codeIdOf(l.id) }) : mintSecret({ key, keyId: l.keyId, linkId: l.id, kind: channel })];
  })));

const filledTemplate = (message: Sendable, keys: LinkKeys): Pick<OutgoingSms, 'template'> => (message.template === null ? {} : {
  template: { id: message.template.id, parameters: message.template.parameters.map((p) => filledBytes({ ...message, content: Buffer.from(p, 'utf8') }, keys).toString('utf8')) },
});

const sms = async ({ sms: gateway, linkKeys, now }: SubmitDeps, message: Sendable, begin: () => Promise<void>): Promise<SendResult> => {
  try {
    await begin();
  } catch (error) {
    return { outcome: 'not-sent', detail: error instanceof Error ? error.message : 'not begun' };
  }
  try {
    return await gateway.send({ to: message.address, text: filledBytes(message, linkKeys).toString('utf8'), key: message.key, at: now, ...filledTemplate(message, linkKeys) });
  } catch (error) {
    return { outcome: 'ambiguous', detail: error instanceof Error ? error.message : 'unknown' };
  }
};

/** A submission, or a refusal of our own where the same bytes cannot be made again. */
export const submitIfWhole = async (deps: SubmitDeps, message: Sendable, number: number): Promise<AttemptResult> =>
  (canFill(message, deps.linkKeys) ? submit(deps, message, number) : { key: message.key, number, outcome: 'rejected', detail: NO_LINK_KEY });

/** One submission. The body is given only after the ledger has said that it is; how it ended is for the caller to record. */
export const submit = async (deps: SubmitDeps, message: Sendable, number: number): Promise<AttemptResult> => {
  const attempt = { key: message.key, number };
  const begin = async (): Promise<void> => {
    if (!(await deps.markBodyStarted(attempt))) throw new AttemptOver(ATTEMPT_OVER);
  };
  if (message.channel === 'sms') return { ...attempt, ...(await sms(deps, message, begin)) };
  const result = await deps.mailer.send({
    to: message.address, key: message.key,
    body: async () => {
      await begin();
      return filledBytes(message, deps.linkKeys);
    },
  });
  return { ...attempt, ...result };
};
