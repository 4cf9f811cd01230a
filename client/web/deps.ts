import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import type { LinkDeps } from './link/deps';
import type { ReceiptDeps } from './receipt-routes';

export type WebDeps = {
  readonly ledger: Ledger;
  /** The instant of the installation's clock. */
  readonly now: () => Promise<Instant>;
  /** True where nobody is at this machine: the board is for the host unit's sessions alone, whoever asks. */
  readonly publicMode: boolean;
  /** Told of each request for a page behind a link, before it is answered. */
  readonly onVisit?: () => void;
  /** Told of every page that failed, without the path of a link. */
  readonly onError?: (error: unknown, route: string) => void;
} & Pick<ReceiptDeps, 'receipts' | 'onUnreadReceipt'> & Partial<Pick<LinkDeps, 'acting' | 'publicUrl' | 'trustProxy' | 'realNow' | 'onPress'>>;
