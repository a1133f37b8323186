import type { NodeLayout } from '../core/graph/types.js';
import type { FaceWidget, NodeFace } from './node-face.js';

/** Measures of a node in graph units; every one a multiple of two so that halves stay whole. */
export const measures = {
  title: 30,
  slotRow: 22,
  widgetRow: 24,
  gap: 4,
  pad: 12,
  radius: 8,
  slotRadius: 5,
  text: 72,
  picture: 160,
  minWidth: 176,
  resizeCorner: 16,
} as const;

/** Name of the row that offers presets; no input can have it, since inputs are snake_case words. */
export const PRESET_ROW = '#preset';

/** Name of the blank socket, where a link asks for a further value of a zone or a subgraph. */
export const BLANK = '#new';

/** A row of a node: from `y` on, `height` tall, relative to the node's position. */
export interface Row {
  readonly name: string;
  readonly y: number;
  readonly height: number;
}

/** A widget's row; `widget` is undefined for the preset row. */
export interface WidgetRow extends Row {
  readonly widget: FaceWidget | undefined;
}

/** Where the parts of a node lie, relative to its position (the body's top left, below the title). */
export interface NodeGeometry {
  readonly width: number;
  readonly height: number;
  readonly isCollapsed: boolean;
  readonly inputs: readonly Row[];
  readonly outputs: readonly Row[];
  readonly widgets: readonly WidgetRow[];
  readonly picture: Row | undefined;
  /** The row of the blank socket. */
  readonly blank: (Row & { readonly side: 'input' | 'output' }) | undefined;
}

/** How wide a text is in the fonts of a node. */
export type MeasureText = (text: string, font: 'title' | 'label') => number;

/** Lays out a node. The stored size counts where it is larger than what the parts need. */
export function layOut(
  face: NodeFace,
  layout: NodeLayout | undefined,
  hasPictures: boolean,
  measure: MeasureText,
): NodeGeometry {
  const minWidth = neededWidth(face, measure);
  if (layout?.collapsed) return collapsedGeometry(face, measure);
  const width = Math.max(layout?.size?.[0] ?? 0, minWidth);
  let y = measures.gap + 2;
  const inputs = face.inputs.map((input, index) => slotRow(input.name, y, index));
  const outputs = face.outputs.map((output, index) => slotRow(output.name, y, index));
  const taken = face.blank === 'input' ? inputs.length : outputs.length;
  const blank = face.blank && { side: face.blank, ...slotRow(BLANK, y, taken) };
  const rows = Math.max(inputs.length, outputs.length, blank ? taken + 1 : 0);
  y += rows * measures.slotRow + measures.gap;
  const showsPicture = hasPictures || face.showsPictures;
  const fixed = rowsHeight(face);
  const pictureNeed = showsPicture ? measures.picture : 0;
  const spare = Math.max(0, (layout?.size?.[1] ?? 0) - (y + fixed + pictureNeed + measures.gap));
  const texts = face.widgets.filter(isMultiline).length;
  const textExtra = showsPicture || texts === 0 ? 0 : spare / texts;
  const widgets: WidgetRow[] = [];
  for (const [name, widget] of rowsOf(face)) {
    const height = rowHeight(widget) + (widget && isMultiline(widget) ? textExtra : 0);
    widgets.push({ name, widget, y, height });
    y += height + measures.gap;
  }
  const picture = showsPicture
    ? { name: 'picture', y, height: measures.picture + spare }
    : undefined;
  if (picture) y += picture.height + measures.gap;
  // What is missing is said in a row of its own.
  if (face.isMissing) y += measures.slotRow;
  const height = Math.max(y + measures.gap, texts > 0 ? (layout?.size?.[1] ?? 0) : 0);
  return { width, height, isCollapsed: false, inputs, outputs, widgets, picture, blank };
}

/** The smallest size a node can be given. */
export function minSize(
  face: NodeFace,
  hasPictures: boolean,
  measure: MeasureText,
): readonly [number, number] {
  const { width, height } = layOut(face, undefined, hasPictures, measure);
  return [width, height];
}

/** Whether a widget holds text of several lines. */
export function isMultiline(widget: FaceWidget): boolean {
  return widget.spec.type === 'STRING' && widget.spec.multiline === true && !widget.isLinked;
}

/** Centre of a socket relative to the node's position; widgets' sockets lie on their row's left edge. */
export function socketAt(
  geometry: NodeGeometry,
  side: 'input' | 'output',
  name: string,
): readonly [number, number] {
  if (geometry.isCollapsed) {
    return [side === 'input' ? 0 : geometry.width, -measures.title / 2];
  }
  const row = rowOf(geometry, side, name);
  if (!row) return [side === 'input' ? 0 : geometry.width, -measures.title / 2];
  return [side === 'input' ? 0 : geometry.width, row.y + Math.min(row.height, 24) / 2];
}

function rowOf(geometry: NodeGeometry, side: 'input' | 'output', name: string): Row | undefined {
  const { blank, inputs, widgets, outputs } = geometry;
  if (blank && name === BLANK && blank.side === side) return blank;
  if (side === 'output') return outputs.find((row) => row.name === name);
  return inputs.find((row) => row.name === name) ?? widgets.find((row) => row.name === name);
}

function slotRow(name: string, top: number, index: number): Row {
  return { name, y: top + index * measures.slotRow, height: measures.slotRow };
}

function rowsOf(face: NodeFace): readonly (readonly [string, FaceWidget | undefined])[] {
  const rows = face.widgets.map((widget) => [widget.name, widget] as const);
  return face.presets ? [[PRESET_ROW, undefined], ...rows] : rows;
}

function rowHeight(widget: FaceWidget | undefined): number {
  return widget && isMultiline(widget) ? measures.text : measures.widgetRow;
}

function rowsHeight(face: NodeFace): number {
  return rowsOf(face).reduce((sum, [, widget]) => sum + rowHeight(widget) + measures.gap, 0);
}

function neededWidth(face: NodeFace, measure: MeasureText): number {
  const slots = Array.from(
    { length: Math.max(face.inputs.length, face.outputs.length) },
    (_, index) =>
      measure(face.inputs[index]?.name ?? '', 'label') +
      measure(face.outputs[index]?.name ?? '', 'label') +
      56,
  );
  const widgets = face.widgets.map(({ name, spec, value }) =>
    spec.type === 'STRING'
      ? 220
      : measure(name, 'label') + Math.min(140, Math.max(40, measure(String(value), 'label'))) + 64,
  );
  // The title leaves room for a state such as "12/68" at its right.
  return Math.ceil(
    Math.max(measures.minWidth, measure(face.title, 'title') + 112, ...slots, ...widgets),
  );
}

function collapsedGeometry(face: NodeFace, measure: MeasureText): NodeGeometry {
  const width = Math.ceil(Math.max(80, measure(face.title, 'title') + 112));
  return {
    width,
    height: 0,
    isCollapsed: true,
    inputs: [],
    outputs: [],
    widgets: [],
    picture: undefined,
    blank: undefined,
  };
}
