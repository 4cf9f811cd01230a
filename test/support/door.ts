import type { Client } from '@temporalio/client';
import type { ActDoor } from '../../client/tasks';
import type { TaskEvent } from '../../domain/task';
import { linkKeyOf, sealAct } from '../../links';

/** The key that worker, pages and commands of a test share. */
export const LINK_SECRET = 'a secret of the tests, at least 32 characters';
export const KEYS = { [linkKeyOf(LINK_SECRET).keyId]: LINK_SECRET };

/** Acts of a test go out as those of pages and commands do. */
export const doorTo = (client: Client): ActDoor => ({ ...linkKeyOf(LINK_SECRET), temporal: async () => client });

/** An event as it becomes of an act that came through {@link doorTo}; any other stays as it is. */
export const sealedEvent = (task: string, event: TaskEvent, nonce = `press-${event.seq}`): TaskEvent => {
  if (event.type !== 'acted') return event;
  const actor = { ...event.actor, nonce };
  return { ...event, actor, seal: sealAct(linkKeyOf(LINK_SECRET), { ...event, task, actor }, event.at) } as TaskEvent;
};
