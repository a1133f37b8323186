import type { CanvasTheme } from './canvas-theme.js';
import { crowd, drawLines } from './crowd.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import { boundsOfPath, middleOfPath, tracePath, type LinkShape } from './link-path.js';
import { isSameEnd, pointsOf, type SceneLink } from './scene-link.js';
import { socketStyle } from './socket-style.js';
import { fonts, textWidth } from './text.js';

/** How a link is drawn. */
interface LinkLook {
  readonly theme: CanvasTheme;
  readonly shape: LinkShape;
  readonly type: string;
  /** Touches a selected node, or is pointed at. */
  readonly isStrong: boolean;
  /** Something else is selected: step back. */
  readonly isDim: boolean;
  /** Carries what a muted or missing node would give. */
  readonly isBroken: boolean;
  /** Seen from near enough for an edge around it. */
  readonly isNear: boolean;
}

/** Radius of a reroute point, in graph units. */
export const viaRadius = 6;

/** Draws all links that can be seen, with their reroute points, marks and notes. */
export function drawLinks(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  const { scene, link: dragged, selection, theme, options } = editor;
  const { scale } = editor.stage.view.ds;
  const visible = visibleLinks(editor);
  if (visible.length > crowd.links) {
    drawLines(canvas, visible, theme);
    return;
  }
  for (const { link, points } of visible) {
    const isPointed =
      isSameEnd(editor.pointed?.link, link.to) || isSameEnd(editor.insertion, link.to);
    const isStrong = isPointed || selection.has(link.from.node) || selection.has(link.to.node);
    const source = scene.views.get(link.from.node)?.face;
    drawPath(canvas, points, {
      theme,
      shape: options.linkShape,
      type: link.type,
      isStrong,
      isDim: dragged !== undefined || (selection.size > 0 && !isStrong),
      isBroken: source?.mode === 'mute' || source?.isMissing === true,
      isNear: scale > 0.4,
    });
    if (scale > 0.3) drawPoints(editor, canvas, link, points);
    if (isPointed && scale > 0.4) drawMiddle(editor, canvas, link, points);
    if (options.showsLinkNotes && scale > 0.7) drawNote(editor, canvas, link, points);
  }
}

/** The links of which something may be seen, with the points that they run through. */
function visibleLinks({ scene, link: dragged, viaDraft: draft, stage }: EditorContext) {
  const [left = 0, top = 0, width = 0, height = 0] = stage.view.visible_area;
  return scene.links.flatMap((link) => {
    if (isSameEnd(dragged?.takenFrom, link.to)) return [];
    const via = isSameEnd(draft?.to, link.to) ? draft?.via : link.via;
    const points = pointsOf(scene.views, link, via);
    if (!points) return [];
    const [x1, y1, x2, y2] = boundsOfPath(points);
    const isOutside = x2 < left || x1 > left + width || y2 < top || y1 > top + height;
    return isOutside ? [] : [{ link, points, type: link.type }];
  });
}

/** Draws one way in its type's colour, edged so that crossings read. */
function drawPath(
  canvas: CanvasRenderingContext2D,
  points: readonly Point[],
  look: LinkLook,
): void {
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  canvas.globalAlpha = look.isDim ? 0.4 : 1;
  tracePath(canvas, points, look.shape);
  if (look.isNear) {
    canvas.lineWidth = look.isStrong ? 6 : 5;
    canvas.strokeStyle = look.theme.canvas;
    canvas.stroke();
  }
  if (look.isBroken) canvas.setLineDash([6, 6]);
  canvas.lineWidth = look.isStrong ? 3 : 2;
  canvas.strokeStyle = look.isBroken
    ? look.theme.error
    : socketStyle(look.type, look.theme.isLight).color;
  canvas.stroke();
  if (look.isBroken) canvas.setLineDash([]);
  canvas.globalAlpha = 1;
}

function drawPoints(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  link: SceneLink,
  points: readonly Point[],
): void {
  const { theme, point } = editor;
  points.slice(1, -1).forEach(([x, y], index) => {
    const isChosen = point?.index === index && isSameEnd(point.to, link.to);
    canvas.beginPath();
    canvas.arc(x, y, viaRadius, 0, Math.PI * 2);
    canvas.fillStyle = socketStyle(link.type, theme.isLight).color;
    canvas.fill();
    canvas.lineWidth = 2;
    canvas.strokeStyle = theme.canvas;
    canvas.stroke();
    if (!isChosen) return;
    canvas.beginPath();
    canvas.arc(x, y, viaRadius + 4, 0, Math.PI * 2);
    canvas.strokeStyle = theme.accent;
    canvas.stroke();
  });
}

/** The mark half way along a link: press it for what can be done with the link. */
function drawMiddle(
  { theme, options, insertion }: EditorContext,
  canvas: CanvasRenderingContext2D,
  link: SceneLink,
  points: readonly Point[],
): void {
  const [x, y] = middleOfPath(points, options.linkShape);
  const isTaking = isSameEnd(insertion, link.to);
  canvas.beginPath();
  canvas.arc(x, y, isTaking ? 11 : 8, 0, Math.PI * 2);
  canvas.fillStyle = theme.node;
  canvas.fill();
  canvas.lineWidth = 2;
  canvas.strokeStyle = isTaking ? theme.accent : socketStyle(link.type, theme.isLight).color;
  canvas.stroke();
  canvas.beginPath();
  canvas.moveTo(x - 3.5, y);
  canvas.lineTo(x + 3.5, y);
  canvas.moveTo(x, y - 3.5);
  canvas.lineTo(x, y + 3.5);
  canvas.lineWidth = 1.6;
  canvas.stroke();
}

function drawNote(
  { theme, options, run }: EditorContext,
  canvas: CanvasRenderingContext2D,
  link: SceneLink,
  points: readonly Point[],
): void {
  const text = run.linkNote?.(link.from);
  if (text === undefined) return;
  const [x, y] = middleOfPath(points, options.linkShape);
  const width = textWidth(text, 'small') + 12;
  canvas.beginPath();
  canvas.roundRect(x - width / 2, y - 23, width, 16, 4);
  canvas.fillStyle = theme.canvas;
  canvas.fill();
  canvas.lineWidth = 1;
  canvas.strokeStyle = theme.outline;
  canvas.stroke();
  canvas.font = fonts.small;
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = theme.textDim;
  canvas.fillText(text, x, y - 14.5);
}
