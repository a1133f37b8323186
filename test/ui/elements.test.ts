import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-finder.js';
import '../../src/ui/cw-graph-list.js';
import '../../src/ui/cw-keymap.js';
import '../../src/ui/cw-help-dialog.js';
import '../../src/ui/cw-menu.js';
import '../../src/ui/cw-node-palette.js';
import '../../src/ui/cw-node-panel.js';
import '../../src/ui/cw-picture-panel.js';
import '../../src/ui/cw-picture-viewer.js';
import '../../src/ui/cw-problem-list.js';
import '../../src/ui/cw-run-journal.js';
import '../../src/ui/cw-settings-dialog.js';
import '../../src/ui/cw-toasts.js';
import '../../src/ui/cw-toolbar.js';
import { useTheme } from '../support/themed.js';

const picture = {
  width: 2,
  height: 1,
  data: new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255]),
};
const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const device = { label: 'CPU, 2 threads', reason: 'There is no adapter.', isFallback: true };
const progress = { share: 0.4, text: 'Pass 12/68', left: 'about 9 s left' };

const elements = {
  'the toolbar at rest': () => html`<cw-toolbar .device=${device}></cw-toolbar>`,
  'the toolbar during a run': () =>
    html`<cw-toolbar .isRunning=${true} .progress=${progress} .device=${device}></cw-toolbar>`,
  'a menu': () =>
    html`<cw-menu
      .label=${'Node'}
      .items=${[
        { value: 'a', label: 'Copy', shortcut: 'Ctrl+C' },
        { value: 'b', label: 'Delete', isDangerous: true },
      ]}
    ></cw-menu>`,
  'a menu of choices': () =>
    html`<cw-menu
      .label=${'kind'}
      .items=${[
        { value: 'a', label: 'a', isCurrent: true },
        { value: 'b', label: 'b' },
      ]}
    ></cw-menu>`,
  'the node palette': () =>
    html`<cw-node-palette .entries=${[entry('LoadImage', 'Load Image')]}></cw-node-palette>`,
  'the node panel': () =>
    html`<cw-node-panel
      .help=${{
        title: 'AdaIN',
        type: 'AdaIN',
        category: 'denoise',
        description: 'Gives *statistics* of **one** to `another`.',
        inputs: { amount: { type: 'INT', default: 1, min: 0, max: 9, tooltip: 'How much.' } },
        outputs: { LATENT: { type: 'LATENT', tooltip: 'The result.' } },
        warnings: ['The mask is empty.'],
      }}
    ></cw-node-panel>`,
  'the problem list': () =>
    html`<cw-problem-list
      .problems=${[
        { code: 'input/missing', nodeId: '1', message: 'Load Image: choose a picture.' },
        { code: 'graph/no-outputs', nodeId: undefined, message: 'Nothing asks for a result.' },
      ]}
    ></cw-problem-list>`,
  'the pictures': () =>
    html`<cw-picture-panel
      .pictures=${[
        { name: 'cow.png', url: dot, isSample: true },
        { name: 'mine.png', url: dot, isSample: false },
      ]}
    ></cw-picture-panel>`,
  'the run journal': () =>
    html`<cw-run-journal
      .runs=${[
        {
          id: 1,
          time: '12:00:00',
          duration: '20 s',
          outcome: 'error',
          work: 'U-Net: 457 forwards',
          nodes: [{ id: '1', title: 'AdaIN', duration: '2 s', share: 0.5, isCached: false }],
        },
      ]}
    ></cw-run-journal>`,
  'the graph as a list': () => html`<cw-graph-list .nodes=${listed}></cw-graph-list>`,
  messages: () =>
    html`<cw-toasts
      .toasts=${[
        { id: 1, kind: 'note', text: 'Copied.' },
        { id: 2, kind: 'error', text: 'It failed.' },
      ]}
    ></cw-toasts>`,
  'the help sheet': () =>
    html`<cw-help-dialog
      .groups=${[{ title: 'Run', rows: [{ keys: 'Ctrl+Enter', label: 'Run' }] }]}
    ></cw-help-dialog>`,
  'the command palette': () =>
    html`<cw-finder
      .label=${'Commands'}
      .placeholder=${'Search commands'}
      .entries=${[
        { id: 'command:run', label: 'Run', section: 'Run', detail: 'Ctrl+Enter' },
        { id: 'command:undo', label: 'Undo', section: 'Edit', detail: 'Ctrl+Z', isDisabled: true },
      ]}
    ></cw-finder>`,
  'the settings': () =>
    html`<cw-settings-dialog
      .form=${{
        theme: 'dark',
        language: 'system',
        motion: 'system',
        hasLetterKeys: true,
        snapsToGrid: false,
        linkShape: 'curve',
      }}
      .keyRows=${keyRows}
      .describe=${(event: KeyboardEvent) => event.key}
    ></cw-settings-dialog>`,
  'the picture viewer': () =>
    html`<cw-picture-viewer
      .label=${'Result'}
      .pictures=${[
        { label: 'before', picture },
        { label: 'after', picture },
      ]}
    ></cw-picture-viewer>`,
};

