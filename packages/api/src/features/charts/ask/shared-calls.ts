/** Equal work that is asked for at once is done once. */
export interface SharedCalls<T> {
  /**
   * `use` is what this caller makes of the result; until all have, others may still join. `run` ends when everybody who
   * waits for it has left.
   */
  join<R>(
    key: string,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<T>,
    use: (result: T) => Promise<R>,
  ): Promise<R>;
}

interface Call<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  present: number;
}

export function shareCalls<T>(): SharedCalls<T> {
  const calls = new Map<string, Call<T>>();

  function end(key: string, call: Call<T>): void {
    if (calls.get(key) === call) calls.delete(key);
  }

  function begin(key: string, run: (signal: AbortSignal) => Promise<T>): Call<T> {
    const controller = new AbortController();
    const call: Call<T> = { result: run(controller.signal), controller, present: 0 };
    call.result.catch(() => end(key, call));
    calls.set(key, call);
    return call;
  }

  return {
    async join(key, signal, run, use) {
      signal.throwIfAborted();
      const call = calls.get(key) ?? begin(key, run);
      call.present++;
      try {
        return await use(await unlessAborted(call.result, signal));
      } finally {
        if (--call.present === 0) {
          end(key, call);
          call.controller.abort(signal.reason);
        }
      }
    },
  };
}

function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
