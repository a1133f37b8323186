import type { MaskPoint } from './mask-painting.js';

/** What the pointer does on the picture. */
export const maskTools = ['brush', 'erase', 'fill', 'pick'] as const;

/** A tool of the mask editor. */
export type MaskTool = (typeof maskTools)[number];

/** What a key asks of the mask editor. */
export type MaskKey =
  | { readonly kind: 'move'; readonly by: MaskPoint }
  | { readonly kind: 'tool'; readonly tool: MaskTool }
  | { readonly kind: 'size'; readonly by: number }
  /** The view moves by a share of what is seen. */
  | { readonly kind: 'look'; readonly by: MaskPoint }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'whole' }
  | { readonly kind: 'pen' }
  | { readonly kind: 'use' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'invert' };

/** How much a key or a button enlarges the picture. */
export const zoomStep = 1.25;

/** What a key asks of the view. */
export type LookKey = Extract<MaskKey, { readonly kind: 'look' | 'zoom' | 'whole' }>;

const arrows: Readonly<Record<string, MaskPoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What a key asks for; `isOnPicture` tells whether the picture has the focus, else only undo and redo are taken. */
export function maskKey(event: KeyboardEvent, isOnPicture: boolean): MaskKey | undefined {
  const { key, shiftKey } = event;
  const lower = key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (lower === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
    return lower === 'y' ? { kind: 'redo' } : undefined;
  }
  if (!isOnPicture) return undefined;
  const arrow = arrows[key];
  if (event.altKey) {
    return arrow && { kind: 'look', by: [arrow[0] / 8, arrow[1] / 8] };
  }
  if (arrow) {
    const far = shiftKey ? 8 : 1;
    return { kind: 'move', by: [arrow[0] * far, arrow[1] * far] };
  }
  if (key === ' ') return { kind: 'pen' };
  if (key === '+' || key === '=') return { kind: 'zoom', factor: zoomStep };
  if (key === '-' || key === '_') return { kind: 'zoom', factor: 1 / zoomStep };
  if (key === '0') return { kind: 'whole' };
  if (key === 'Enter') return { kind: 'use' };
  if (key === '[' || key === ']') return { kind: 'size', by: key === ']' ? 1 : -1 };
  const tool = ({ b: 'brush', e: 'erase', g: 'fill', p: 'pick' } as const)[lower];
  if (tool) return { kind: 'tool', tool };
  return lower === 'i' ? { kind: 'invert' } : undefined;
}
