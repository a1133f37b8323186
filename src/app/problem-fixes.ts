import { graphRegistry } from '../core/graph/subgraph-registry.js';
import { changeNodes, removeNodes, setMode, setWidget } from '../core/graph/edits.js';
import type { ErrorDetails } from '../core/errors.js';
import { connect, disconnect } from '../core/graph/link-edits.js';
import { own } from '../core/graph/own.js';
import type { Problem } from '../core/graph/problems.js';
import type { GraphDocument, NodeId, WidgetValue } from '../core/graph/types.js';
import { isWidget, wiringOf } from '../core/graph/wiring.js';
import type { WidgetSpec } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import type { RunLists } from '../worker/run-client.js';
import { fittingOutputs, withOutputNode, withReplacement, withZoneEnd } from './fixing-edits.js';
import { titleOf } from './view-models.js';

/** A repair that a problem or an error offers. */
export interface ProblemFix {
  readonly name: string;
  /** In words, such as `Set steps to 999`. */
  readonly label: string;
  /** The repaired document; `pick-picture` leaves the choice of a file to the user. */
  apply(): GraphDocument | 'pick-picture';
  readonly node: NodeId | undefined;
  readonly input: string | undefined;
}

/** Where a repair is looked for. */
interface Place {
  readonly document: GraphDocument;
  readonly registry: NodeRegistry;
  readonly lists: RunLists;
}

const remembered = new WeakMap<
  Problem,
  { readonly at: Place; readonly fixes: readonly ProblemFix[] }
>();

/** The repairs of a problem: each is one edit of the document; none when only the user can know what is meant. */
export function fixesOf(
  problem: Problem,
  document: GraphDocument,
  registry: NodeRegistry,
  lists: RunLists,
): readonly ProblemFix[] {
  const known = remembered.get(problem);
  if (known?.at.document === document && known.at.lists === lists) return known.fixes;
  const at = { document, registry, lists };
  const fixes = findFixes(problem, at);
  remembered.set(problem, { at, fixes });
  return fixes;
}

/** The repairs of what made a node fail while it ran. */
export function fixesOfFailure(
  details: ErrorDetails,
  node: NodeId,
  document: GraphDocument,
  registry: NodeRegistry,
  lists: RunLists,
): readonly ProblemFix[] {
  const cause = details.code === 'execution/node-failed' ? details.causeDetails : details;
  const input = (source: 'models' | 'pictures') =>
    Object.entries(
      graphRegistry(document, registry).get(own(document.nodes, node)?.type ?? '')?.inputs ?? {},
    ).find(([, spec]) => 'source' in spec && spec.source === source)?.[0];
  const words = texts().running.fixes;
  if (cause?.code === 'picture/missing' || cause?.code === 'picture/unreadable') {
    const name = input('pictures');
    if (name === undefined) return [];
    const apply = () => 'pick-picture' as const;
    return [{ name: 'pick-picture', label: words.pickPicture, apply, node, input: name }];
  }
  const model = cause?.code.startsWith('model/') === true ? input('models') : undefined;
  if (model === undefined) return [];
  const current = own(document.nodes, node)?.inputs[model];
  return lists.models
    .filter((value) => value !== current)
    .slice(0, 3)
    .map((value) => choice(document, node, model, value));
}

function findFixes(problem: Problem, at: Place): readonly ProblemFix[] {
  const { nodeId: node, input } = problem;
  if (node === undefined) return problem.code === 'graph/no-outputs' ? addOutput(at) : [];
  switch (problem.code) {
    case 'input/missing':
      return input === undefined
        ? []
        : [...unbypass(at, node, input), ...connections(at, node, input)];
    case 'link/dangling':
    case 'link/type-mismatch':
      return input === undefined ? [] : [...connections(at, node, input), ...cut(at, node, input)];
    case 'input/out-of-range':
    case 'input/not-an-option':
    case 'input/wrong-type':
      return input === undefined ? [] : values(at, node, input);
    case 'node/unknown-type':
    case 'node/too-new':
    case 'node/not-migrated':
      return replacements(at, node);
    case 'zone/start-without-end':
      return edit(at, node, undefined, 'close-zone', texts().running.fixes.closeZone, (document) =>
        withZoneEnd(document, at.registry, node),
      );
    case 'zone/end-without-start':
      return removal(at, node);
    default:
      return [];
  }
}

/** One fix, when it changes something. */
function edit(
  { document }: Place,
  node: NodeId | undefined,
  input: string | undefined,
  name: string,
  label: string,
  change: (document: GraphDocument) => GraphDocument | undefined,
): readonly ProblemFix[] {
  const changed = change(document);
  if (changed === undefined || changed === document) return [];
  return [{ name, label, node, input, apply: () => changed }];
}

