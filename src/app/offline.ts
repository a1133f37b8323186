import { texts } from '../texts/texts.js';
import type { Toasts } from './toasts.js';

/** Says something to the user that they can act on. */
type Tell = Toasts['note'];

/**
 * Keeps the page's own files in the browser, so that it opens without its server. A newer version is told and waits until the
 * user reloads; so is that threads come with the next load, where only the service worker isolates the page.
 */
export async function keepForOffline(tell: Tell): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const wasThere = serviceWorker.controller !== null;
  const registration = await serviceWorker.register('service-worker.js');
  const tellUpdate = (): void => {
    const { waiting } = registration;
    if (!waiting || !wasThere) return;
    const perform = (): void => {
      serviceWorker.addEventListener('controllerchange', () => {
        location.reload();
      });
      waiting.postMessage('take-over');
    };
    tell(texts().models.update, { label: texts().shell.reload, perform });
  };
  tellUpdate();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tellUpdate);
  });
  if (globalThis.crossOriginIsolated || wasThere) return;
  await serviceWorker.ready;
  const perform = (): void => {
    location.reload();
  };
  tell(texts().models.threads, { label: texts().shell.reload, perform });
}
