import type { BoundingBox, ElementHandle, Page } from 'puppeteer-core';
import { appears, disappears } from './appears.js';
import { isFirefox } from './launch-browser.js';
import type { View } from './served-app.js';

/** A picture's pixels as the page shows them, RGBA. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: readonly number[];
}

/** The newest run in the journal. */
export interface JournalEntry {
  readonly summary: string;
  /** What stands behind each node: `cached` or a duration. */
  readonly nodes: Readonly<Record<string, string>>;
}

/** The page as a user of a screen reader has it: things by role and name, in shadow roots as well. */
export class AppPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Clicks what has the role and name; waits until it is there and enabled. */
  async click(role: string, name: string): Promise<void> {
    const selector = `::-p-aria([name="${name}"][role="${role}"])`;
    if (isFirefox) await (await appears(this.page, selector)).click();
    else await this.page.locator(selector).click();
  }

  /** Presses a key, with others held down before it: `Control+Shift+E`. */
  async press(keys: string): Promise<void> {
    const names = keys.split('+') as Parameters<Page['keyboard']['press']>[0][];
    const last = names.pop();
    for (const name of names) await this.page.keyboard.down(name);
    if (last) await this.page.keyboard.press(last);
    for (const name of names.reverse()) await this.page.keyboard.up(name);
  }

  /** From now on downloads of the page's window are saved in a folder without asking. */
  async downloadInto(folder: string): Promise<void> {
    const client = await this.page.createCDPSession();
    const { id } = this.page.browserContext();
    await client.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
      ...(id !== undefined && { browserContextId: id }),
    });
  }

  /** Where on the page, in CSS pixels, something lies. */
  async boxOf(role: string, name: string): Promise<BoundingBox> {
    const found = await appears(this.page, `::-p-aria([name="${name}"][role="${role}"])`);
    const box = await found.boundingBox();
    if (!box) throw new Error(`${role} ${name} is not on the page.`);
    return box;
  }

  /** Changes the window and waits until the page has settled in it. */
  async lookAt({ width, height, scale = 1, theme = 'dark' }: View): Promise<void> {
    await this.page.setViewport({ width, height, deviceScaleFactor: scale });
    if (!isFirefox) {
      await this.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    }
    await this.settle();
  }

  /** Brings the whole graph into view. */
  async showAll(): Promise<void> {
    const canvas = await appears(this.page, '>>> canvas[role=application]');
    await canvas.focus();
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('a');
    await this.page.keyboard.up('Control');
    await this.click('button', 'Fit to view');
    await this.settle();
  }

  /** By how many pixels the page is wider than its window. */
  widthTooMuch(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  /** The names of the nodes in the tree that mirrors the canvas, states included. */
  async nodeNames(): Promise<readonly string[]> {
    await this.openList();
    return this.page.$$eval('>>> [role=treeitem].node', (items) =>
      items.map((item) => item.getAttribute('aria-label') ?? ''),
    );
  }

  /** The value of a widget as the tree tells it. */
  async widgetText(node: string, input: string): Promise<string> {
    const row = await this.widgetRow(node, input);
    const label = await row.evaluate((element) => element.getAttribute('aria-label') ?? '');
    return label.slice(input.length + 2);
  }

  /** Types a value into a widget, reached by keyboard from the tree. */
  async setWidget(node: string, input: string, value: string): Promise<void> {
    const row = await this.widgetRow(node, input);
    await row.focus();
    await this.page.keyboard.press('Enter');
    await appears(this.page, '>>> cw-graph-list >>> cw-widget-field >>> #field');
    await this.settle();
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('a');
    await this.page.keyboard.up('Control');
    await this.page.keyboard.type(value);
    await this.page.keyboard.press('Enter');
  }

  /** Runs the graph and watches it to its end. Returns the passes that the progress bar showed, in order. */
  async run(timeoutMs: number): Promise<readonly number[]> {
    const before = await this.runCount();
    await this.click('button', 'Run');
    return this.watchRun(before, timeoutMs);
  }

  /** How many runs the journal lists. */
  async runCount(): Promise<number> {
    await this.click('tab', 'Runs');
    await appears(this.page, '>>> cw-run-journal');
    return this.listedRuns();
  }

  /**
   * Watches a run that was started when the journal listed `before` runs, until it lists one more. Returns the passes
   * that the progress bar showed, in order.
   */
  async watchRun(before: number, timeoutMs: number): Promise<readonly number[]> {
    const passes: number[] = [];
    const end = performance.now() + timeoutMs;
    while ((await this.listedRuns()) <= before) {
      if (performance.now() > end) throw new Error(`The run took longer than ${timeoutMs} ms.`);
      const pass = Number(/^Pass (\d+)\//.exec(await this.progressText())?.[1] ?? 0);
      if (pass > 0 && pass !== passes.at(-1)) passes.push(pass);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return passes;
  }

  /** The newest entry of the run journal. */
  async journal(): Promise<JournalEntry> {
    await this.click('tab', 'Runs');
    const summary = await this.page.$eval('>>> cw-run-journal >>> summary', (element) =>
      element.textContent.replaceAll(/\s+/g, ' ').trim(),
    );
    const rows = await this.page.$$eval('>>> cw-run-journal >>> details[open] tr', (lines) =>
      lines.map((line) => [
        line.querySelector('th')?.textContent.trim() ?? '',
        line.querySelector('td')?.textContent.trim() ?? '',
      ]),
    );
    return { summary, nodes: Object.fromEntries(rows) as Record<string, string> };
  }

  /** Opens a node's pictures from the canvas and reads the first of them. */
  async pixelsOf(node: string): Promise<Pixels> {
    await this.openList();
    const item = await this.treeItem(node);
    await item.focus();
    await this.page.keyboard.press('Enter');
    await this.clickMiddleOfCanvas();
    const canvas = await appears(this.page, '>>> cw-picture-viewer >>> canvas[role=img]');
    const pixels = await canvas.evaluate((node) => {
      const element = node as HTMLCanvasElement;
      const { width, height } = element;
      const image = element.getContext('2d')?.getImageData(0, 0, width, height);
      return { width, height, data: Array.from(image?.data ?? []) };
    });
    await this.click('button', 'Close');
    return pixels;
  }

  /** Opens a file as the Open button does. */
  async openFile(path: string): Promise<void> {
    const [chooser] = await Promise.all([
      this.page.waitForFileChooser(),
      this.click('button', 'Open'),
    ]);
    await chooser.accept([path]);
  }

  /** Waits for an error message and closes it. Returns what it says. */
  async takeAlert(): Promise<string> {
    const selector = '>>> cw-toasts >>> [role=alert]';
    const alert = await appears(this.page, selector);
    const text = await alert.evaluate((element) => element.textContent.trim());
    await this.click('button', 'Close message');
    await disappears(this.page, selector);
    return text;
  }

  private async openList(): Promise<void> {
    await this.click('tab', 'List');
    await appears(this.page, '>>> [role=treeitem]');
  }

  private listedRuns(): Promise<number> {
    return this.page.$$eval('>>> cw-run-journal >>> summary', (runs) => runs.length);
  }

  /** What the progress bar says; empty while nothing runs. */
  private progressText(): Promise<string> {
    return this.page.$$eval('>>> [role=progressbar]', (bars) =>
      bars.map((bar) => bar.getAttribute('aria-valuetext') ?? '').join(),
    );
  }

  private async clickMiddleOfCanvas(): Promise<void> {
    const canvas = await appears(this.page, '>>> canvas[role=application]');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('There is no canvas.');
    await this.settle();
    // A node's picture is in its lower part.
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.6);
  }

  /** The view glides to where it is asked to, and a change of the window is drawn in the next frames. */
  private settle(): Promise<void> {
    return new Promise((settled) => setTimeout(settled, 600));
  }

  private async treeItem(node: string): Promise<ElementHandle> {
    const items = await this.page.$$('>>> [role=treeitem].node');
    for (const item of items) {
      const label = await item.evaluate((element) => element.getAttribute('aria-label') ?? '');
      if (label === node || label.startsWith(`${node}, `)) return item;
    }
    throw new Error(`There is no node called ${node}.`);
  }

  private async widgetRow(node: string, input: string): Promise<ElementHandle> {
    await this.openList();
    const item = await this.treeItem(node);
    await item.focus();
    if ((await item.evaluate((element) => element.getAttribute('aria-expanded'))) !== 'true') {
      await this.page.keyboard.press('ArrowRight');
    }
    const id = await item.evaluate((element) => element.getAttribute('data-key') ?? '');
    return appears(this.page, `>>> [role=treeitem][data-key^="${id} "][aria-label^="${input}: "]`);
  }
}