function connections(at: Place, node: NodeId, input: string): readonly ProblemFix[] {
  const fitting = fittingOutputs(at.document, at.registry, node, input);
  // Among many the user has to choose; a list of guesses is no repair.
  if (fitting.length > 3) return [];
  return fitting.flatMap((from) => {
    const giver = titleOf(at.document, at.registry, from.node);
    const label = texts().running.fixes.connect(giver, from.name);
    const to = { node, name: input };
    return edit(
      at,
      node,
      input,
      `connect ${input} ${from.node} ${from.name}`,
      label,
      (document) => connect(document, at.registry, from, to).document,
    );
  });
}

function unbypass(at: Place, node: NodeId, input: string): readonly ProblemFix[] {
  const source = wiringOf(at.document, at.registry).source(node, input);
  if (source.kind !== 'bypass-gap') return [];
  const label = texts().running.fixes.unbypass(titleOf(at.document, at.registry, source.node));
  return edit(at, node, input, `unbypass ${source.node}`, label, (document) =>
    setMode(document, [source.node], undefined),
  );
}

function cut(at: Place, node: NodeId, input: string): readonly ProblemFix[] {
  const spec = own(wiringOf(at.document, at.registry).sockets(node)?.inputs ?? {}, input);
  if (spec !== undefined && !isWidget(spec) && spec.optional !== true) return [];
  const label = texts().running.fixes.disconnect(input);
  return edit(at, node, input, `disconnect ${input}`, label, (document) =>
    disconnect(document, at.registry, { node, name: input }),
  );
}

function values(at: Place, node: NodeId, input: string): readonly ProblemFix[] {
  const spec = own(wiringOf(at.document, at.registry).sockets(node)?.inputs ?? {}, input);
  if (spec === undefined) return [];
  if (!isWidget(spec)) return connections(at, node, input);
  const stored = own(own(at.document.nodes, node)?.inputs ?? {}, input);
  return nearestValues(spec, stored).map((value) => choice(at.document, node, input, value));
}

function choice(
  document: GraphDocument,
  node: NodeId,
  input: string,
  value: WidgetValue,
): ProblemFix {
  const words = texts().running.fixes;
  const label =
    typeof value === 'number' || typeof value === 'boolean'
      ? words.set(input, String(value))
      : words.choose(value === '' ? '“”' : value);
  const apply = () => setWidget(document, node, input, value);
  return { name: `set ${input} ${String(value)}`, label, node, input, apply };
}

/** The allowed values that lie next to what is stored, the default for what is of another kind. */
function nearestValues(spec: WidgetSpec, stored: unknown): readonly WidgetValue[] {
  if (spec.type === 'INT' || spec.type === 'FLOAT') {
    const number = typeof stored === 'number' ? stored : Number.parseFloat(String(stored));
    if (Number.isNaN(number)) return [spec.default];
    const whole = spec.type === 'INT' ? Math.round(number) : number;
    return [Math.min(spec.max, Math.max(spec.min, whole))];
  }
  if (spec.type !== 'COMBO' || typeof stored !== 'string') return [spec.default];
  const alike = spec.options.find((option) => option.toLowerCase() === stored.toLowerCase());
  return [...new Set([alike ?? spec.default, spec.default])];
}

function replacements(at: Place, node: NodeId): readonly ProblemFix[] {
  const record = own(at.document.nodes, node);
  if (record === undefined) return [];
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(record.type);
  const alike = [...at.registry.values()].filter(({ type, displayName, searchAliases = [] }) =>
    [type, displayName, ...searchAliases].some((name) => plain(name) === wanted),
  );
  return [
    ...alike.slice(0, 2).flatMap((definition) => {
      const label = texts().running.fixes.replace(definition.displayName);
      return edit(at, node, undefined, `replace ${definition.type}`, label, (document) =>
        changeNodes(document, [node], (old) => withReplacement(old, definition)),
      );
    }),
    ...removal(at, node),
  ];
}

function removal(at: Place, node: NodeId): readonly ProblemFix[] {
  return edit(at, node, undefined, 'remove', texts().running.fixes.remove, (document) =>
    removeNodes(document, [node]),
  );
}

function addOutput(at: Place): readonly ProblemFix[] {
  return edit(at, undefined, undefined, 'add-output', texts().running.fixes.addOutput, (document) =>
    withOutputNode(document, at.registry),
  );
}
