import { isDrawableColor, tintOf } from './canvas-colors.js';
import type { EditorContext } from './editor-context.js';
import { groupTitle, groupViews, type GroupView } from './group-view.js';
import { fitText, fonts } from './text.js';

/** Draws the groups behind everything else: a translucent frame with a title bar. */
export function drawGroups(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  for (const view of groupViews(editor)) drawGroup(editor, canvas, view);
}

function drawGroup(
  { theme, stage, group: chosen }: EditorContext,
  canvas: CanvasRenderingContext2D,
  { group, bounds: [x, y, width, height], index }: GroupView,
): void {
  const color = isDrawableColor(group.color) ? tintOf(group.color) : theme.textDim;
  const { scale } = stage.view.ds;
  canvas.save();
  canvas.fillStyle = canvas.strokeStyle = color;
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, 10);
  canvas.globalAlpha = theme.isLight ? 0.1 : 0.13;
  canvas.fill();
  canvas.beginPath();
  canvas.roundRect(x, y, width, groupTitle, [10, 10, 0, 0]);
  canvas.globalAlpha = theme.isLight ? 0.2 : 0.24;
  canvas.fill();
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, 10);
  canvas.globalAlpha = chosen === index ? 1 : 0.7;
  canvas.strokeStyle = chosen === index ? theme.accent : color;
  canvas.lineWidth = chosen === index ? 2 : 1;
  canvas.stroke();
  canvas.globalAlpha = 1;
  canvas.beginPath();
  for (const inset of [5, 10]) {
    canvas.moveTo(x + width - inset, y + height - 3);
    canvas.lineTo(x + width - 3, y + height - inset);
  }
  canvas.lineWidth = 1.5;
  canvas.stroke();
  // From afar the title grows, so that a group can still be found by it.
  const grown = Math.min(4, Math.max(1, 0.8 / scale));
  canvas.translate(x + 12, y + groupTitle / 2 + 0.5);
  canvas.scale(grown, grown);
  canvas.font = fonts.zone;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = theme.text;
  canvas.fillText(fitText(group.title, 'zone', (width - 24) / grown), 0, 0);
  canvas.restore();
}
