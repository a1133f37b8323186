import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, type Browser } from 'puppeteer-core';
import { createFileServer } from '../serve/file-server.js';
import { listen } from '../serve/listen.js';
import { findChromium } from '../test/find-chromium.js';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A built application, served to a Chromium with a profile of its own. */
export interface ServedBuild {
  readonly address: string;
  readonly browser: Browser;
  /** An empty folder that is deleted in the end. */
  readonly folder: string;
  close(): Promise<void>;
}

/** How a browser is started that asks no other host and draws in software. */
const offline = [
  '--no-sandbox',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Serves a build, that of the project unless told, and starts a browser. @throws Error when there is no Chromium. */
export async function serveBuild(
  build = join(root, 'build'),
  args: readonly string[] = offline,
): Promise<ServedBuild> {
  const chromium = findChromium();
  if ('problem' in chromium) throw new Error(chromium.problem);
  const server = createFileServer(build);
  const address = `http://127.0.0.1:${String(await listen(server, 0))}/`;
  const folder = await mkdtemp(join(tmpdir(), 'crossweave-bench-'));
  const browser = await launch({ executablePath: chromium.path, args: [...args] });
  return {
    address,
    browser,
    folder,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The time below which a share of the times lies, 0..1: 0.5 is the median, 1 the longest; 0 without any. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
