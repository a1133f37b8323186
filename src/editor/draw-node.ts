import { texts } from '../texts/texts.js';
import { isDrawableColor, tintOf } from './canvas-colors.js';
import type { CanvasTheme } from './canvas-theme.js';
import { drawFarTitle } from './draw-far-title.js';
import { drawPictures } from './draw-pictures.js';
import { drawStatus, statusOutline } from './draw-status.js';
import { drawSockets } from './draw-sockets.js';
import { drawPresetRow, drawWidget } from './draw-widget.js';
import { measures, PRESET_ROW, type NodeGeometry, type Row } from './geometry.js';
import type { FaceSlot, NodeFace } from './node-face.js';
import type { NodeAttention } from './node-attention.js';
import type { NodeRunView } from './run-view.js';
import { drawStatusIcon } from './status-icons.js';
import { fitText, fonts } from './text.js';

/** Below this scale nodes are plain rectangles: rounded corners would be smaller than a pixel or two. */
const plainScale = 0.25;

/** How a node is drawn besides its face. */
export interface NodeLook {
  readonly theme: CanvasTheme;
  readonly scale: number;
  readonly tint?: string | undefined;
  readonly isPinned?: boolean;
  /** Whether time and bytes are written under the node. */
  readonly showsTimes?: boolean;
}

/** Draws a node with its origin at the body's top left. `scale` tells how much detail can be seen. */
export function drawNode(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  run: NodeRunView,
  attention: NodeAttention,
  look: NodeLook,
): void {
  const { theme } = look;
  const isDetailed = look.scale > 0.5;
  // LiteGraph saves and restores the canvas' state around every node.
  if (face.mode === 'mute') context.globalAlpha = 0.45;
  drawBody(context, face, geometry, look);
  if (isDetailed) {
    drawTitle(context, face, geometry, run, look);
    drawRows(context, face, geometry, run, attention, theme);
  } else {
    drawFarTitle(context, face.title, geometry, theme, look.scale);
  }
  if (geometry.picture) {
    drawPictures(context, geometry, geometry.picture, run.pictures, theme, attention.wipe);
  }
  drawStatus(context, face, geometry, run, theme, isDetailed, look.showsTimes !== false);
  drawOutline(context, face, geometry, run, look, attention.isSelected);
  if (look.scale > 0.3 || attention.wanted) {
    drawSockets(context, face, geometry, attention, theme, isDetailed);
  }
  if (isDetailed && face.isMissing) drawMissing(context, face, geometry, theme);
}

/** What is lost, where a known node has its rows. */
function drawMissing(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  theme: CanvasTheme,
): void {
  if (geometry.isCollapsed) return;
  context.font = fonts.small;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.errorText;
  const text = fitText(texts().canvas.missing.type(face.type), 'small', geometry.width - 24);
  context.fillText(text, measures.pad, geometry.height - 14);
}

function drawBody(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  { theme, tint, scale }: NodeLook,
): void {
  const { title, radius } = measures;
  const fill = (height: number, corners: number | number[], color: string): void => {
    context.fillStyle = color;
    if (scale < plainScale) {
      context.fillRect(0, -title, geometry.width, height);
      return;
    }
    context.beginPath();
    context.roundRect(0, -title, geometry.width, height, corners);
    context.fill();
  };
  const whole = geometry.height + title;
  fill(whole, radius, scale < plainScale ? theme.title : theme.node);
  // From afar the title is written over the body: a bar of its own would cut through its letters.
  if (scale > 0.5) {
    fill(title, geometry.isCollapsed ? radius : [radius, radius, 0, 0], theme.title);
  }
  const own = isDrawableColor(tint) ? tintOf(tint) : undefined;
  const wash = face.mode === 'bypass' ? theme.bypass : face.isMissing ? theme.error : own;
  if (wash === undefined) return;
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * (wash === own ? 0.28 : 0.16);
  fill(whole, radius, wash);
  context.globalAlpha = alpha;
}

/** A frame that is two pixels wide however far away the node is. */
function drawPlainOutline(
  context: CanvasRenderingContext2D,
  { width, height }: NodeGeometry,
  color: string | undefined,
  scale: number,
): void {
  if (color === undefined) return;
  context.lineWidth = 2 / scale;
  context.strokeStyle = color;
  context.strokeRect(0, -measures.title, width, height + measures.title);
}

