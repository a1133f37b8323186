import { texts } from '../../texts/texts.js';
import type { Application } from '../application.js';
import type { Command } from './command.js';
import { labelOf } from '../keymap.js';

/** Saving graphs in other forms; what writes them is loaded when it is first asked for. */
export const exportCommands: readonly Command[] = [
  {
    name: 'export',
    label: 'Save or export as',
    keys: ['Ctrl+Shift+S'],
    group: 'File',
    perform: openExportMenu,
  },
  {
    name: 'save-workflow',
    label: 'Save as a ComfyUI workflow (0.4)',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { saveWorkflow } = await import('../export-graph.js');
      saveWorkflow(application);
    },
  },
  {
    name: 'save-api',
    label: 'Save in the API form of ComfyUI',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { saveApiForm } = await import('../export-graph.js');
      saveApiForm(application);
    },
  },
  {
    name: 'save-reference',
    label: 'Export for the reference code (Python)',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { saveReferenceConfig } = await import('../export-reference.js');
      saveReferenceConfig(application);
    },
  },
  {
    name: 'save-result',
    label: 'Save the result as a PNG with its graph',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { saveResult } = await import('../export-graph.js');
      await saveResult(application);
    },
  },
];

function openExportMenu(application: Application): void {
  const { store } = application;
  const own = { name: 'save', label: texts().files.ownFormat };
  const others = exportCommands
    .filter(({ name }) => name !== 'export')
    .map((command) => ({ name: command.name, label: labelOf(command) }));
  store.set({
    menu: {
      label: texts().files.exportAs,
      at: belowFocus(),
      items: [own, ...others, { name: 'share', label: texts().files.asLink }].map(
        ({ name, label }) => ({ value: name, label }),
      ),
      onPick: (name) => void application.perform(name),
    },
  });
}

/** Under the button that was pressed, in client pixels; under the bar on top when a key or a list asked. */
function belowFocus(): readonly [x: number, y: number] {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!(focused instanceof HTMLButtonElement)) return [16, 52];
  const { left, bottom } = focused.getBoundingClientRect();
  return [left, bottom + 4];
}
