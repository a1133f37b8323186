import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const KNOWN_PATHS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const REMEDY =
  'install Chromium or Chrome (on Debian: apt-get install chromium) or point CHROMIUM_PATH at one.';

/** Where the browser for the tests is, or why there is none. */
export type ChromiumFound = { readonly path: string } | { readonly problem: string };

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, else one at a usual place, else the one that Debian's package
 * brings, installed here when we are root on Debian. The problem is one sentence that names the remedy.
 */
export function findChromium(): ChromiumFound {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? { path: named }
      : { problem: `CHROMIUM_PATH names ${named}, which is not there; ${REMEDY}` };
  }
  const path = findInstalled();
  if (path !== undefined) return { path };
  if (!isRootOnDebian()) return { problem: `No Chromium was found; ${REMEDY}` };
  console.log('Installing Chromium for the browser tests …');
  const failure = installDebianPackage();
  const installed = findInstalled();
  return installed === undefined
    ? {
        problem: `Chromium could not be installed (${failure ?? 'no browser came of it'}); ${REMEDY}`,
      }
    : { path: installed };
}

function findInstalled(): string | undefined {
  return KNOWN_PATHS[process.platform]?.find((path) => existsSync(path));
}

function isRootOnDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function installDebianPackage(): string | undefined {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status, stderr, error } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (error !== undefined) return error.message;
    if (status !== 0) return stderr.trim().split('\n').at(-1) ?? `apt-get ${args[0] ?? ''} failed`;
  }
  return undefined;
}