function drawTitle(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  run: NodeRunView,
  { theme, isPinned }: NodeLook,
): void {
  const middle = -measures.title / 2;
  context.strokeStyle = theme.textDim;
  context.lineWidth = 1.5;
  context.beginPath();
  if (geometry.isCollapsed) {
    context.moveTo(11, middle - 4);
    context.lineTo(15, middle);
    context.lineTo(11, middle + 4);
  } else {
    context.moveTo(9, middle - 2);
    context.lineTo(13, middle + 2);
    context.lineTo(17, middle - 2);
  }
  context.stroke();
  context.font = fonts.title;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  const isOutdated = run.isOutdated === true;
  const left = 24 + (face.isSubgraph ? 16 : 0) + (isOutdated ? 16 : 0) + (isPinned ? 14 : 0);
  context.strokeStyle = theme.warning;
  if (isOutdated) drawStatusIcon(context, 'stale', 39, middle - 6);
  context.strokeStyle = theme.textDim;
  if (face.isSubgraph) drawStatusIcon(context, 'subgraph', 23, middle - 6);
  if (isPinned) drawStatusIcon(context, 'pin', left - 15, middle - 6);
  const room = geometry.width - left - (run.status || face.mode || face.isMissing ? 84 : 10);
  context.fillText(fitText(face.title, 'title', room), left, middle + 0.5);
}

function drawRows(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  run: NodeRunView,
  attention: NodeAttention,
  theme: CanvasTheme,
): void {
  context.font = fonts.label;
  context.textBaseline = 'middle';
  geometry.inputs.forEach((row, index) => {
    const slot = face.inputs[index];
    if (slot) drawLabel(context, slot, row, measures.pad, 'left', theme);
  });
  geometry.outputs.forEach((row, index) => {
    const slot = face.outputs[index];
    if (slot) drawLabel(context, slot, row, geometry.width - measures.pad, 'right', theme);
  });
  for (const row of geometry.widgets) {
    const isHovered = attention.hoveredRow === row.name;
    if (row.name === PRESET_ROW) {
      drawPresetRow(context, geometry, row, face.preset, theme, isHovered);
    } else if (row.widget) {
      drawWidget(context, geometry, row, row.widget, {
        theme,
        value: attention.draftOf(row.name) ?? row.widget.value,
        isHovered,
        hasProblem: run.problems.some(({ input }) => input === row.name),
        isEditing: attention.editedRow === row.name,
      });
    }
  }
}

function drawLabel(
  context: CanvasRenderingContext2D,
  slot: FaceSlot,
  row: Row,
  x: number,
  align: 'left' | 'right',
  theme: CanvasTheme,
): void {
  context.textAlign = align;
  context.fillStyle = slot.isOptional && !slot.isLinked ? theme.textDim : theme.text;
  context.fillText(slot.name, x, row.y + row.height / 2 + 0.5);
}

function drawOutline(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  run: NodeRunView,
  { theme, scale }: NodeLook,
  isSelected: boolean,
): void {
  const state = statusOutline(run, theme);
  const { title, radius } = measures;
  if (scale < plainScale) {
    drawPlainOutline(context, geometry, isSelected ? theme.accent : state, scale);
    return;
  }
  context.beginPath();
  context.roundRect(0, -title, geometry.width, geometry.height + title, radius);
  context.lineWidth = state ? 2 : 1;
  context.strokeStyle = state ?? (face.isMissing ? theme.error : theme.outline);
  if (face.isMissing) context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
  if (face.isSubgraph) {
    // A second frame: there is more inside.
    context.beginPath();
    context.roundRect(4, 4 - title, geometry.width - 8, geometry.height + title - 8, radius - 3);
    context.lineWidth = 1;
    context.stroke();
  }
  if (!isSelected) return;
  context.beginPath();
  context.roundRect(-3, -title - 3, geometry.width + 6, geometry.height + title + 6, radius + 3);
  context.lineWidth = 2;
  context.strokeStyle = theme.accent;
  context.stroke();
}
