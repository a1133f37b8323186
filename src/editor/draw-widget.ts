import type { WidgetValue } from '../core/graph/types.js';
import type { CanvasTheme } from './canvas-theme.js';
import { isMultiline, measures, type NodeGeometry, type WidgetRow } from './geometry.js';
import type { FaceWidget } from './node-face.js';
import { texts } from '../texts/texts.js';
import { fitText, fonts, formatNumber, wrapText } from './text.js';

/** How a widget looks right now. */
export interface WidgetLook {
  readonly theme: CanvasTheme;
  /** The value to show: the document's, or the one under the pointer during a drag. */
  readonly value: WidgetValue;
  readonly isHovered: boolean;
  readonly hasProblem: boolean;
  /** Text is being edited in an overlay; the canvas leaves the place empty. */
  readonly isEditing: boolean;
}

const inset = measures.pad - 2;

/** Draws a widget's row in node coordinates. */
export function drawWidget(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  widget: FaceWidget,
  look: WidgetLook,
): void {
  if (widget.isLinked) {
    drawLinked(context, geometry, row, look);
    return;
  }
  drawField(context, geometry, row, look);
  if (look.isEditing) return;
  if (isMultiline(widget)) {
    drawParagraph(context, geometry, row, look);
    return;
  }
  switch (widget.spec.type) {
    case 'INT':
    case 'FLOAT':
      drawNumber(context, geometry, row, widget, look);
      return;
    case 'BOOLEAN':
      drawToggle(context, geometry, row, look);
      return;
    case 'COMBO':
      drawPair(context, geometry, row, row.name, String(look.value), look.theme, 18);
      drawChevron(context, geometry.width - inset - 13, row.y + row.height / 2, look.theme);
      return;
    case 'STRING':
      drawPair(context, geometry, row, row.name, shownText(widget, look), look.theme, 0);
  }
}

/** A text that is edited in a dialog says what it is, not what it holds. */
function shownText({ spec }: FaceWidget, { value }: WidgetLook): string {
  if (spec.type !== 'STRING' || spec.editor !== 'mask') return String(value);
  return value === '' ? texts().masks.nothing : texts().masks.painted;
}

/** Draws the row that offers a node's presets. */
export function drawPresetRow(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  preset: string | undefined,
  theme: CanvasTheme,
  isHovered: boolean,
): void {
  const look = { theme, value: '', isHovered, hasProblem: false, isEditing: false };
  drawField(context, geometry, row, look);
  drawPair(context, geometry, row, 'preset', preset ?? 'own values', theme, 18);
  drawChevron(context, geometry.width - inset - 13, row.y + row.height / 2, theme);
}

function drawField(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  look: WidgetLook,
): void {
  const { theme } = look;
  context.beginPath();
  context.roundRect(inset, row.y, geometry.width - inset * 2, row.height, 5);
  context.fillStyle = theme.field;
  context.fill();
  context.lineWidth = look.hasProblem ? 1.5 : 1;
  context.strokeStyle = look.hasProblem
    ? theme.error
    : look.isHovered
      ? theme.textDim
      : theme.fieldLine;
  context.stroke();
}

function drawPair(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  label: string,
  value: string,
  theme: CanvasTheme,
  right: number,
): void {
  const middle = row.y + row.height / 2 + 0.5;
  const space = geometry.width - inset * 2 - 20 - right;
  context.font = fonts.label;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = theme.textDim;
  const shownLabel = fitText(label, 'label', space * 0.62);
  context.fillText(shownLabel, inset + 9, middle);
  context.textAlign = 'right';
  context.fillStyle = theme.text;
  const left = context.measureText(shownLabel).width;
  context.fillText(
    fitText(value.replaceAll('\n', ' '), 'label', space - left),
    geometry.width - inset - 9 - right,
    middle,
  );
}

function drawNumber(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  widget: FaceWidget,
  look: WidgetLook,
): void {
  const { spec } = widget;
  if (spec.type !== 'INT' && spec.type !== 'FLOAT') return;
  const value = Number(look.value);
  const share = (value - spec.min) / (spec.max - spec.min);
  if (share > 0 && share <= 1 && spec.max - spec.min <= 10_000) {
    context.save();
    context.beginPath();
    context.roundRect(inset, row.y, geometry.width - inset * 2, row.height, 5);
    context.clip();
    context.fillStyle = look.theme.fieldFill;
    context.fillRect(inset, row.y, (geometry.width - inset * 2) * share, row.height);
    context.restore();
  }
  const shown = formatNumber(value, spec.step, spec.type === 'INT');
  drawPair(context, geometry, row, row.name, shown, look.theme, look.isHovered ? 16 : 0);
  if (!look.isHovered) return;
  const middle = row.y + row.height / 2;
  context.strokeStyle = look.theme.textDim;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [x, direction] of [
    [geometry.width - inset - 17, -1],
    [geometry.width - inset - 8, 1],
  ] as const) {
    context.moveTo(x - 2 * direction, middle - 4);
    context.lineTo(x + 2 * direction, middle);
    context.lineTo(x - 2 * direction, middle + 4);
  }
  context.stroke();
}

function drawToggle(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  look: WidgetLook,
): void {
  const isOn = look.value === true;
  drawPair(context, geometry, row, row.name, isOn ? 'on' : 'off', look.theme, 34);
  const right = geometry.width - inset - 8;
  const middle = row.y + row.height / 2;
  context.beginPath();
  context.roundRect(right - 26, middle - 7, 26, 14, 7);
  context.fillStyle = isOn ? look.theme.accent : look.theme.fieldLine;
  context.fill();
  context.beginPath();
  context.arc(isOn ? right - 7 : right - 19, middle, 5, 0, Math.PI * 2);
  context.fillStyle = look.theme.isLight ? '#ffffff' : '#f4f4f4';
  context.fill();
}

function drawParagraph(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  look: WidgetLook,
): void {
  const text = String(look.value);
  const width = geometry.width - inset * 2 - 18;
  const lines = wrapText(text || row.name, 'label', width, Math.floor((row.height - 8) / 16));
  context.font = fonts.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = text ? look.theme.text : look.theme.textDim;
  lines.forEach((line, index) => {
    context.fillText(line, inset + 9, row.y + 14 + index * 16);
  });
}

function drawLinked(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  row: WidgetRow,
  look: WidgetLook,
): void {
  context.font = fonts.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = look.theme.text;
  const text = fitText(row.name, 'label', geometry.width - 40);
  context.fillText(text, measures.pad, row.y + measures.widgetRow / 2);
}

function drawChevron(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  theme: CanvasTheme,
): void {
  context.strokeStyle = theme.textDim;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 4, y - 2);
  context.lineTo(x, y + 2);
  context.lineTo(x + 4, y - 2);
  context.stroke();
}
