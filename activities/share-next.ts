/**
 * Runs an effect for many callers at once: at most one at a time, and each call ends with a run that began after the call did (the callers that
 * wait meanwhile share one). A failed run fails those who waited for it, and nobody else.
 */
export const shareNext = (run: () => Promise<void>): (() => Promise<void>) => {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    const started: Promise<void> = run().finally(() => {
      if (current === started) current = undefined;
    });
    current = started;
    return started;
  };
  const after = (running: Promise<void>): Promise<void> =>
    running.catch(() => undefined).then(() => {
      next = undefined;
      return begin();
    });
  return () => (current === undefined && next === undefined ? begin() : (next ??= after(current ?? Promise.resolve())));
};
