import { texts } from '../texts/texts.js';
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
    .catch((error: unknown) => {
      app?.note(texts().models.notKept(error instanceof Error ? error.message : String(error)));
    });
}, SETTLED_MS);
