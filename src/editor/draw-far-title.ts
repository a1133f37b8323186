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
  const width = Math.floor((geometry.width - 20) / grown);
  const lines = wrapped(title, width, Math.max(1, Math.min(3, room)));
  context.font = farFont(grown);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = theme.text;
  lines.forEach((line, index) => {
    context.fillText(line, 10, 6 - measures.title + index * lineHeight * grown);
  });
}

const broken = new Map<string, readonly string[]>();

/** Lines of a title, remembered: while the view moves they stay the same in every frame. */
function wrapped(title: string, width: number, limit: number): readonly string[] {
  const key = `${String(width)} ${String(limit)} ${title}`;
  const known = broken.get(key);
  if (known) return known;
  if (broken.size > 2000) broken.clear();
  const lines = wrapText(title, 'title', width, limit);
  broken.set(key, lines);
  return lines;
}

/** The title's font in a size of its own: cheaper than a transformation for every node. */
function farFont(grown: number): string {
  return fonts.title.replace(`${String(TITLE_SIZE)}px`, `${(TITLE_SIZE * grown).toFixed(1)}px`);
}
