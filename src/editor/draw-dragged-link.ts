import type { EditorContext, LinkDrag } from './editor-context.js';
import type { End, Point } from './intents.js';
import { tracePath } from './link-path.js';
import { socketPoint } from './scene-link.js';
import { socketStyle } from './socket-style.js';
import { fonts, textWidth, wrapText } from './text.js';

/** Draws the link that hangs on the pointer, where it would end, and why it may not; then a refusal's last words. */
export function drawDraggedLink(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  const { link, bubble } = editor;
  if (link) {
    for (const end of fixedEnds(link)) drawOne(editor, canvas, link, end);
    if (link.refusal) drawBubble(editor, canvas, link.to, link.refusal);
  } else if (bubble) drawBubble(editor, canvas, bubble.at, bubble.text);
}

/** The sockets that a drag holds on to: one, or those of all links that move along. */
function fixedEnds(link: LinkDrag): readonly End[] {
  if (link.others.length === 0) return [link.end];
  return link.others.map((other) => (link.side === 'output' ? other.from : other.to));
}

function drawOne(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  link: LinkDrag,
  end: End,
): void {
  const { theme, scene, options } = editor;
  const fixed = socketPoint(scene.views, link.side, end);
  if (!fixed) return;
  const free = link.target
    ? (socketPoint(scene.views, link.side === 'output' ? 'input' : 'output', link.target) ??
      link.to)
    : link.to;
  canvas.save();
  tracePath(canvas, link.side === 'output' ? [fixed, free] : [free, fixed], options.linkShape);
  canvas.lineWidth = 3;
  canvas.strokeStyle = link.refusal ? theme.error : socketStyle(link.type, theme.isLight).color;
  if (!link.target) canvas.setLineDash([7, 5]);
  canvas.stroke();
  canvas.setLineDash([]);
  if (link.target) {
    canvas.beginPath();
    canvas.arc(free[0], free[1], 9, 0, Math.PI * 2);
    canvas.lineWidth = 2;
    canvas.stroke();
  }
  canvas.restore();
}

function drawBubble(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  [x, y]: Point,
  text: string,
): void {
  const { theme, stage } = editor;
  const scale = 1 / stage.view.ds.scale;
  const lines = wrapText(text, 'label', 300, 4);
  const width = Math.max(...lines.map((line) => textWidth(line, 'label'))) + 24;
  const height = lines.length * 17 + 12;
  const [left = 0, top = 0] = stage.view.ds.offset;
  const [screenWidth, screenHeight] = stage.size();
  const [sx, sy] = [(x + left) / scale + 16, (y + top) / scale + 16];
  canvas.save();
  // Beside the pointer, and never over the canvas' edge.
  canvas.translate(
    Math.max(4, Math.min(sx, screenWidth - width - 4)) * scale - left,
    Math.max(4, Math.min(sy, screenHeight - height - 4)) * scale - top,
  );
  canvas.scale(scale, scale);
  canvas.beginPath();
  canvas.roundRect(0, 0, width, height, 6);
  canvas.fillStyle = theme.node;
  canvas.fill();
  canvas.lineWidth = 1;
  canvas.strokeStyle = theme.error;
  canvas.stroke();
  canvas.font = fonts.label;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = theme.errorText;
  lines.forEach((line, index) => {
    canvas.fillText(line, 12, 15 + index * 17);
  });
  canvas.restore();
}
