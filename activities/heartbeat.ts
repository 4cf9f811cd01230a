const HEARTBEAT_MS = 2000;

/** The same activity, beating while it runs: a worker that is killed in it is noticed by its heartbeat timeout, long before the activity's own. */
export const beating = <I, O>(beat: () => void, run: (input: I) => Promise<O>) => async (input: I): Promise<O> => {
  const timer = setInterval(beat, HEARTBEAT_MS);
  try {
    return await run(input);
  } finally {
    clearInterval(timer);
  }
};
