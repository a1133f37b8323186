import { texts } from '../texts/texts.js';
import type { CanvasTheme } from './canvas-theme.js';
import type { NodeAttention } from './node-attention.js';
import { measures, type NodeGeometry } from './geometry.js';
import type { FaceSlot, NodeFace } from './node-face.js';
import { socketStyle, traceSocket } from './socket-style.js';
import { fonts } from './text.js';

/** Draws a node's sockets; while a link is dragged, those that take it stand out and the others step back. */
export function drawSockets(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  attention: NodeAttention,
  theme: CanvasTheme,
  isDetailed: boolean,
): void {
  if (geometry.isCollapsed) {
    drawCollapsedEnds(context, face, geometry.width, theme);
    return;
  }
  const { wanted } = attention;
  const draw = (slot: FaceSlot, x: number, y: number, side: 'input' | 'output'): void => {
    const offers = wanted?.side === side && wanted.fits(slot.name);
    drawSocket(context, slot, x, y, theme, wanted && !offers ? 0.22 : 1);
    if (offers) drawOffer(context, slot, x, y, theme, wanted.target === slot.name);
  };
  geometry.inputs.forEach((row, index) => {
    const slot = face.inputs[index];
    if (slot) draw(slot, 0, row.y + row.height / 2, 'input');
  });
  for (const row of geometry.widgets) {
    const { widget } = row;
    if (!widget) continue;
    const offers = wanted?.side === 'input' && wanted.fits(row.name);
    if (!widget.isLinked && !offers && attention.hoveredRow !== row.name) continue;
    const slot: FaceSlot = {
      name: row.name,
      type: widget.spec.type,
      isOptional: true,
      tooltip: widget.spec.tooltip,
      isLinked: widget.isLinked,
    };
    draw(slot, 0, row.y + measures.widgetRow / 2, 'input');
  }
  geometry.outputs.forEach((row, index) => {
    const slot = face.outputs[index];
    if (slot) draw(slot, geometry.width, row.y + row.height / 2, 'output');
  });
  drawBlank(context, geometry, wanted, theme, isDetailed);
}

/** Where the links of a collapsed node end. */
function drawCollapsedEnds(
  context: CanvasRenderingContext2D,
  { inputs, widgets, outputs }: NodeFace,
  width: number,
  theme: CanvasTheme,
): void {
  const isFed = [...inputs, ...widgets].some(({ isLinked }) => isLinked);
  const ends = [...(isFed ? [0] : []), ...(outputs.length > 0 ? [width] : [])];
  for (const x of ends) {
    context.beginPath();
    context.arc(x, -measures.title / 2, measures.slotRadius - 1, 0, Math.PI * 2);
    context.fillStyle = theme.textDim;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = theme.canvas;
    context.stroke();
  }
}

/** A ring around a socket that takes the dragged link; filled where it would snap to. */
function drawOffer(
  context: CanvasRenderingContext2D,
  slot: FaceSlot,
  x: number,
  y: number,
  theme: CanvasTheme,
  isTarget: boolean,
): void {
  const before = context.globalAlpha;
  context.beginPath();
  context.arc(x, y, measures.slotRadius + (isTarget ? 5 : 4), 0, Math.PI * 2);
  context.lineWidth = isTarget ? 2.5 : 1.5;
  context.strokeStyle = socketStyle(slot.type, theme.isLight).color;
  context.globalAlpha = before * (isTarget ? 1 : 0.65);
  context.stroke();
  context.globalAlpha = before;
}

/** The blank socket: dim, until a link that it takes is dragged. */
function drawBlank(
  context: CanvasRenderingContext2D,
  { blank, width }: NodeGeometry,
  wanted: NodeAttention['wanted'],
  theme: CanvasTheme,
  isDetailed: boolean,
): void {
  if (!blank) return;
  const isOffered = wanted?.side === blank.side;
  const [x, y] = [blank.side === 'input' ? 0 : width, blank.y + blank.height / 2];
  const before = context.globalAlpha;
  context.globalAlpha = before * (isOffered ? 1 : 0.55);
  context.beginPath();
  context.arc(x, y, measures.slotRadius + 1, 0, Math.PI * 2);
  context.fillStyle = theme.node;
  context.fill();
  context.setLineDash([2.5, 2.5]);
  context.lineWidth = 1.6;
  context.strokeStyle = isOffered ? theme.accent : theme.textDim;
  context.stroke();
  context.setLineDash([]);
  if (isDetailed) {
    context.font = fonts.label;
    context.textBaseline = 'middle';
    context.textAlign = blank.side === 'input' ? 'left' : 'right';
    context.fillStyle = isOffered ? theme.text : theme.textDim;
    const inset = blank.side === 'input' ? measures.pad : width - measures.pad;
    context.fillText(texts().canvas.blank, inset, y + 0.5);
  }
  context.globalAlpha = before;
}

/** Optional inputs are rings until something is linked. */
function drawSocket(
  context: CanvasRenderingContext2D,
  slot: FaceSlot,
  x: number,
  y: number,
  theme: CanvasTheme,
  alpha: number,
): void {
  const style = socketStyle(slot.type, theme.isLight);
  const before = context.globalAlpha;
  context.globalAlpha = before * alpha;
  context.beginPath();
  traceSocket(context, style.shape, x, y, measures.slotRadius);
  context.lineWidth = 4;
  context.strokeStyle = theme.node;
  context.stroke();
  const isRing = slot.isOptional && !slot.isLinked;
  context.fillStyle = isRing ? theme.node : style.color;
  context.fill();
  if (isRing) {
    context.lineWidth = 1.8;
    context.strokeStyle = style.color;
    context.stroke();
  }
  context.globalAlpha = before;
}