const keyRows = [
  { command: 'run', label: 'Run', group: 'Run', keys: ['Ctrl+Enter'], isChanged: true },
  { command: 'fit', label: 'Fit to view', group: 'Canvas', keys: ['.'], isChanged: false },
];

const listed = [
  {
    id: '1',
    title: 'Load Image',
    state: 'done',
    isSelected: true,
    rows: [{ input: 'image', text: 'cow.png', isWidget: true }],
  },
  { id: '2', title: 'Preview', state: '', isSelected: false, rows: [] },
];

function entry(type: string, title: string) {
  return {
    type,
    title,
    category: 'image',
    description: 'A node.',
    aliases: ['photo'],
    isFitting: type !== 'SaveImage',
    drawing: {
      title,
      inputs: [],
      outputs: [{ name: 'IMAGE', type: 'IMAGE', color: '#64b5f6', shape: 'circle' }],
      widgets: [{ name: 'image', text: '' }],
    },
  };
}

for (const theme of ['dark', 'light', 'contrast'] as const) {
  describe(`in the ${theme} theme`, () => {
    before(() => useTheme(theme));
    for (const [name, template] of Object.entries(elements)) {
      it(`${name} can be used by everybody`, async () => {
        document.body.style.background = 'var(--cw-surface)';
        const element = await fixture(template());
        await expect(element).to.be.accessible({ ignoredRules: ['region'] });
      });
    }
  });
}

/** Collects the details of an element's events. */
function listen(element: Element, name: string): unknown[] {
  const details: unknown[] = [];
  element.addEventListener(name, (event) => {
    if (event instanceof CustomEvent) details.push(event.detail);
  });
  return details;
}

function press(element: Element | null | undefined, key: string): void {
  element?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );
}

describe('the toolbar', () => {
  it('asks to run, and to cancel while a run goes on', async () => {
    const element = await fixture<HTMLElement & { isRunning: boolean }>(
      html`<cw-toolbar></cw-toolbar>`,
    );
    const asked = listen(element, 'cw-command');
    element.shadowRoot?.querySelector<HTMLElement>('.run')?.click();
    element.isRunning = true;
    await Promise.resolve();
    element.shadowRoot?.querySelector<HTMLElement>('.run')?.click();
    expect(asked).to.deep.equal(['run', 'cancel']);
  });

  it('tells the progress to screen readers', async () => {
    const element = await fixture(html`<cw-toolbar .progress=${progress}></cw-toolbar>`);
    const bar = element.shadowRoot?.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuenow')).to.equal('40');
    expect(bar?.getAttribute('aria-valuetext')).to.equal('Pass 12/68 about 9 s left');
  });
});

