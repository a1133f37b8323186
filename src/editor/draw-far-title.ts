import type { CanvasTheme } from './canvas-theme.js';
import { measures, type NodeGeometry } from './geometry.js';
import { fonts, wrapText } from './text.js';

/** Height on the screen, in CSS pixels, below which a title is no longer read. */
const LEGIBLE = 11;
const TITLE_SIZE = 13;

/**
 * Draws a node's title for a view from afar, in letters that stay legible on the screen: over as many lines as
 * the body has room for, one where a picture fills it. `scale` is the view's, in CSS pixels per graph unit.
 */
export function drawFarTitle(
  context: CanvasRenderingContext2D,
  title: string,
  geometry: NodeGeometry,
  theme: CanvasTheme,
  scale: number,
): void {
  const grown = Math.min(4, Math.max(1, LEGIBLE / (TITLE_SIZE * scale)));
  const lineHeight = TITLE_SIZE * 1.25;
  const bottom = geometry.picture?.y ?? geometry.height;
  const room = Math.floor((bottom + measures.title) / (lineHeight * grown));
  const lines = wrapText(
    title,
    'title',
    (geometry.width - 16) / grown,
    Math.max(1, Math.min(3, room)),
  );
  context.save();
  context.translate(8, -measures.title + 4);
  context.scale(grown, grown);
  context.font = fonts.title;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = theme.text;
  lines.forEach((line, index) => {
    context.fillText(line, 0, index * lineHeight + 1);
  });
  context.restore();
}
