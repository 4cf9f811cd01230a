/** When a report is tried again where nobody answers, as operators do. */
const AGAIN_MS = [0, 2_000, 10_000] as const;
const ANSWER_MS = 5_000;

/** True where the report was taken. */
const report = (url: string, key: string): Promise<boolean> =>
  fetch(`${url}?${new URLSearchParams({ key, status: 'delivered' })}`, { signal: AbortSignal.timeout(ANSWER_MS), headers: { connection: 'close' } }).then((answer) => answer.ok, () => false);

/** Reports of the phones that a text message has arrived; one that nobody takes is given up after a while. `url`: left out where nobody asked for any. */
export const createReports = (url: string | undefined): { readonly arrived: (key: string) => void; readonly stop: () => void } => {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  const tryAt = (to: string, key: string, turn: number): void => {
    const wait = AGAIN_MS[turn];
    if (isStopped || wait === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void report(to, key).then((isTaken) => { if (!isTaken) tryAt(to, key, turn + 1); });
    }, wait);
    timers.add(timer);
  };
  return {
    arrived: (key) => { if (url !== undefined) tryAt(url, key, 0); },
    stop: () => { isStopped = true; timers.forEach(clearTimeout); },
  };
};
