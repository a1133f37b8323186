import { setWidget } from '../core/graph/edits.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId, WidgetValue } from '../core/graph/types.js';
import { isWidget, wiringOf } from '../core/graph/wiring.js';
import type { WidgetSpec } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { evaluate } from '../editor/arithmetic.js';
import type { WidgetChange } from '../ui/inspector-model.js';

/** The document with new values for one widget of some nodes, or the text that is no number. */
export type WidgetEdit =
  | { readonly document: GraphDocument; readonly unreadable?: undefined }
  | { readonly document?: undefined; readonly unreadable: string };

/** Gives nodes a value for a widget. A typed sum is worked out, rounded and brought into the widget's range. */
export function editWidgets(
  document: GraphDocument,
  registry: NodeRegistry,
  { nodes, input, value }: WidgetChange,
): WidgetEdit {
  let edited = document;
  for (const id of nodes) {
    const spec = own(wiringOf(document, registry).sockets(id)?.inputs ?? {}, input);
    if (spec === undefined || !isWidget(spec)) continue;
    const read = typeof value === 'object' ? readNumber(spec, value.text) : value;
    if (read === undefined) {
      return { unreadable: typeof value === 'object' ? value.text : String(value) };
    }
    edited = setWidget(edited, id, input, read);
  }
  return { document: edited };
}

function readNumber(spec: WidgetSpec, text: string): WidgetValue | undefined {
  const value = evaluate(text);
  if (value === undefined || !('min' in spec)) return undefined;
  const whole = spec.type === 'INT' ? Math.round(value) : value;
  return Math.max(spec.min, Math.min(spec.max, whole));
}

/** Two nodes in each other's places: how the list changes the order in which nodes are read. */
export function swappedPlaces(
  { layout }: GraphDocument,
  a: NodeId,
  b: NodeId,
): ReadonlyMap<NodeId, readonly [number, number]> {
  const place = (id: NodeId) => own(layout.nodes, id)?.pos ?? ([0, 0] as const);
  return new Map([
    [a, place(b)],
    [b, place(a)],
  ]);
}
