import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import type { LinkDeps } from './link/deps';
import type { ReceiptDeps } from './receipt-routes';

export type WebDeps = {
  readonly ledger: Ledger;
  /** The instant of the installation's clock. */
  readonly now: () => Promise<Instant>;
  /** Where links lead. One that is not this machine means: the board is for the host unit's sessions alone, whoever asks. Left out: this machine. */
  readonly publicUrl?: string;
  /** The same for links in text messages; left out: `publicUrl`. */
  readonly smsPublicUrl?: string;
  /** Told of each request for a page behind a link, before it is answered. */
  readonly onVisit?: () => void;
  /** Told of every page that failed, without the path of a link. */
  readonly onError?: (error: unknown, route: string) => void;
} & Pick<ReceiptDeps, 'receipts' | 'onUnreadReceipt'> & Partial<Pick<LinkDeps, 'acting' | 'trustProxy' | 'realNow' | 'onPress'>>;