describe('a menu', () => {
  it('is walked with the arrows and by first letters, and left with Escape', async () => {
    const items = ['Copy', 'Paste', 'Delete'].map((label) => ({ value: label, label }));
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-menu .items=${items}></cw-menu>`,
    );
    const closed = listen(element, 'cw-close');
    await element.updateComplete;
    press(element, 'ArrowDown');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal('Paste');
    press(element, 'd');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal('Delete');
    press(element, 'Escape');
    expect(closed).to.have.length(1);
  });
});

describe('the node palette', () => {
  const entries = [entry('SaveImage', 'Save Image'), entry('LoadImage', 'Load Image')];

  async function search(linkType: string, query: string) {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-node-palette .entries=${entries} .linkType=${linkType}></cw-node-palette>`,
    );
    const finder = element.shadowRoot?.querySelector<
      HTMLElement & { updateComplete: Promise<boolean> }
    >('cw-finder');
    const field = finder?.shadowRoot?.querySelector('input');
    if (!finder || !field) throw new Error('The palette has no search field.');
    field.value = query;
    field.dispatchEvent(new InputEvent('input'));
    await finder.updateComplete;
    const options = () =>
      [...(finder.shadowRoot?.querySelectorAll('[role=option]') ?? [])].map((option) =>
        option.textContent.replaceAll(/\s+/g, ' ').trim(),
      );
    return { element, finder, field, options, picked: listen(element, 'cw-pick') };
  }

  it('finds by letters in order and by other names, and adds with Enter', async () => {
    const { field, options, picked } = await search('', 'loim');
    expect(options()).to.deep.equal(['Load Image image']);
    press(field, 'Enter');
    expect(picked).to.deep.equal(['LoadImage']);
    expect((await search('', 'photo')).options()).to.have.length(2);
  });

  it('puts what fits a dragged link first and folds all others', async () => {
    const { finder, field, options } = await search('IMAGE', '');
    expect(options()).to.deep.equal(['Load Image image', 'All others 1']);
    press(field, 'ArrowDown');
    press(field, 'Enter');
    await finder.updateComplete;
    expect(options()).to.deep.equal(['Load Image image', 'Save Image image']);
  });
});

describe('the editor of keys', () => {
  it('records a key, tells who has it, and takes it over when asked to', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-keymap
        .rows=${keyRows}
        .describe=${(event: KeyboardEvent) => event.key}
      ></cw-keymap>`,
    );
    const changed = listen(element, 'cw-keys');
    const run = element.shadowRoot?.querySelector<HTMLElement>('.keys');
    run?.click();
    press(run, 'F9');
    expect(changed).to.deep.equal([{ command: 'run', keys: ['F9'] }]);
    run?.click();
    press(run, '.');
    await element.updateComplete;
    const alert = element.shadowRoot?.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('Fit to view');
    expect(changed).to.have.length(1);
    alert?.querySelector('button')?.click();
    expect(changed.slice(1)).to.deep.equal([
      { command: 'fit', keys: [] },
      { command: 'run', keys: ['.'] },
    ]);
  });
});

describe('the graph as a list', () => {
  it('opens a node with the right arrow, goes to its inputs, and edits with Enter', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-graph-list .nodes=${listed}></cw-graph-list>`,
    );
    const opened = listen(element, 'cw-widget-opened');
    const first = element.shadowRoot?.querySelector<HTMLElement>('[data-key="1"]');
    first?.focus();
    press(first, 'ArrowRight');
    await element.updateComplete;
    press(first, 'ArrowRight');
    await element.updateComplete;
    press(element.shadowRoot?.activeElement, 'Enter');
    expect(opened).to.deep.equal([{ node: '1', input: 'image' }]);
    // An open item's text holds its inputs' too, so its name cannot be all of its text.
    await expect(element).to.be.accessible({
      ignoredRules: ['region', 'label-content-name-mismatch'],
    });
  });
});

describe('the picture viewer', () => {
  it('compares two pictures with a wipe', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      elements['the picture viewer'](),
    );
    await element.updateComplete;
    const range = element.shadowRoot?.querySelector('input');
    expect(range?.getAttribute('aria-label')).to.equal('Wipe');
    expect(element.shadowRoot?.querySelectorAll('canvas')).to.have.length(2);
  });

  it('zooms and moves by keys, and shows all again', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      elements['the picture viewer'](),
    );
    const stage = element.shadowRoot?.querySelector('.stage');
    const look = async () => {
      await element.updateComplete;
      return element.shadowRoot?.querySelector('.pictures')?.getAttribute('style');
    };
    press(stage, '+');
    press(stage, 'ArrowRight');
    expect(await look()).to.equal('transform: translate(-48px, 0px) scale(1.25)');
    press(stage, '0');
    expect(await look()).to.equal('transform: translate(0px, 0px) scale(1)');
  });
});
