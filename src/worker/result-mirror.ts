import type { KeptResult, RunRequest } from './messages.js';

type RunCall = Extract<RunRequest, { readonly type: 'run' }>;

/** The page's copies of what the run thread has finished: a thread that dies takes its own with it. */
export interface ResultMirror {
  /** Keeps a result, in place of the oldest ones when there are too many bytes. */
  keep(result: KeptResult): void;
  /** Remembers that the thread died: the next run hands over what is kept. */
  owe(): void;
  /** The call, with everything that is kept when it is the first one since a thread died. */
  withKept(call: RunCall): RunCall;
}

/** Makes a mirror of the newest `limitBytes` of results. */
export function createResultMirror(limitBytes: number): ResultMirror {
  const results = new Map<string, KeptResult>();
  let bytes = 0;
  let isOwed = false;
  const drop = (signature: string): void => {
    bytes -= results.get(signature)?.bytes ?? 0;
    results.delete(signature);
  };
  return {
    keep(result) {
      drop(result.signature);
      results.set(result.signature, result);
      bytes += result.bytes;
      for (const oldest of results.keys()) {
        if (bytes <= limitBytes) return;
        drop(oldest);
      }
    },
    owe() {
      isOwed = true;
    },
    withKept(call) {
      if (!isOwed) return call;
      isOwed = false;
      return { ...call, kept: [...results.values()] };
    },
  };
}
