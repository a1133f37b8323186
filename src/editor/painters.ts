import type { EditorContext } from './editor-context.js';
import { drawGrid } from './draw-grid.js';
import { drawLink, traceLink } from './draw-link.js';
import { drawNode, type NodeAttention } from './draw-node.js';
import { drawZone } from './draw-zone.js';
import { pictureArea } from './draw-pictures.js';
import { fits } from './link-rules.js';
import type { LGraphNode, LLink, Painters } from './litegraph.js';
import { socketAt } from './geometry.js';
import { geometryOf, inputType, positionOf, type NodeView } from './node-view.js';
import { socketStyle } from './socket-style.js';
import { fonts, textWidth } from './text.js';
import { zoneArea } from './zone-view.js';

/** Draws the scene of a context; LiteGraph calls these for what is visible. */
export function createPainters(get: () => EditorContext | undefined): Painters {
  const within = (paint: (editor: EditorContext) => void): void => {
    const editor = get();
    if (editor) paint(editor);
  };
  return {
    drawNode: (node, canvas) => {
      within((editor) => {
        paintNode(editor, node, canvas);
      });
    },
    drawLink: (canvas, from, to, link) => {
      within((editor) => {
        if (link) paintLink(editor, canvas, from, to, link);
      });
    },
    drawBackground: (canvas) => {
      within((editor) => {
        paintBackground(editor, canvas);
      });
    },
    drawForeground: (canvas) => {
      within((editor) => {
        paintForeground(editor, canvas);
      });
    },
  };
}

function paintNode(
  editor: EditorContext,
  node: LGraphNode,
  canvas: CanvasRenderingContext2D,
): void {
  const view = editor.scene.views.get(node.id);
  if (!view) return;
  const [x, y] = positionOf(view);
  // LiteGraph has moved the origin to its own copy of the position; a draft may be elsewhere.
  canvas.translate(x - view.layout.pos[0], y - view.layout.pos[1]);
  drawNode(
    canvas,
    view.face,
    geometryOf(view),
    editor.run.node(node.id),
    attentionOf(editor, view),
    {
      theme: editor.theme,
      scale: editor.stage.view.ds.scale,
      tint: view.layout.color,
    },
  );
}

function attentionOf(editor: EditorContext, view: NodeView): NodeAttention {
  const { id } = view.face;
  const { draft, editing, hover, link } = editor;
  const isHovered = hover?.id === id;
  const { picture } = view.geometry;
  const area = picture ? pictureArea(view.geometry, picture) : undefined;
  return {
    isSelected: editor.selection.has(id),
    hoveredRow: isHovered && !link ? hover.row : undefined,
    wipe:
      area && view.face.outputs.length === 0
        ? isHovered && hover.row === 'picture'
          ? Math.min(1, Math.max(0, (hover.x - area.x) / area.width))
          : 0.5
        : undefined,
    draftOf: (name) => (draft?.id === id && draft.name === name ? draft.value : undefined),
    editedRow: editing?.id === id ? editing.name : undefined,
    wanted: link && {
      side: link.side === 'output' ? 'input' : 'output',
      fits: (name) =>
        link.end.node !== id &&
        (link.side === 'output'
          ? fits(link.type, inputType(view.face, name))
          : view.face.outputs.some((slot) => slot.name === name && fits(slot.type, link.type))),
    },
  };
}

function paintLink(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  link: LLink,
): void {
  const { selection, link: dragged } = editor;
  const target = editor.scene.views.get(link.target_id);
  const input = target?.node.inputs[link.target_slot]?.name;
  if (dragged?.takenFrom?.node === link.target_id && dragged.takenFrom.name === input) return;
  const isStrong = selection.has(link.origin_id) || selection.has(link.target_id);
  const source = editor.scene.views.get(link.origin_id);
  drawLink(canvas, from, to, {
    theme: editor.theme,
    type: link.type,
    isStrong,
    isDim: selection.size > 0 && !isStrong,
    isBroken: source?.face.mode === 'mute' || source?.face.isMissing === true,
  });
}

function paintBackground(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  const { ds, visible_area } = editor.stage.view;
  drawGrid(canvas, visible_area, ds.scale, editor.theme);
  for (const zone of editor.scene.wiring.zones.zones) {
    const area = zoneArea(zone, editor.scene.views);
    if (area) drawZone(canvas, area, editor.run.zone(zone.start), editor.theme);
  }
}

function paintForeground(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  if (editor.rectangle) paintRectangle(editor, canvas);
  const { link, theme } = editor;
  const view = link && editor.scene.views.get(link.end.node);
  if (!link || !view) return;
  const [px, py] = positionOf(view);
  const [dx, dy] = socketAt(geometryOf(view), link.side, link.end.name);
  const fixed = [px + dx, py + dy];
  const free = link.target ? targetPoint(editor, link.target, link.side) : link.to;
  const [from, to] = link.side === 'output' ? [fixed, free] : [free, fixed];
  canvas.save();
  traceLink(canvas, from, to);
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
  if (link.refusal) paintRefusal(editor, canvas, link.to, link.refusal);
  canvas.restore();
}

function targetPoint(
  editor: EditorContext,
  target: { readonly node: string; readonly name: string },
  fixedSide: 'input' | 'output',
): readonly [number, number] {
  const view = editor.scene.views.get(target.node);
  if (!view) return [0, 0];
  const [x, y] = positionOf(view);
  const side = fixedSide === 'output' ? 'input' : 'output';
  const [dx, dy] = socketAt(geometryOf(view), side, target.name);
  return [x + dx, y + dy];
}

function paintRefusal(
  editor: EditorContext,
  canvas: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  text: string,
): void {
  const { theme } = editor;
  const scale = 1 / editor.stage.view.ds.scale;
  canvas.save();
  canvas.translate(x + 16 * scale, y + 16 * scale);
  canvas.scale(scale, scale);
  canvas.beginPath();
  canvas.roundRect(0, 0, textWidth(text, 'label') + 20, 28, 6);
  canvas.fillStyle = theme.node;
  canvas.fill();
  canvas.lineWidth = 1;
  canvas.strokeStyle = theme.error;
  canvas.stroke();
  canvas.font = fonts.label;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = theme.errorText;
  canvas.fillText(text, 10, 14.5);
  canvas.restore();
}

function paintRectangle(editor: EditorContext, canvas: CanvasRenderingContext2D): void {
  if (!editor.rectangle) return;
  const [[x1, y1], [x2, y2]] = editor.rectangle;
  canvas.save();
  canvas.lineWidth = 1 / editor.stage.view.ds.scale;
  canvas.strokeStyle = canvas.fillStyle = editor.theme.accent;
  canvas.strokeRect(x1, y1, x2 - x1, y2 - y1);
  canvas.globalAlpha = 0.12;
  canvas.fillRect(x1, y1, x2 - x1, y2 - y1);
  canvas.restore();
}
