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
import type { InspectedWidget, Inspection } from '../../src/ui/inspector-model.js';
import type { ListItem } from '../../src/ui/list-model.js';
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
  'the node panel': () => html`<cw-node-panel .inspection=${inspection}></cw-node-panel>`,
  'the node panel of nothing': () => html`<cw-node-panel></cw-node-panel>`,
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
  'the graph as a list': () => html`<cw-graph-list .items=${listed}></cw-graph-list>`,
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

const amount: InspectedWidget = {
  name: 'amount',
  spec: { type: 'INT', default: 1, min: 0, max: 9, unit: 'passes', tooltip: 'How much.' },
  value: 4,
  choices: [],
  problem: '',
};

const latent = { type: 'LATENT', color: '#ff9cf9', shape: 'square' } as const;

const inspection: Inspection = {
  ids: ['1'],
  title: 'AdaIN',
  type: 'AdaIN',
  category: 'denoise',
  widgets: [
    amount,
    {
      ...amount,
      name: 'kind',
      spec: { type: 'COMBO', options: ['a', 'b'], default: 'a', tooltip: 'Which.' },
      value: 'c',
      choices: ['a', 'b'],
      problem: 'kind is “c”.',
    },
    {
      ...amount,
      name: 'clip',
      spec: { type: 'BOOLEAN', default: true, tooltip: 'Cuts.' },
      value: true,
    },
    {
      ...amount,
      name: 'text',
      spec: { type: 'STRING', default: '', tooltip: 'Words.' },
      value: '',
    },
  ],
  presets: ['official'],
  inputs: [
    {
      drawing: { name: 'samples', ...latent },
      tooltip: 'Latents.',
      from: { node: '2', title: 'VAE Encode', socket: 'LATENT' },
      problem: '',
    },
    {
      drawing: { name: 'mask', ...latent, isOptional: true },
      tooltip: 'Where.',
      from: undefined,
      problem: 'connect it',
    },
  ],
  outputs: [
    { drawing: { name: 'samples', ...latent }, tooltip: 'Result.', shape: '1×4×H/8×W/8', to: [] },
  ],
  warnings: ['The mask is empty.'],
  hasPictures: true,
  help: {
    description: 'Gives *statistics* of **one** to `another`.',
    equation: 'x̂ = (x − μ) / σ',
    source: 'Paper, equation 5',
    reference: 'adain_range',
  },
};

function line(kind: ListItem['kind'], key: string, rest: Partial<ListItem>): ListItem {
  return {
    key,
    kind,
    label: key,
    detail: '',
    node: '1',
    name: '',
    isSelected: false,
    isLinked: false,
    children: [],
    ...rest,
  };
}

const listed: readonly ListItem[] = [
  line('zone', 'zone 1', {
    label: 'Denoise zone',
    children: [
      line('node', '1', {
        label: 'AdaIN',
        detail: 'done',
        isSelected: true,
        children: [
          line('widget', '1 amount', {
            label: 'amount',
            detail: '4',
            name: 'amount',
            widget: amount,
          }),
          line('input', '1 samples', {
            label: 'samples',
            detail: 'from VAE Encode, LATENT',
            name: 'samples',
            isLinked: true,
          }),
          line('output', '1 out', { label: 'samples', detail: 'not used', name: 'samples' }),
        ],
      }),
      line('node', '2', { label: 'DDPM Step', node: '2' }),
    ],
  }),
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
    element.shadowRoot?.querySelector<HTMLElement>('.run:not(.primary)')?.click();
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
  async function open() {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-graph-list .items=${listed}></cw-graph-list>`,
    );
    const root = element.shadowRoot;
    root?.querySelector<HTMLElement>('[data-key="1"]')?.focus();
    const type = async (key: string) => {
      press(root?.activeElement, key);
      await element.updateComplete;
      await element.updateComplete;
    };
    return { element, root, type, name: () => root?.activeElement?.getAttribute('aria-label') };
  }

  it('walks zones, nodes and their sockets by the arrows', async () => {
    const { element, type, name } = await open();
    expect(name()).to.equal('AdaIN, done');
    await type('ArrowRight');
    await type('ArrowRight');
    expect(name()).to.equal('amount: 4');
    await type('ArrowLeft');
    expect(name()).to.equal('AdaIN, done');
    await type('ArrowLeft');
    await type('ArrowLeft');
    expect(name()).to.equal('Denoise zone');
    await type('End');
    expect(name()).to.equal('DDPM Step');
    await expect(element).to.be.accessible({ ignoredRules: ['region'] });
  });

  it('edits a value in its place and comes back to the line', async () => {
    const { element, root, type, name } = await open();
    const changed = listen(element, 'cw-widget-changed');
    await type('ArrowRight');
    await type('ArrowRight');
    await type('Enter');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const field = root?.querySelector('cw-widget-field')?.shadowRoot?.activeElement;
    if (!(field instanceof HTMLInputElement)) throw new Error('No field has the focus.');
    field.value = '2*3';
    field.dispatchEvent(new Event('change'));
    expect(changed).to.deep.equal([{ nodes: ['1'], input: 'amount', value: { text: '2*3' } }]);
    press(field, 'Escape');
    await element.updateComplete;
    await element.updateComplete;
    expect(name()).to.equal('amount: 4');
  });

  it('connects, disconnects, renames and moves by keys', async () => {
    const { element, root, type } = await open();
    const events = ['cw-connect', 'cw-disconnect', 'cw-nodes-swapped', 'cw-node-renamed'].map(
      (name) => listen(element, name),
    );
    press(root?.activeElement, 'F2');
    await element.updateComplete;
    await element.updateComplete;
    const title = root?.querySelector<HTMLInputElement>('.title');
    if (title) title.value = 'Mine';
    title?.dispatchEvent(new Event('change'));
    press(title, 'Escape');
    await element.updateComplete;
    await element.updateComplete;
    root?.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true }),
    );
    await type('ArrowRight');
    await type('ArrowDown');
    await type('ArrowDown');
    await type('Enter');
    await type('Delete');
    const end = { node: '1', name: 'samples' };
    expect(events).to.deep.equal([[end], [end], [['1', '2']], [{ node: '1', title: 'Mine' }]]);
  });
});

describe('the node panel', () => {
  it('edits in one gesture a drag, gives defaults back, and leads along links', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      elements['the node panel'](),
    );
    const changed = listen(element, 'cw-widget-changed') as { gesture?: string; value: unknown }[];
    const gone = listen(element, 'cw-node-selected');
    const field = element.shadowRoot?.querySelector('cw-widget-field')?.shadowRoot;
    const slider = field?.querySelector<HTMLInputElement>('[type=range]');
    slider?.dispatchEvent(new PointerEvent('pointerdown'));
    for (const value of ['5', '6']) {
      if (slider) slider.value = value;
      slider?.dispatchEvent(new InputEvent('input'));
    }
    field?.querySelector<HTMLElement>('.head button')?.click();
    expect(changed.map(({ value }) => value)).to.deep.equal([5, 6, 1]);
    expect(changed[0]?.gesture).to.equal(changed[1]?.gesture);
    expect(changed[2]?.gesture).to.equal(undefined);
    element.shadowRoot?.querySelector<HTMLElement>('.link')?.click();
    expect(gone).to.deep.equal(['2']);
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
