import type { Part } from '../figure';
import { actions } from './actions';
import { delivery } from './delivery';
import { digests } from './digests';
import { memory } from './memory';
import { morning } from './morning';
import { start } from './start';

/** In the order of the document. */
export const parts: readonly Part[] = [start, morning, actions, memory, delivery, digests];
