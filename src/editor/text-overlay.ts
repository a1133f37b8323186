import type { NodeId } from '../core/graph/types.js';
import type { WidgetSpec } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import { groupTitle, type GroupView } from './group-view.js';
import { toClient, viewOf, type EditorContext } from './editor-context.js';
import { isMultiline, measures, type Row } from './geometry.js';
import { snap, stepOf } from './number-step.js';
import { evaluate } from './arithmetic.js';

/**
 * Lays a text field exactly over a widget. Enter or leaving it makes the edit, Escape does not; in numbers
 * the arrow keys step, sums such as `100*0.68` are worked out, and Tab goes on to the next widget.
 */
export function editText(context: EditorContext, id: NodeId, name: string): void {
  const view = viewOf(context, id);
  const row = view.geometry.widgets.find((candidate) => candidate.name === name);
  const widget = row?.widget;
  if (!row || !widget || widget.isLinked) return;
  const { spec } = widget;
  if (spec.type === 'STRING' && spec.editor === 'mask') {
    context.host.command('paint-mask');
    return;
  }
  const field = document.createElement(isMultiline(widget) ? 'textarea' : 'input');
  field.className = isMultiline(widget) ? 'cw-overlay is-paragraph' : 'cw-overlay';
  field.value = String(widget.value);
  field.setAttribute('aria-label', texts().canvas.fieldLabel(view.face.title, name));
  field.spellcheck = false;
  if (field instanceof HTMLInputElement && spec.type !== 'STRING') field.inputMode = 'decimal';
  openField(context, id, row, field, (text) => {
    const value = parse(spec, text);
    if (value === undefined) {
      context.host.say(texts().canvas.noNumber(text, name, String(widget.value)));
    } else if (value !== widget.value) {
      context.host.edit({ kind: 'set', id, values: { [name]: value } });
    }
  });
}

/** Lays a text field over a node's title. */
export function editTitle(context: EditorContext, id: NodeId): void {
  const view = viewOf(context, id);
  const field = document.createElement('input');
  field.className = 'cw-overlay is-title';
  field.value = view.face.title;
  field.setAttribute('aria-label', texts().canvas.title);
  const row = { name: '#title', y: -measures.title + 3, height: measures.title - 6 };
  openField(context, id, row, field, (text) => {
    if (text !== view.face.title) context.host.edit({ kind: 'rename', id, title: text });
  });
}

/** Lays a text field over a group's title. */
export function editGroupTitle(context: EditorContext, { index, group, bounds }: GroupView): void {
  const { title: before } = group;
  const field = document.createElement('input');
  field.className = 'cw-overlay is-title';
  field.value = before;
  field.setAttribute('aria-label', texts().canvas.title);
  const { scale } = context.stage.view.ds;
  const [left, top] = toClient(context, [bounds[0] + 8, bounds[1] + 3]);
  const box = context.overlay.getBoundingClientRect();
  field.style.left = `${String(left - box.left)}px`;
  field.style.top = `${String(top - box.top)}px`;
  field.style.width = `${String(Math.max(120, (bounds[2] - 16) * scale))}px`;
  field.style.height = `${String(Math.max(22, (groupTitle - 6) * scale))}px`;
  field.style.fontSize = `${String(Math.max(12, 13 * scale))}px`;
  context.overlay.append(field);
  field.focus();
  field.select();
  let isOpen = true;
  const close = (keep: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    const title = field.value.trim();
    field.remove();
    if (keep && title !== '' && title !== before) {
      context.host.edit({ kind: 'group-set', index, patch: { title } });
    }
  };
  field.addEventListener('blur', () => {
    close(true);
  });
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    close(event.key === 'Enter');
    context.element.focus();
  });
}

function openField(
  context: EditorContext,
  id: NodeId,
  row: Row,
  field: HTMLInputElement | HTMLTextAreaElement,
  commit: (text: string) => void,
): void {
  place(context, id, row, field);
  context.editing = { id, name: row.name };
  context.overlay.append(field);
  field.focus();
  field.select();
  context.redraw();
  let isOpen = true;
  const close = (keep: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    context.editing = undefined;
    field.remove();
    context.redraw();
    if (keep) commit(field.value);
  };
  field.addEventListener('blur', () => {
    close(true);
  });
  field.addEventListener('keydown', (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    event.stopPropagation();
    if (event.key === 'Escape') close(false);
    else if (event.key === 'Tab') {
      event.preventDefault();
      close(true);
      editNext(context, id, row.name, event.shiftKey ? -1 : 1);
      return;
    } else if (event.key === 'Enter' && (field instanceof HTMLInputElement || event.ctrlKey)) {
      close(true);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      stepField(context, id, row.name, field, event);
      return;
    } else return;
    event.preventDefault();
    context.element.focus();
  });
}

function place(context: EditorContext, id: NodeId, row: Row, field: HTMLElement): void {
  const view = viewOf(context, id);
  const { scale } = context.stage.view.ds;
  const [x, y] = view.layout.pos;
  const [left, top] = toClient(context, [x + measures.pad - 2, y + row.y]);
  const box = context.overlay.getBoundingClientRect();
  field.style.left = `${String(left - box.left)}px`;
  field.style.top = `${String(top - box.top)}px`;
  field.style.width = `${String((view.geometry.width - (measures.pad - 2) * 2) * scale)}px`;
  field.style.height = `${String(row.height * scale)}px`;
  // Below 12 px text cannot be read while it is typed, and phones zoom in on it.
  field.style.fontSize = `${String(Math.max(12, 12 * scale))}px`;
}

function editNext(context: EditorContext, id: NodeId, name: string, step: 1 | -1): void {
  const rows = viewOf(context, id).geometry.widgets.filter(
    ({ widget }) =>
      widget && !widget.isLinked && ['INT', 'FLOAT', 'STRING'].includes(widget.spec.type),
  );
  const at = rows.findIndex((row) => row.name === name);
  const next = rows[(at + step + rows.length) % rows.length];
  if (next) editText(context, id, next.name);
}

function stepField(
  context: EditorContext,
  id: NodeId,
  name: string,
  field: HTMLInputElement | HTMLTextAreaElement,
  event: KeyboardEvent,
): void {
  const row = viewOf(context, id).geometry.widgets.find((candidate) => candidate.name === name);
  const spec = row?.widget?.spec;
  if (spec?.type !== 'INT' && spec?.type !== 'FLOAT') return;
  event.preventDefault();
  const value = parse(spec, field.value);
  if (typeof value !== 'number') return;
  const step = stepOf(spec) * (event.shiftKey ? 10 : 1);
  field.value = String(snap(spec, value + (event.key === 'ArrowUp' ? step : -step)));
}

function parse(spec: WidgetSpec, text: string): number | string | undefined {
  if (spec.type !== 'INT' && spec.type !== 'FLOAT') return text;
  const value = evaluate(text);
  if (value === undefined) return undefined;
  const whole = spec.type === 'INT' ? Math.round(value) : value;
  return Math.min(spec.max, Math.max(spec.min, whole));
}
