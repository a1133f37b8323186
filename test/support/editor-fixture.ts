import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import type { GraphDocument, NodeRecord } from '../../src/core/graph/types.js';
import { nodeKit } from '../../src/core/node/definition.js';
import { createRegistry, type NodeRegistry } from '../../src/core/node/registry.js';
import { createGraphEditor, type GraphEditor } from '../../src/editor/graph-editor.js';
import type {
  ChoiceRequest,
  EditorHost,
  HoverTarget,
  PaletteRequest,
} from '../../src/editor/host.js';
import type { EditIntent, Point } from '../../src/editor/intents.js';

const define = nodeKit<{ IMAGE: number; LATENT: number }, never>();

const source = define({
  type: 'Source',
  version: 1,
  displayName: 'Source',
  category: 'test',
  description: 'Gives a picture and a number.',
  inputs: {},
  outputs: {
    IMAGE: { type: 'IMAGE', tooltip: 'A picture.' },
    count: { type: 'INT', tooltip: 'A number.' },
  },
  execute: () => ({ IMAGE: 1, count: 1 }),
});

const filter = define({
  type: 'Filter',
  version: 1,
  displayName: 'Filter',
  category: 'test',
  description: 'Changes a picture.',
  inputs: {
    image: { type: 'IMAGE', tooltip: 'The picture.' },
    latent: { type: 'LATENT', optional: true, tooltip: 'A latent.' },
    amount: { type: 'INT', default: 5, min: 0, max: 100, tooltip: 'How much.' },
    isSharp: { type: 'BOOLEAN', default: false, tooltip: 'Sharp or not.' },
    kind: { type: 'COMBO', options: ['soft', 'hard'], default: 'soft', tooltip: 'Which kind.' },
    note: { type: 'STRING', default: '', multiline: true, tooltip: 'A note.' },
  },
  outputs: { IMAGE: { type: 'IMAGE', tooltip: 'The changed picture.' } },
  presets: { strong: { amount: 90, isSharp: true } },
  execute: ({ image }) => ({ IMAGE: image }),
});

const start = define({
  type: 'LoopStart',
  version: 1,
  displayName: 'Loop Start',
  category: 'test',
  description: 'Opens a zone.',
  zone: { kind: 'start', carries: ['latent'] },
  inputs: { latent: { type: 'LATENT', tooltip: 'What goes round.' } },
  outputs: { latent: { type: 'LATENT', tooltip: 'What goes round.' } },
  execute: ({ latent }) => ({ latent }),
});

const end = define({
  type: 'LoopEnd',
  version: 1,
  displayName: 'Loop End',
  category: 'test',
  description: 'Closes a zone.',
  zone: { kind: 'end', carries: ['latent'] },
  inputs: { latent: { type: 'LATENT', tooltip: 'What goes round.' } },
  outputs: { latent: { type: 'LATENT', tooltip: 'What came out.' } },
  execute: ({ latent }) => ({ latent }),
});

const pointed = define({
  type: 'Pointed',
  version: 1,
  displayName: 'Pointed',
  category: 'test',
  description: 'Looks from points of its first picture.',
  inputs: {
    points: { type: 'STRING', default: '0.5 0.5', editor: 'points', tooltip: 'The points.' },
  },
  outputs: {},
  outputNode: true,
  execute: () => ({}),
});

/** Node types that show every kind of socket and widget, and a zone's start and end. */
export const testRegistry: NodeRegistry = createRegistry<never>([
  source,
  filter,
  start,
  end,
  pointed,
]);

/** A Loop Start (1) at 60, 160 that feeds a Loop End (2) at 500, 160, and a Source (3) at 60, 400. */
export function loop(): GraphDocument {
  const first = addNode(emptyDocument(), start, { pos: [60, 160] });
  const second = addNode(first.document, end, {
    pos: [500, 160],
    inputs: { latent: { link: ['1', 'latent'] } },
  });
  return addNode(second.document, source, { pos: [60, 400] }).document;
}

