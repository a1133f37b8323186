import { AppError } from '../core/errors.js';
import { sayError } from '../ui/messages.js';
import type { AppState, Toast } from './app-state.js';
import type { Store } from './store.js';

/** Says short things to the user. */
export interface Toasts {
  /** A note that goes away by itself. */
  readonly note: (text: string, action?: Toast['action']) => void;
  /** An error; stays until it is closed. */
  readonly error: (text: string) => void;
  /** Any thrown value, in words. */
  readonly thrown: (error: unknown) => void;
  readonly close: (id: number) => void;
}

const noteMs = 6000;
const limit = 4;

/** Makes the voice that writes into the store. */
export function createToasts(store: Store<AppState>): Toasts {
  let last = 0;
  const add = (kind: Toast['kind'], text: string, action?: Toast['action']): number => {
    const id = ++last;
    // The same words twice are one message.
    const others = store.get().toasts.filter((toast) => toast.text !== text);
    store.set({ toasts: [...others, { id, kind, text, ...(action && { action }) }].slice(-limit) });
    return id;
  };
  const close = (id: number): void => {
    store.set({ toasts: store.get().toasts.filter((toast) => toast.id !== id) });
  };
  const toasts: Toasts = {
    note(text, action) {
      const id = add('note', text, action);
      setTimeout(
        () => {
          close(id);
        },
        action ? 2 * noteMs : noteMs,
      );
    },
    error(text) {
      add('error', text);
    },
    thrown(error) {
      if (error instanceof AppError) add('error', sayError(error.details));
      else {
        // A bug goes to the browser's log with its stack.
        reportError(error);
        const text = error instanceof Error ? error.message : String(error);
        add('error', `Something in Crossweave itself went wrong: ${text}`);
      }
    },
    close,
  };
  return toasts;
}
