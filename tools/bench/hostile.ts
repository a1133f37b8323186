import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppPage } from '../../test/e2e/support/app-page.js';
import { appears } from '../../test/e2e/support/appears.js';
import { acceptedFiles, refusedFiles } from '../../test/e2e/support/hostile-files.js';
import { closeGallery } from '../../test/e2e/support/served-app.js';
import { serveBuild } from './served-build.js';

// Run by hand after `npm run -s build`: `node --import tsx tools/bench/hostile.ts [build folder] [name of one file]`.
// The longest time for which each hostile file keeps the page from answering, from its choice on.

const only = process.argv[3];

/** Long enough for what follows the opening: the save, the forecast, the list of problems. */
const WATCHED_MS = 5000;

const served = await serveBuild(process.argv[2], ['--no-sandbox']);
const { address, browser, folder } = served;
try {
  const refused = Object.entries(refusedFiles).map(([name, [text]]) => [name, text] as const);
  for (const [name, text] of [...refused, ...Object.entries(acceptedFiles)]) {
    if (only !== undefined && only !== name) continue;
    await writeFile(join(folder, name), text);
    const tasks = await tasksOf(name);
    const longest = tasks.toSorted((a, b) => b - a).slice(0, 3);
    const said = longest.map((ms) => ms.toFixed(0)).join(', ') || 'none above 50';
    console.log(`${name.padEnd(22)} ${(text.length / 1e6).toFixed(1).padStart(5)} MB   ${said} ms`);
  }
} finally {
  await served.close();
}

/** Milliseconds of the long tasks that follow the opening of a file, in a browser of its own storage. */
async function tasksOf(name: string): Promise<readonly number[]> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1600, height: 900 });
  await page.goto(address);
  await closeGallery(page);
  await appears(page, '::-p-aria([name="Undo"][role="button"])');
  await new Promise((settled) => setTimeout(settled, 4000));
  await page.evaluate(`
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
    }).observe({ type: 'longtask' });
  `);
  await new AppPage(page).openFile(join(folder, name));
  await new Promise((watched) => setTimeout(watched, WATCHED_MS));
  // The page answers when it is free again.
  const tasks = (await page.evaluate('globalThis.tasks')) as readonly number[];
  await context.close();
  return tasks;
}
