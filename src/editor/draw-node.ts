import type { WidgetValue } from '../core/graph/types.js';
import { texts } from '../texts/texts.js';
import { isDrawableColor } from './canvas-colors.js';
import type { CanvasTheme } from './canvas-theme.js';
import { drawFarTitle } from './draw-far-title.js';
import { drawPictures } from './draw-pictures.js';
import { drawStatus, statusOutline } from './draw-status.js';
import { drawSockets } from './draw-sockets.js';
import { drawPresetRow, drawWidget } from './draw-widget.js';
import { measures, PRESET_ROW, type NodeGeometry, type Row } from './geometry.js';
import type { FaceSlot, NodeFace } from './node-face.js';
import type { NodeRunView } from './run-view.js';
import { drawStatusIcon } from './status-icons.js';
import { fitText, fonts } from './text.js';

/** What of a node the pointer and the keyboard are at. */
export interface NodeAttention {
  readonly isSelected: boolean;
  readonly hoveredRow: string | undefined;
  /** A wipe's place across the node's pictures, 0..1. */
  readonly wipe: number | undefined;
  /** Values that a drag shows before the document has them. */
  readonly draftOf: (name: string) => WidgetValue | undefined;
  readonly editedRow: string | undefined;
  /** Type of the link that is being dragged and could end on this side. */
  readonly wanted:
    | {
        readonly side: 'input' | 'output';
        /** The socket that it would snap to. */
        readonly target: string | undefined;
        readonly fits: (name: string) => boolean;
      }
    | undefined;
}

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
  context.save();
  if (face.mode === 'mute') context.globalAlpha = 0.45;
  drawBody(context, face, geometry, theme, look.tint);
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
  drawOutline(context, face, geometry, run, theme, attention.isSelected);
  if (look.scale > 0.3 || attention.wanted) drawSockets(context, face, geometry, attention, theme);
  if (isDetailed && face.isMissing) drawMissing(context, face, geometry, theme);
  context.restore();
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
  theme: CanvasTheme,
  tint: string | undefined,
): void {
  const { title, radius } = measures;
  context.beginPath();
  context.roundRect(0, -title, geometry.width, geometry.height + title, radius);
  context.fillStyle = theme.node;
  context.fill();
  context.beginPath();
  const corners = geometry.isCollapsed ? radius : [radius, radius, 0, 0];
  context.roundRect(0, -title, geometry.width, title, corners);
  context.fillStyle = theme.title;
  context.fill();
  const own = isDrawableColor(tint) ? tint : undefined;
  const wash = face.mode === 'bypass' ? theme.bypass : face.isMissing ? theme.error : own;
  if (wash === undefined) return;
  context.beginPath();
  context.roundRect(0, -title, geometry.width, geometry.height + title, radius);
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * (wash === own ? 0.32 : 0.16);
  context.fillStyle = wash;
  context.fill();
  context.globalAlpha = alpha;
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
  const left = 24 + (face.isSubgraph ? 16 : 0) + (isPinned ? 14 : 0);
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
  theme: CanvasTheme,
  isSelected: boolean,
): void {
  const state = statusOutline(run, theme);
  context.beginPath();
  const { title, radius } = measures;
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
