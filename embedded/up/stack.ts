/** What was started, to be ended in the opposite order. */
export type Stack = {
  /** Called once, last in first out; one that fails does not keep the others from ending. */
  readonly onStop: (name: string, stop: () => Promise<unknown> | void) => void;
  /** Ends everything; a second call waits for the first. */
  readonly stop: () => Promise<void>;
};

export const createStack = (log: (line: string) => void): Stack => {
  const stops: { readonly name: string; readonly stop: () => Promise<unknown> | void }[] = [];
  let stopped: Promise<void> | undefined;
  const unwind = async (): Promise<void> => {
    for (let last = stops.pop(); last; last = stops.pop()) {
      const { name, stop } = last;
      try {
        await stop();
      } catch (error) {
        log(`${name} did not end cleanly: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  return { onStop: (name, stop) => { stops.push({ name, stop }); }, stop: () => (stopped ??= unwind()) };
};
