import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, type Page } from 'puppeteer-core';
import { appears } from '../../test/e2e/support/appears.js';
import { createFileServer } from '../serve/file-server.js';
import { listen } from '../serve/listen.js';
import { findChromium } from '../test/find-chromium.js';
import { animatedWebp, type WebpFrame } from './animated-webp.js';

// `npm run -s record` after `npm run -s build`: draws docs/timeline.webp from the built page, as it works.

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'docs/timeline.webp');
const size = { width: 1200, height: 800 };
const [steps, skipped] = [100, 32];
const mostBytes = 1_000_000;

const chromium = findChromium();
if ('problem' in chromium) throw new Error(chromium.problem);
const server = createFileServer(join(root, 'build'));
const address = `http://127.0.0.1:${String(await listen(server, 0))}/`;
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
const browser = await launch({ executablePath: chromium.path, args, protocolTimeout: 600_000 });
try {
  const page = await browser.newPage();
  await page.setViewport({ ...size, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.goto(address);
  const frames = await perform(page);
  const film = animatedWebp(frames, size.width, size.height);
  if (film.length > mostBytes) throw new Error(`The film has ${String(film.length)} bytes.`);
  await writeFile(target, film);
  console.log(`docs/timeline.webp: ${String(frames.length)} frames, ${String(film.length)} bytes`);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

/** Runs the graph, then paints structure over its schedule with live runs on, and films that. */
async function perform(page: Page): Promise<readonly WebpFrame[]> {
  const frames: WebpFrame[] = [];
  const film = async (durationMs: number): Promise<void> => {
    const still = await page.screenshot({ type: 'webp', quality: 20 });
    frames.push({ still, durationMs });
  };
  const button = (name: string): string => `::-p-aria([name="${name}"][role="button"])`;
  await appears(page, button('Run'));
  // What was stored is read before anything can be opened.
  await wait(3000);
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await appears(page, '>>> .strip');
  await dismissGuide(page);
  await page.keyboard.down('Alt');
  await page.keyboard.press('p');
  await page.keyboard.up('Alt');
  await wait(500);
  await page.keyboard.press('.');
  await wait(800);
  await page.locator(button('Run')).click();
  await ended(page);
  await film(1200);
  await page.locator(button('Live')).click();
  const place = await lanes(page);
  await page.mouse.move(...place(44, 0));
  await film(300);
  await page.mouse.down();
  for (let pass = 45; pass <= 60; pass += 4) {
    await page.mouse.move(...place(pass, 0));
    await film(90);
  }
  await page.mouse.up();
  await filmRun(page, film);
  await page.mouse.move(...place(30, 1));
  await page.mouse.down();
  for (let pass = 31; pass <= 46; pass += 4) {
    await page.mouse.move(...place(pass, 1));
    await film(90);
  }
  await page.mouse.up();
  await filmRun(page, film);
  await film(1800);
  return frames;
}

async function dismissGuide(page: Page): Promise<void> {
  const guide = await page.$('>>> cw-guide >>> button[aria-label]');
  await guide?.click();
}

/** Where a pass of the first or the second lane lies. */
async function lanes(page: Page): Promise<(pass: number, lane: 0 | 1) => [number, number]> {
  const strip = await appears(page, '>>> .strip');
  const box = await strip.boundingBox();
  if (!box) throw new Error('There is no timeline.');
  const column = (box.width - 108) / steps;
  return (pass, lane) => [box.x + 96 + (pass + skipped + 0.5) * column, box.y + 56 + 35 * lane];
}

function isRunning(page: Page): Promise<boolean> {
  return page.$$eval('>>> [role=progressbar]', (bars) => bars.length > 0);
}

async function ended(page: Page): Promise<void> {
  await wait(1000);
  while (await isRunning(page)) await wait(200);
  await wait(400);
}

/** Films a run that is about to begin, to its end. */
async function filmRun(page: Page, film: (durationMs: number) => Promise<void>): Promise<void> {
  for (let waited = 0; waited < 40 && !(await isRunning(page)); waited += 1) await wait(50);
  for (let i = 0; i < 7 && (await isRunning(page)); i += 1) {
    await film(220);
    await wait(600);
  }
  await ended(page);
  await film(700);
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
