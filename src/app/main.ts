import './cw-app.js';
import type { CwApp } from './cw-app.js';

/** Milliseconds that the page has for itself before its files are fetched again to be kept. */
const SETTLED_MS = 3000;

setTimeout(() => {
  const app = document.querySelector<CwApp>('cw-app');
  import('./offline.js')
    .then(({ keepForOffline }) =>
      keepForOffline((text, action) => {
        app?.note(text, action);
      }),
    )
    // Private windows and some browsers have no service workers: the page then needs its server.
    .catch((error: unknown) => {
      console.info('The page cannot be kept for use without its server.', error);
    });
}, SETTLED_MS);
