import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Browser, launch } from 'puppeteer-core';
import { findChromium } from '../../../tools/test/find-chromium.js';

/** Whether the end-to-end tests drive Firefox: `npm run e2e:firefox` asks for it. */
export const isFirefox = process.env['E2E_BROWSER'] === 'firefox';

// A call may watch a whole run.
const protocolTimeout = 600_000;

/** Starts a Chromium that cannot reach any other host, or the Firefox that FIREFOX_PATH names or Debian installs. */
export async function launchBrowser(): Promise<Browser> {
  if (isFirefox) return launch({ browser: 'firefox', executablePath: firefox(), protocolTimeout });
  const chromium = findChromium();
  if ('problem' in chromium) throw new Error(chromium.problem);
  return launch({
    executablePath: chromium.path,
    protocolTimeout,
    args: [
      '--no-sandbox',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

function firefox(): string {
  const known = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'];
  const path = known.find((at) => at !== undefined && existsSync(at));
  if (path === undefined) {
    throw new Error(
      'There is no Firefox: install it (on Debian: apt-get install firefox-esr) or point FIREFOX_PATH at one.',
    );
  }
  return path;
}
