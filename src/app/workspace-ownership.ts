/** Which windows of the browser may store which graphs: one window a graph. */
export interface GraphOwnership {
  /** Asks to be the one that stores a graph. When another window is, this one waits for its turn: `on.gained`. */
  claim(id: string): Promise<boolean>;
  owns(id: string): boolean;
  /** Makes the other window store what it has and let go, then claims. */
  takeOver(id: string): Promise<void>;
  /** Lets go, or stops waiting. */
  release(id: string): void;
  /** Tells the other windows that the stored graph is newer. */
  announce(id: string): void;
  dispose(): void;
}

/** What a window is told of its graphs. */
export interface OwnershipListener {
  /** The graph is this window's now, after it had waited. */
  gained(id: string): void;
  /** Another window has taken the graph over. */
  lost(id: string): void;
  /** Another window wants the graph: what is not stored yet is to be stored. */
  yielding(id: string): Promise<void>;
  /** Another window has stored the graph. */
  saved(id: string): void;
}

interface Message {
  readonly kind: 'yield' | 'yielded' | 'saved';
  readonly id: string;
}

/** How long a window may take to let go before the graph is taken from it: it may be frozen in the background. */
const patienceMs = 1500;

/** Makes the ownership on Web Locks and a BroadcastChannel; where there are no locks every window owns all. */
export function createGraphOwnership(on: OwnershipListener): GraphOwnership {
  const held = new Map<string, () => void>();
  const waiting = new Map<string, AbortController>();
  const yielded = new Map<string, () => void>();
  const channel = new BroadcastChannel('crossweave-graphs');
  let isEnded = false;
  const locks = 'locks' in navigator ? navigator.locks : undefined;

  /** Resolves when the lock is held, or will not be. */
  function acquire(id: string, options: LockOptions): Promise<boolean> {
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      let isGranted = false;
      const request = locks.request(`crossweave-graph-${id}`, options, (lock) => {
        if (lock === null) {
          resolve(false);
          return undefined;
        }
        isGranted = true;
        return new Promise<void>((letGo) => {
          held.set(id, letGo);
          resolve(true);
        });
      });
      request.catch(() => {
        // Either the waiting was given up, or another window has stolen the lock.
        if (isGranted && held.delete(id)) {
          on.lost(id);
          void wait(id);
        }
        resolve(false);
      });
    });
  }

  async function wait(id: string): Promise<void> {
    if (waiting.has(id)) return;
    const ended = new AbortController();
    waiting.set(id, ended);
    const isGranted = await acquire(id, { signal: ended.signal });
    waiting.delete(id);
    if (isGranted) on.gained(id);
  }

  function letGo(id: string): void {
    waiting.get(id)?.abort();
    waiting.delete(id);
    const release = held.get(id);
    held.delete(id);
    release?.();
  }

  async function giveAway(id: string): Promise<void> {
    if (!held.has(id)) return;
    await on.yielding(id);
    letGo(id);
    on.lost(id);
    channel.postMessage({ kind: 'yielded', id } satisfies Message);
    // Behind the window that asked: it is to be first.
    setTimeout(() => void wait(id), patienceMs);
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'yield') void giveAway(data.id);
    else if (data.kind === 'yielded') yielded.get(data.id)?.();
    else on.saved(data.id);
  });

  return {
    async claim(id) {
      if (held.has(id)) return true;
      const isGranted = await acquire(id, { ifAvailable: true });
      if (!isGranted) void wait(id);
      return isGranted;
    },
    owns: (id) => !locks || held.has(id),
    async takeOver(id) {
      if (held.has(id)) return;
      waiting.get(id)?.abort();
      waiting.delete(id);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        yielded.set(id, () => {
          clearTimeout(timer);
          resolve();
        });
        channel.postMessage({ kind: 'yield', id } satisfies Message);
      });
      yielded.delete(id);
      await acquire(id, { steal: true });
    },
    release: letGo,
    announce(id) {
      if (isEnded) return;
      channel.postMessage({ kind: 'saved', id } satisfies Message);
    },
    dispose() {
      isEnded = true;
      for (const id of [...held.keys(), ...waiting.keys()]) letGo(id);
      channel.close();
    },
  };
}
