import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import type { LinkDeps } from './link/deps';
import type { PublicAddresses } from './loopback';
import type { ReceiptDeps } from './receipt-routes';

export type WebDeps = {
  readonly ledger: Ledger;
  /** The instant of the installation's clock. */
  readonly now: () => Promise<Instant>;
  /** Told of each request for a page behind a link, before it is answered. */
  readonly onVisit?: () => void;
  /** Told of every page that failed, without the path of a link. */
  readonly onError?: (error: unknown, route: string) => void;
} & PublicAddresses & Pick<ReceiptDeps, 'receipts' | 'onUnreadReceipt'> & Partial<Pick<LinkDeps, 'acting' | 'trustProxy' | 'realNow' | 'onPress'>>;
