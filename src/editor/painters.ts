import { crowd, drawSpeck } from './crowd.js';
import { BLANK } from './geometry.js';
import { drawGrid } from './draw-grid.js';
import { drawGroups } from './draw-group.js';
import { drawLinks } from './draw-links.js';
import { drawDraggedLink } from './draw-dragged-link.js';
import { drawMinimap } from './draw-minimap.js';
import { minimapOf } from './minimap.js';
import { drawLens } from './draw-lens.js';
import { drawNode } from './draw-node.js';
import type { NodeAttention } from './node-attention.js';
import { pictureArea } from './draw-pictures.js';
import { drawZoneBody, drawZoneHeader } from './draw-zone.js';
import type { EditorContext } from './editor-context.js';
import { fits } from './link-rules.js';
import type { LGraphNode, Painters } from './litegraph.js';
import { geometryOf, inputType, positionOf, type NodeView } from './node-view.js';
import { zoneAreas } from './zone-view.js';

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
    drawLinks: (canvas) => {
      within((editor) => {
        drawLinks(editor, canvas);
        for (const { zone, area } of zoneAreas(editor)) drawZoneHeader(editor, canvas, zone, area);
      });
    },
    drawBackground: (canvas) => {
      within((editor) => {
        const { ds, visible_area } = editor.stage.view;
        drawGrid(canvas, visible_area, ds.scale, editor.theme);
        drawGroups(editor, canvas);
        for (const { area } of zoneAreas(editor)) drawZoneBody(canvas, area, editor.theme);
      });
    },
    drawForeground: (canvas) => {
      within((editor) => {
        paintRectangle(editor, canvas);
        drawDraggedLink(editor, canvas);
      });
    },
    drawOverlay: (canvas) => {
      within((editor) => {
        if (editor.options.showsMinimap) drawMinimap(editor, canvas);
      });
    },
    overlayBox: () => {
      const editor = get();
      return editor?.options.showsMinimap ? minimapOf(editor).box : undefined;
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
  if (editor.stage.view.visible_nodes.length > crowd.nodes) {
    const run = editor.run.node(node.id);
    drawSpeck(
      canvas,
      view.face,
      geometryOf(view),
      run,
      editor.theme,
      editor.selection.has(node.id),
    );
    return;
  }
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
      isPinned: view.layout.pinned === true,
      showsTimes: editor.options.showsTimes,
    },
  );
  const lens = editor.run.lens?.(node.id);
  if (lens) drawLens(canvas, view, editor.run.node(node.id).pictures, lens);
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
      target: link.target?.node === id ? link.target.name : undefined,
      fits: (name) => link.end.node !== id && fitsOn(editor, view, name),
    },
  };
}

function fitsOn({ link }: EditorContext, view: NodeView, name: string): boolean {
  if (!link) return false;
  if (link.end.name === BLANK) return name !== BLANK;
  if (name === BLANK) return view.face.blank === (link.side === 'output' ? 'input' : 'output');
  return link.side === 'output'
    ? fits(link.type, inputType(view.face, name))
    : view.face.outputs.some((slot) => slot.name === name && fits(slot.type, link.type));
}

/** Where the pointer's rectangle lies while it selects. */
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
