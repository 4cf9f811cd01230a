import type { Instant } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import type { ActDoor } from '../../tasks';

/** What pages behind links need beyond the ledger. Without it they show, and say that acting is not possible here. */
export type Acting = ActDoor & {
  /** True where the site has a gateway: then codes go to phones. */
  readonly hasSms: boolean;
};

export type LinkDeps = {
  readonly ledger: Ledger;
  /** The instant of the installation's clock: what day it is for plans and links. */
  readonly now: () => Promise<Instant>;
  /** Real time, for what people wait for: codes, sessions, limits. */
  readonly realNow: () => Instant;
  readonly acting?: Acting;
  /** `https://nv.example`: where other pages' posts would come from is compared with it. */
  readonly publicUrl?: string;
  /** Told of each press and how it ended; `code`: the rule that refused it. */
  readonly onPress?: (outcome: 'taken' | 'refused' | 'unclear', code?: string) => void;
  /** A proxy in front says whose request it is. */
  readonly trustProxy: boolean;
};
