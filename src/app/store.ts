/** A value that can be watched: `set` merges a patch and tells everyone before it returns. */
export interface Store<State> {
  get(): State;
  set(patch: Partial<State>): void;
  /** Tells everyone although nothing changed: something outside of the value did, such as code that is now there. */
  renew(): void;
  /** Calls `listener` after changes until the returned function is called. */
  watch(listener: (state: State) => void): () => void;
}

/** Makes a store; nothing is told when a patch changes nothing. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<(state: State) => void>();
  const change = (patch: Partial<State>): void => {
    state = { ...state, ...patch };
    for (const listener of [...listeners]) listener(state);
  };
  return {
    get: () => state,
    set(patch) {
      const keys = Object.keys(patch) as (keyof State)[];
      if (keys.every((key) => Object.is(state[key], patch[key]))) return;
      change(patch);
    },
    renew() {
      change({});
    },
    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
