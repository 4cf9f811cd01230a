import { randomBytes } from 'node:crypto';
import type { SmsReceipts } from '../../client/web/receipt-routes';

/** How the phones of the inbox report, described as a gateway's receipts are. */
const DESCRIPTION: SmsReceipts['description'] = {
  name: 'inbox',
  receipt: { from: 'query', list: null, values: { key: 'key', state: 'status' }, rules: [{ when: { state: 'delivered' }, means: 'delivered', badAddress: false }], signature: null },
};

/** What the web takes receipts of the inbox with, and the address at which it does; the secret is new with each start. */
export const createInboxReceipts = (webUrl: string): { readonly receipts: SmsReceipts; readonly url: string } => {
  const secret = randomBytes(24).toString('hex');
  return { receipts: { description: DESCRIPTION, secret, values: {} }, url: `${webUrl}/sms/receipt/${DESCRIPTION.name}/${secret}` };
};
