import { isDrawableColor, tintOf } from './canvas-colors.js';
import type { EditorContext } from './editor-context.js';
import { groupViews } from './group-view.js';
import { minimapOf, seenArea } from './minimap.js';
import { boundsOf } from './node-view.js';
import { zoneAreas, type Area } from './zone-view.js';

/** Draws the minimap: groups, zones, nodes, and a frame around what is seen. In CSS pixels. */
export function drawMinimap(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  const { theme, selection, scene } = editor;
  const { box, scale, center } = minimapOf(editor);
  const [left, top, width, height] = box;
  const [cx, cy] = [left + width / 2, top + height / 2];
  const rect = ([x, y, w, h]: Area): void => {
    canvas.rect(
      cx + (x - center[0]) * scale,
      cy + (y - center[1]) * scale,
      Math.max(2, w * scale),
      Math.max(2, h * scale),
    );
  };
  const fill = (areas: readonly Area[], color: string, alpha: number): void => {
    canvas.beginPath();
    for (const area of areas) rect(area);
    canvas.globalAlpha = alpha;
    canvas.fillStyle = color;
    canvas.fill();
    canvas.globalAlpha = 1;
  };
  canvas.beginPath();
  canvas.roundRect(left, top, width, height, 8);
  canvas.save();
  canvas.globalAlpha = 0.94;
  canvas.fillStyle = theme.node;
  canvas.fill();
  canvas.globalAlpha = 1;
  canvas.lineWidth = 1;
  canvas.strokeStyle = theme.outline;
  canvas.stroke();
  canvas.clip();
  for (const { group, bounds } of groupViews(editor)) {
    fill([bounds], isDrawableColor(group.color) ? tintOf(group.color) : theme.textDim, 0.3);
  }
  fill(
    zoneAreas(editor).map(({ area }) => area),
    theme.zone,
    0.22,
  );
  const views = [...scene.views.values()];
  const isChosen = ({ face }: (typeof views)[number]): boolean => selection.has(face.id);
  fill(views.filter((view) => !isChosen(view)).map(boundsOf), theme.textDim, 0.75);
  fill(views.filter(isChosen).map(boundsOf), theme.accent, 1);
  canvas.beginPath();
  rect(seenArea(editor));
  canvas.lineWidth = 1.5;
  canvas.strokeStyle = theme.accent;
  canvas.stroke();
  canvas.restore();
}
