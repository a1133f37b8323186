import type { InspectedWidget, Inspection } from '../../src/ui/inspector-model.js';
import type { ListItem } from '../../src/ui/list-model.js';

/** Two pixels, red and blue. */
export const picture = {
  width: 2,
  height: 1,
  data: new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255]),
};

/** A picture's address. */
export const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** The processor in place of a GPU. */
export const device = { label: 'CPU, 2 threads', reason: 'There is no adapter.', isFallback: true };
/** A run on its way. */
export const progress = { share: 0.4, text: 'Pass 12/68', left: 'about 9 s left' };

/** Rows of the editor of keys. */
export const keyRows = [
  { command: 'run', label: 'Run', group: 'Run', keys: ['Ctrl+Enter'], isChanged: true },
  { command: 'fit', label: 'Fit to view', group: 'Canvas', keys: ['.'], isChanged: false },
];

/** A number with a range. */
export const amount: InspectedWidget = {
  name: 'amount',
  spec: { type: 'INT', default: 1, min: 0, max: 9, unit: 'passes', tooltip: 'How much.' },
  value: 4,
  choices: [],
  problem: '',
};

const latent = { type: 'LATENT', color: '#ff9cf9', shape: 'square' } as const;

/** A node with every kind of widget and socket. */
export const inspection: Inspection = {
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

/** A zone of two nodes. */
export const listed: readonly ListItem[] = [
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

/** A node as the palette offers it. */
export function entry(type: string, title: string) {
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
