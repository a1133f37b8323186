import type { WidgetValue } from '../../core/graph/types.js';
import { texts } from '../../texts/texts.js';
import { toClient, viewOf, type EditorContext } from '../editor-context.js';
import type { WidgetRow } from '../geometry.js';
import type { FaceWidget } from '../node-face.js';
import type { NodeView } from '../node-view.js';
import { editText } from '../text-overlay.js';
import { beginMoving } from './moving.js';
import { snap, stepOf } from '../number-step.js';
import { beginTurningNumber } from './turning-number.js';
import type { Gesture, Pointer } from './gesture.js';

/** Presses a widget: numbers turn under a drag; everything else opens on a click, and moves the node on a drag. */
export function beginPressingWidget(
  context: EditorContext,
  start: Pointer,
  view: NodeView,
  row: WidgetRow,
): Gesture {
  const { widget } = row;
  const { id } = view.face;
  if (!widget) {
    return beginMoving(context, start, view, () => {
      choosePreset(context, view, row);
    });
  }
  const { spec } = widget;
  const set = (value: WidgetValue): void => {
    context.host.edit({ kind: 'set', id, values: { [row.name]: value } });
  };
  if (spec.type === 'INT' || spec.type === 'FLOAT') {
    const value = Number(widget.value);
    return beginTurningNumber(context, start, view, row.name, spec, value, () => {
      const direction = arrowAt(view, start);
      if (direction === 0) editText(context, id, row.name);
      else set(snap(spec, value + direction * stepOf(spec)));
    });
  }
  return beginMoving(context, start, view, () => {
    if (spec.type === 'BOOLEAN') set(widget.value !== true);
    else if (spec.type === 'STRING') editText(context, id, row.name);
    else chooseOption(context, view, row, widget, set);
  });
}

/** Opens the editor of a widget as a click would; for the keyboard and the list view. */
export function openWidget(context: EditorContext, id: string, name: string): void {
  const view = viewOf(context, id);
  const row = view.geometry.widgets.find((candidate) => candidate.name === name);
  if (!row) return;
  const { widget } = row;
  const set = (value: WidgetValue): void => {
    context.host.edit({ kind: 'set', id, values: { [name]: value } });
  };
  if (!widget) choosePreset(context, view, row);
  else if (widget.spec.type === 'BOOLEAN') set(widget.value !== true);
  else if (widget.spec.type === 'COMBO') chooseOption(context, view, row, widget, set);
  else editText(context, id, name);
}

function choosePreset(context: EditorContext, view: NodeView, row: WidgetRow): void {
  const { presets, preset, id } = view.face;
  if (!presets) return;
  const names = Object.keys(presets);
  const { everywhere } = texts().canvas;
  context.host.choose({
    label: texts().canvas.preset,
    items: [...names, ...names.map(everywhere)].map((label) => ({
      value: label,
      label,
      isCurrent: label === preset,
    })),
    at: belowRow(context, view, row),
    onPick: (value) => {
      const name = names.find((candidate) => everywhere(candidate) === value);
      if (name !== undefined) context.host.edit({ kind: 'preset', preset: name });
      else context.host.edit({ kind: 'preset', preset: value, ids: [id] });
    },
  });
}

function chooseOption(
  context: EditorContext,
  view: NodeView,
  row: WidgetRow,
  widget: FaceWidget,
  set: (value: string) => void,
): void {
  const { spec } = widget;
  if (spec.type !== 'COMBO') return;
  const listed = spec.source ? context.host.listOf(spec.source) : [];
  const values = [...new Set([...spec.options, ...listed, String(widget.value)])];
  const items = values
    .filter((value) => value !== '')
    .map((value) => ({ value, label: value, isCurrent: value === widget.value }));
  const fromDisk =
    spec.source === 'pictures' ? [{ value: '', label: texts().canvas.chooseFile }] : [];
  context.host.choose({
    label: row.name,
    items: [...items, ...fromDisk],
    at: belowRow(context, view, row),
    onPick: (value) => {
      if (value === '') context.host.pickPicture(view.face.id, row.name);
      else set(value);
    },
  });
}

function belowRow(
  context: EditorContext,
  view: NodeView,
  row: WidgetRow,
): readonly [number, number] {
  const [x, y] = view.layout.pos;
  return toClient(context, [x + 10, y + row.y + row.height + 2]);
}

/** -1 or 1 on the small arrows at a number's right end, else 0. */
function arrowAt(view: NodeView, { graph, isTouch }: Pointer): -1 | 0 | 1 {
  if (isTouch) return 0;
  const fromRight = view.layout.pos[0] + view.geometry.width - graph[0];
  if (fromRight < 10 || fromRight > 36) return 0;
  return fromRight > 23 ? -1 : 1;
}
