import type { Application } from './application.js';

/**
 * Loads the code of an element that was already put on the page: it comes to life when the code is there. A failure
 * is told to the user.
 */
export function lazily(application: Application, load: () => Promise<unknown>): void {
  load().catch((error: unknown) => {
    application.toasts.thrown(error);
  });
}
