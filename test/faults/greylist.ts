import { HOUR_MS, type Instant } from '../../domain/time';
import { countQueue, readNextTurn, readUnfinished } from '../../ledger/outbox';
import type { Cell, Stage } from './cell';
import { enter } from './people';

const MAILS = 5000;
/** More rounds than one pass of the post needs for all of them. */
const MOST_ROUNDS = 40;

/** Freezes, and tries all whose time has come, as one pass of the post does. */
const pass = async ({ site: { hands, ledger } }: Stage): Promise<void> => {
  await hands.freeze();
  const isLeft = async (): Promise<boolean> => (await countQueue(ledger, hands.now())) > 0;
  for (let round = 0; round < MOST_ROUNDS && (await isLeft()); round += 1) await hands.send();
};

/** Whatever was put off waits for the post: a workflow for each of them would poll beside the acts. */
const checkKeepers = async ({ site }: Stage): Promise<void> => {
  const others = (await readUnfinished(site.ledger)).filter((m) => m.keeper !== 'post');
  if (others.length > 0) throw new Error(`${others.length} mails that were put off do not wait for the post`);
};

/** The server puts off everybody for an hour, then takes what comes. Each attempt that was put off is a fault. */
const cell: Cell = {
  channel: 'email', honoursKeys: true, fault: 'server answers 450 to all for an hour', point: 'RCPT', n: MAILS, short: 100,
  isWithoutDoubt: true,
  run: async (stage, mails) => {
    const { site, tell, settle } = stage;
    const { hands, ledger } = site;
    await enter(ledger, mails);
    const until = hands.now() + HOUR_MS;
    await tell(mails, hands.now(), false);
    site.faultOfSmtp(undefined, 'defer-rcpt');
    let next: Instant | undefined = hands.now();
    while (next !== undefined && next < until) {
      hands.later(next - hands.now());
      await pass(stage);
      await checkKeepers(stage);
      next = await readNextTurn(ledger, hands.now());
    }
    site.faultOfSmtp(undefined, 'none');
    const putOff = await ledger.selectFrom('attempt').where('outcome', '=', 'deferred')
      .select((e) => e.fn.countAll<string>().as('n')).executeTakeFirstOrThrow();
    hands.later(Math.max(0, until - hands.now()));
    await pass(stage);
    await settle();
    return Number(putOff.n);
  },
};

export const greylistCells: readonly Cell[] = [cell];
