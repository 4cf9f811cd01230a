import { MINUTE_MS } from '../../domain/time';
import { releaseUnsaid } from '../../ledger/outbox';
import type { Cell, Stage } from './cell';
import type { Told } from './people';

/** Others whose notices are planned beside the bad one. */
const OTHERS = 4;

const spoil = ({ site }: Stage, { notice }: Told, how: { readonly kind?: 'returned'; readonly facts?: string }) =>
  site.ledger.updateTable('notice').set(how).where('key', '=', notice).execute();
const isTold = async ({ site, addressOf }: Stage, told: Told): Promise<boolean> => {
  const taken = site.ledger.selectFrom('message').select('key').where('state', '=', 'accepted');
  return (await taken.where('address', '=', addressOf(told)).executeTakeFirst()) !== undefined;
};

type Bad = { readonly point: string; readonly how: { readonly kind?: 'returned'; readonly facts?: string } };
/** `kind` of a release that was taken back: no column of ours knows it. */
const NEWER = 'of-a-newer-release' as 'returned';
const BAD: readonly Bad[] = [
  { point: 'of an unknown kind', how: { kind: NEWER } }, { point: 'whose facts do not parse', how: { facts: '"no facts"' } },
];

/** The others leave in the same pass; what was bad leaves once the words are known again. */
const cellOf = ({ point, how }: Bad): Cell => ({
  channel: 'email', honoursKeys: true, fault: 'a notice that cannot be said', point, n: 10, short: 2,
  run: async (stage, rounds) => {
    const { site, tell, settle } = stage;
    for (let round = 0; round < rounds; round += 1) {
      const [bad, ...others] = await tell(OTHERS + 1, site.hands.now(), false);
      if (bad === undefined) continue;
      const sound = await site.ledger.selectFrom('notice').select(['kind', 'facts'])
        .where('key', '=', bad.notice).executeTakeFirstOrThrow();
      await spoil(stage, bad, how);
      await site.hands.pass();
      for (const other of others) {
        if (!(await isTold(stage, other))) throw new Error('a bad notice has kept back another');
      }
      await site.ledger.updateTable('notice').set({ kind: sound.kind, facts: JSON.stringify(sound.facts) })
        .where('key', '=', bad.notice).execute();
      await releaseUnsaid(site.ledger);
      site.hands.later(MINUTE_MS);
      await settle();
    }
    return rounds;
  },
});

export const noticeCells: readonly Cell[] = BAD.map(cellOf);
