import type { Part } from '../figure';
import { actions } from './actions';
import { delivery } from './delivery';
import { digests } from './digests';
import { greylist } from './greylist';
import { links } from './links';
import { memory } from './memory';
import { minute } from './minute';
import { morning } from './morning';
import { rebuild } from './rebuild';
import { restart } from './restart';
import { sms } from './sms';
import { start } from './start';

/** In the order of the document. */
export const parts: readonly Part[] = [
  start, morning, actions, memory, delivery, digests, sms, links, minute, rebuild, greylist, restart,
];
