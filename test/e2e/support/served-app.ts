import { fileURLToPath } from 'node:url';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { listen } from '../../../tools/serve/listen.js';
import { appears, disappears } from './appears.js';
import { isFirefox, launchBrowser } from './launch-browser.js';
import { createWatchingServer, type Differences } from './watching-server.js';

/** The built application, served as `npm start` serves it, in a browser without a GPU: see `launchBrowser`. */
export interface ServedApp {
  readonly address: string;
  readonly browser: Browser;
  /** Errors that any page reported, in words; what its content policy forbade is among them. */
  readonly errors: readonly string[];
  /** What the content policy forbade in any page, thread or service worker, as browsers reported it to the server. */
  readonly forbidden: readonly string[];
  /** Addresses of other hosts that a page or one of its threads asked for. */
  readonly requestsElsewhere: readonly string[];
  /**
   * Opens the application in a window of its own size; storage is shared by all pages. The gallery of a first start is
   * closed, unless the view keeps it.
   */
  open(view?: View): Promise<Page>;
  /** Stops the server; pages stay open. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
  readonly theme?: 'dark' | 'light';
  readonly keepsGallery?: boolean;
  /** What follows the address of the page, such as `#graph=...`. */
  readonly fragment?: string;
}

const BUILD = fileURLToPath(new URL('../../../build', import.meta.url));

/** Serves build/ and starts the browser. */
export async function serveApp(differences?: Differences): Promise<ServedApp> {
  const forbidden: string[] = [];
  const server = createWatchingServer(BUILD, forbidden, differences);
  const address = `http://127.0.0.1:${await listen(server, 0)}`;
  const browser = await launchBrowser();
  const errors: string[] = [];
  const requestsElsewhere: string[] = [];
  let isFirstStart = true;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return {
    address,
    browser,
    errors,
    forbidden,
    requestsElsewhere,
    async open(view = { width: 1600, height: 900 }) {
      const page = await browser.newPage();
      watchErrors(page, errors);
      await page.evaluateOnNewDocument(() => {
        addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
          console.error(`The content policy forbids ${effectiveDirective} of ${blockedURI}`);
        });
      });
      page.on('request', (request) => {
        const url = request.url();
        const isOwn = url.startsWith(`${address}/`) || /^(blob|data|about):/.test(url);
        if (!isOwn) requestsElsewhere.push(url);
      });
      await page.setViewport({
        width: view.width,
        height: view.height,
        deviceScaleFactor: view.scale ?? 1,
      });
      // WebDriver BiDi, by which Firefox is driven, cannot choose a theme.
      if (!isFirefox) {
        await page.emulateMediaFeatures([
          { name: 'prefers-color-scheme', value: view.theme ?? 'dark' },
        ]);
      }
      await page.goto(`${address}/${view.fragment ?? ''}`);
      if (isFirstStart && view.keepsGallery !== true) await closeGallery(page);
      isFirstStart = false;
      return page;
    },
    stop,
    async close() {
      await browser.close();
      await stop();
    },
  };
}

/** Closes the gallery of a first start. */
export async function closeGallery(page: Page): Promise<void> {
  // Its own button, since the focus may not have reached the dialog yet when a key is pressed.
  const close = await appears(page, '>>> cw-template-gallery >>> dialog[open] button.close');
  await (close as ElementHandle<HTMLElement>).evaluate((button) => {
    button.click();
  });
  await disappears(page, '>>> cw-template-gallery');
}

function watchErrors(page: Page, errors: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A reload ends what was still on its way.
    if (reason !== 'net::ERR_ABORTED') errors.push(`${request.url()}: ${reason}`);
  });
}
