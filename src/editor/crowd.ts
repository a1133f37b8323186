import type { CanvasTheme } from './canvas-theme.js';
import { measures, type NodeGeometry } from './geometry.js';
import type { NodeFace } from './node-face.js';
import type { Point } from './intents.js';
import type { NodeRunView } from './run-view.js';
import { socketStyle } from './socket-style.js';

/**
 * How many nodes and links are drawn with all that belongs to them. No window has room to read more; a graph that shows
 * more at once has them heaped up, and drawing each in full would keep the page from answering for seconds.
 */
export const crowd = { nodes: 1000, links: 2000 } as const;

/** How many links of a crowd are drawn at all, evenly among them. */
const mostLines = 10_000;

/** A node among too many: its area, and a frame where something is to be told of it. */
export function drawSpeck(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  { width, height }: NodeGeometry,
  run: NodeRunView,
  theme: CanvasTheme,
  isSelected: boolean,
): void {
  const { title } = measures;
  context.fillStyle = theme.title;
  context.fillRect(0, -title, width, height + title);
  const isBad = face.isMissing || run.problems.length > 0 || run.status?.kind === 'failed';
  context.lineWidth = isSelected ? 4 : 2;
  context.strokeStyle = isSelected ? theme.accent : isBad ? theme.error : theme.outline;
  context.strokeRect(0, -title, width, height + title);
}

/** Links among too many: straight lines, those of one type at once. */
export function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly { readonly type: string; readonly points: readonly Point[] }[],
  { isLight }: CanvasTheme,
): void {
  const stride = Math.ceil(lines.length / mostLines);
  const byType = new Map<string, Path2D>();
  for (let i = 0; i < lines.length; i += stride) {
    const line = lines[i];
    const [from, to] = [line?.points[0], line?.points.at(-1)];
    if (!line || !from || !to) continue;
    const path = byType.get(line.type) ?? new Path2D();
    path.moveTo(from[0], from[1]);
    path.lineTo(to[0], to[1]);
    byType.set(line.type, path);
  }
  context.lineWidth = 1;
  for (const [type, path] of byType) {
    context.strokeStyle = socketStyle(type, isLight).color;
    context.stroke(path);
  }
}
