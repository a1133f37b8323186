import { texts } from '../../texts/texts.js';
import type { Application } from '../application.js';
import { changeSettings } from '../change-settings.js';
import type { Command } from './command.js';

/** The attention lens. */
export const lensCommands: readonly Command[] = [
  {
    name: 'lens',
    label: 'Layer and head of the attention lens',
    keys: ['Alt+Shift+L'],
    group: 'Canvas',
    perform: chooseWhatTheLensLooksAt,
  },
];

/** Offers the layers of the loaded models by name, and their heads. */
function chooseWhatTheLensLooksAt({ store, editor }: Application): void {
  const { lists, settings } = store.get();
  const { canvas } = texts();
  const layers = [...Object.keys(canvas.lensLayers), ...(lists.layers ?? [])];
  const heads = Array.from({ length: 1 + (lists.heads ?? 0) }, (_unused, i) => i - 1);
  store.set({
    menu: {
      label: canvas.lensMenu,
      at: editor.middle(),
      items: [
        ...layers.map((layer) => ({
          value: layer,
          label: canvas.lensLayers[layer] ?? layer,
          isCurrent: layer === settings.lensLayer,
        })),
        ...heads.map((head) => ({
          value: String(head),
          label: canvas.lensHead(head),
          isCurrent: head === settings.lensHead,
        })),
      ],
      onPick: (value) =>
        void changeSettings(
          store,
          layers.includes(value) ? { lensLayer: value } : { lensHead: Number(value) },
        ),
    },
  });
}
