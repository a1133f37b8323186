import { setWidget } from '../../../src/core/graph/edits.js';
import type { GraphDocument, Link, NodeId, WidgetValue } from '../../../src/core/graph/types.js';
import { widgetMistake } from '../../../src/core/graph/widget-values.js';
import { isWidget } from '../../../src/core/graph/wiring.js';
import type { WidgetSpec } from '../../../src/core/node/definition.js';
import { nearest, UsageError } from './command.js';
import { registry } from './project.js';

/** The node that a user calls by id, title or type. @throws UsageError when none or several answer. */
export function findNode(document: GraphDocument, name: string): NodeId {
  if (Object.hasOwn(document.nodes, name)) return name;
  const matches = Object.entries(document.nodes).filter(
    ([, { type, title }]) => type === name || (title ?? '') === name || displayName(type) === name,
  );
  const [first, ...others] = matches.map(([id]) => id);
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    throw new UsageError(
      `“${name}” is the name of ${String(others.length + 1)} nodes; use an id: ${[first, ...others].join(', ')}.`,
    );
  }
  const names = Object.entries(document.nodes).map(([, { type, title }]) => title ?? type);
  const near = nearest(name, names);
  throw new UsageError(
    `The graph has no node “${name}”.${near ? ` Did you mean “${near}”?` : ` It has ${[...new Set(names)].join(', ')}.`}`,
  );
}

/** Ids of all nodes of a type. */
export function nodesOfType(document: GraphDocument, type: string): readonly NodeId[] {
  return Object.keys(document.nodes).filter((id) => document.nodes[id]?.type === type);
}

/** Applies `NODE.input=value`. @throws UsageError that names what is wrong with it. */
export function applySetting(document: GraphDocument, setting: string): GraphDocument {
  const parts = /^(.+?)\.([^.=]+)=([\s\S]*)$/.exec(setting);
  const [, node = '', input = '', text = ''] = parts ?? [];
  if (!parts) throw new UsageError(`--set takes NODE.input=value, not “${setting}”.`);
  const id = findNode(document, node);
  const inputs = registry.get(document.nodes[id]?.type ?? '')?.inputs ?? {};
  const spec = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
  if (!spec || !isWidget(spec)) {
    const widgets = Object.keys(inputs).filter((name) => inputs[name] && isWidget(inputs[name]));
    const near = nearest(input, widgets);
    throw new UsageError(
      `“${node}” has no widget “${input}”.${near ? ` Did you mean ${near}?` : ` It has ${widgets.join(', ')}.`}`,
    );
  }
  const value = parseValue(spec, text);
  const mistake = widgetMistake(spec, value);
  if (mistake) throw new UsageError(`${node}.${input} ${mistake.text}`);
  return setWidget(document, id, input, value);
}

/** A link from a node's output, for an input. */
export function linkTo(id: NodeId, output: string): Link {
  return { link: [id, output] };
}

/** Sets widgets of a node whose values are known to be right. */
export function setWidgets(
  document: GraphDocument,
  id: NodeId,
  values: Readonly<Record<string, WidgetValue | undefined>>,
): GraphDocument {
  return Object.entries(values).reduce(
    (changed, [input, value]) =>
      value === undefined ? changed : setWidget(changed, id, input, value),
    document,
  );
}

function displayName(type: string): string | undefined {
  return registry.get(type)?.displayName;
}

/** The value that a text stands for; a text that is no number or truth value stays a text, to be refused. */
function parseValue(spec: WidgetSpec, text: string): WidgetValue {
  if (spec.type === 'INT' || spec.type === 'FLOAT') {
    const value = Number(text);
    return text.trim() === '' || Number.isNaN(value) ? text : value;
  }
  if (spec.type === 'BOOLEAN' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