/** A document with a Source (1) at 40, 60 and a Filter (2) at 360, 60; `inputs` are the Filter's. */
export function twoNodes(inputs: NodeRecord['inputs'] = {}): GraphDocument {
  const first = addNode(emptyDocument(), source, { pos: [40, 60] });
  return addNode(first.document, filter, { pos: [360, 60], inputs }).document;
}

/** A document with a node (1) at 40, 60 whose points are set on its first picture. */
export function onePointed(points: string): GraphDocument {
  return addNode(emptyDocument(), pointed, { pos: [40, 60], inputs: { points } }).document;
}

/** What the editor asked of its host. */
export interface HostRecord {
  readonly edits: EditIntent[];
  readonly choices: ChoiceRequest[];
  readonly palettes: PaletteRequest[];
  readonly said: string[];
  /** What the canvas shows itself and wants to be spoken. */
  readonly spoken: string[];
  readonly commands: string[];
  readonly scrubs: (readonly [start: string, pass: number])[];
  readonly hovers: (HoverTarget | undefined)[];
  /** Whether each view was one of the user's own. */
  readonly views: boolean[];
}

/** An editor on a canvas of 800 by 600 pixels at the page's top left, with a host that writes down what it hears. */
export function openEditor(document: GraphDocument): {
  readonly editor: GraphEditor;
  readonly canvas: HTMLCanvasElement;
  readonly overlay: HTMLElement;
  readonly heard: HostRecord;
  close(): void;
} {
  const frame = globalThis.document.createElement('div');
  frame.style.cssText = 'position: fixed; left: 0; top: 0; width: 800px; height: 600px';
  frame.innerHTML =
    '<canvas tabindex="0" style="width: 800px; height: 600px; display: block"></canvas>' +
    '<div style="position: absolute; inset: 0; pointer-events: none"></div>';
  globalThis.document.body.append(frame);
  const canvas = frame.querySelector('canvas');
  const overlay = frame.querySelector('div');
  if (!canvas || !overlay) throw new Error('The fixture has no canvas.');
  const heard: HostRecord = {
    edits: [],
    choices: [],
    palettes: [],
    said: [],
    spoken: [],
    commands: [],
    scrubs: [],
    hovers: [],
    views: [],
  };
  const ignore = (): void => undefined;
  const host: EditorHost = {
    edit: (intent) => heard.edits.push(intent),
    choose: (request) => heard.choices.push(request),
    openPalette: (request) => heard.palettes.push(request),
    say: (message) => heard.said.push(message),
    speak: (message) => heard.spoken.push(message),
    listOf: () => [],
    selectionChanged: ignore,
    viewChanged: (view) => heard.views.push(view !== undefined),
    openPictures: ignore,
    pickPicture: ignore,
    scrub: (id, pass) => heard.scrubs.push([id, pass]),
    command: (name) => heard.commands.push(name),
    hover: (target) => heard.hovers.push(target),
    look: ignore,
    fix: ignore,
  };
  const editor = createGraphEditor(canvas, overlay, testRegistry, host);
  editor.setDocument(document);
  return {
    editor,
    canvas,
    overlay,
    heard,
    close() {
      editor.dispose();
      frame.remove();
    },
  };
}

/** Sends a pointer event as a browser would. */
export function point(
  canvas: HTMLElement,
  type: string,
  [x, y]: Point,
  options: PointerEventInit = {},
): void {
  canvas.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      clientX: x,
      clientY: y,
      button: 0,
      pointerId: 1,
      pointerType: 'mouse',
      isPrimary: true,
      ...options,
    }),
  );
}

/** Presses at one place, moves in steps, lets go at another. */
export function drag(
  canvas: HTMLElement,
  from: Point,
  to: Point,
  options: PointerEventInit = {},
): void {
  point(canvas, 'pointerdown', from, options);
  for (let step = 1; step <= 4; step++) {
    const share = step / 4;
    const at = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] as const;
    point(canvas, 'pointermove', at, options);
  }
  point(canvas, 'pointerup', to, options);
}

/** Presses and lets go without moving. */
export function click(canvas: HTMLElement, at: Point): void {
  point(canvas, 'pointerdown', at);
  point(canvas, 'pointerup', at);
}
