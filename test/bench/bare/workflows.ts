/** What somebody would write who needs a timer and a mail, and nothing that is promised here: the other side of each comparison. */
import { condition, defineUpdate, proxyActivities, proxySinks, setHandler, sleep } from '@temporalio/workflow';
import type { BareActivities, BareSinks } from './contract';

const { begun } = proxySinks<BareSinks>();
const activities = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute' });

/** Carries the same payload as a task, arms one timer. */
export async function bareTask(_payload: unknown): Promise<void> {
  begun.count();
  await sleep('365 days');
}

/** The same, with two activities before the timer that read and write one row each. */
export async function bareTaskWithRows(payload: { readonly key: string }): Promise<void> {
  await activities.openRow(payload.key);
  await activities.writeRow(payload.key);
  await sleep('365 days');
}

/** Timer, activity, nodemailer. `at`: Temporal's time; in the past: at once. */
export async function bareMorning({ at, to }: { readonly at: number; readonly to: string }): Promise<void> {
  begun.count();
  if (at > Date.now()) await sleep(at - Date.now());
  await activities.mail(to);
}

/** One workflow for one frozen mail. */
export async function bareDelivery(key: string): Promise<void> {
  await activities.deliver(key);
}

export const bareAct = defineUpdate<string, [string]>('bareAct');
/** Takes an Update and answers it; writes nothing. */
export async function bareActs(): Promise<void> {
  setHandler(bareAct, (name) => name);
  await condition(() => false);
}
