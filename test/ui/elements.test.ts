import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-finder.js';
import '../../src/ui/cw-graph-list.js';
import '../../src/ui/cw-keymap.js';
import '../../src/ui/cw-help-dialog.js';
import '../../src/ui/cw-menu.js';
import '../../src/ui/cw-misfit-dialog.js';
import '../../src/ui/cw-node-palette.js';
import '../../src/ui/cw-node-panel.js';
import '../../src/ui/cw-picture-panel.js';
import '../../src/ui/cw-picture-viewer.js';
import '../../src/ui/cw-problem-list.js';
import '../../src/ui/cw-run-journal.js';
import type { JournalRow } from '../../src/ui/cw-run-journal.js';
import '../../src/ui/cw-settings-dialog.js';
import '../../src/ui/cw-toasts.js';
import '../../src/ui/cw-toolbar.js';
import {
  device,
  dot,
  entry,
  inspection,
  keyRows,
  listed,
  picture,
  progress,
} from '../support/element-samples.js';
import { useTheme } from '../support/themed.js';

const runs: readonly JournalRow[] = [
  {
    id: 1,
    time: '12:00:00',
    duration: '20 s',
    outcome: 'error',
    title: 'Transfer',
    work: 'U-Net: 457 forwards',
    resumed: '',
    error: 'It failed.',
    isStarred: true,
    settings: [['Seed', '7']],
    memory: '3 MB',
    passes: [],
    pictures: [{ label: 'Result', url: dot, hash: 'abc', sameAs: '' }],
    nodes: [
      {
        id: '1',
        title: 'AdaIN',
        duration: '2 s',
        memory: '3 MB',
        share: 0.5,
        isCached: false,
      },
    ],
  },
];

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
  'the run journal': () => html`<cw-run-journal .runs=${runs}></cw-run-journal>`,
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
        bankDevice: 'auto',
        bankRam: '1024',
      }}
      .keyRows=${keyRows}
      .describe=${(event: KeyboardEvent) => event.key}
    ></cw-settings-dialog>`,
  'a run that will probably not fit': () =>
    html`<cw-misfit-dialog .reasons=${['There is too little memory.']}></cw-misfit-dialog>`,
  'the picture viewer': () =>
    html`<cw-picture-viewer
      .label=${'Result'}
      .pictures=${[
        { label: 'before', picture },
        { label: 'after', picture },
      ]}
    ></cw-picture-viewer>`,
};

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

describe('a run that does not fit', () => {
  it('can be run all the same where that is an estimate, not where the device refuses', async () => {
    const offers = async (isRefused: boolean): Promise<number> => {
      const dialog = await fixture(
        html`<cw-misfit-dialog
          .isRefused=${isRefused}
          .reasons=${['Too large.']}
        ></cw-misfit-dialog>`,
      );
      return dialog.shadowRoot?.querySelectorAll('.buttons button').length ?? 0;
    };
    expect([await offers(false), await offers(true)]).to.deep.equal([2, 1]);
  });
});
