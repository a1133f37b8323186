import { linksInto } from '../core/graph/links.js';
import { own } from '../core/graph/own.js';
import { isLink, type NodeId } from '../core/graph/types.js';
import { isWidget, wiringOf, type NodeSockets } from '../core/graph/wiring.js';
import type { InputSpec, WidgetSpec } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { RunView } from '../editor/run-view.js';
import { texts } from '../texts/texts.js';
import type {
  InspectedInput,
  InspectedOutput,
  InspectedWidget,
  Inspection,
  LinkedSocket,
} from '../ui/inspector-model.js';
import type { AppState } from './app-state.js';
import { isLight } from './page-look.js';
import { drawnSocket } from './palette-view.js';
import { titleOf } from './view-models.js';

/** What the selected nodes are and have in common; undefined when none is selected. */
export function inspect(
  state: AppState,
  registry: NodeRegistry,
  run: RunView,
): Inspection | undefined {
  const ids = state.selection.filter((id) => own(state.document.nodes, id) !== undefined);
  const [first] = ids;
  if (first === undefined) return undefined;
  return ids.length === 1
    ? inspectOne(state, registry, run, first)
    : inspectSeveral(state, registry, ids);
}

function inspectOne(state: AppState, registry: NodeRegistry, run: RunView, id: NodeId): Inspection {
  const { document } = state;
  const record = document.nodes[id];
  const wiring = wiringOf(document, registry);
  const definition = wiring.registry.get(record?.type ?? '');
  const sockets = wiring.sockets(id) ?? { inputs: {}, outputs: {} };
  const view = run.node(id);
  const problemOf = (input: string): string =>
    view.problems.find((problem) => problem.input === input)?.message ?? '';
  return {
    ids: [id],
    title: titleOf(document, registry, id),
    type: record?.type ?? '',
    category: definition?.category ?? '',
    widgets: widgetsOf(state, registry, [id]).map((widget) => ({
      ...widget,
      problem: problemOf(widget.name),
    })),
    presets: Object.keys(definition?.presets ?? {}),
    inputs: inputsOf(state, registry, id, sockets, problemOf),
    outputs: outputsOf(state, registry, id, sockets),
    warnings: view.warnings,
    hasPictures: view.pictures.length > 0,
    isOutdated: view.isOutdated === true,
    help: definition
      ? {
          description: definition.description,
          equation: definition.equation ?? '',
          source: definition.source ?? '',
          reference: definition.reference ?? '',
          ...exampleOf(definition.example),
        }
      : { description: texts().inspector.missing, equation: '', source: '', reference: '' },
  };
}

/** The template that shows what a node does, in the words of the page's language. */
function exampleOf(name: string | undefined) {
  const words = name === undefined ? undefined : texts().templates[name];
  if (name === undefined || !words) return {};
  const { title, description } = words;
  return { example: { name, title, description, picture: `templates/${name}.jpg` } };
}

function inspectSeveral(
  state: AppState,
  registry: NodeRegistry,
  ids: readonly NodeId[],
): Inspection {
  const [shared = [], ...others] = ids.map((id) =>
    Object.keys(registry.get(state.document.nodes[id]?.type ?? '')?.presets ?? {}),
  );
  return {
    ids,
    title: texts().inspector.several(ids.length),
    type: '',
    category: '',
    widgets: widgetsOf(state, registry, ids),
    presets: shared.filter((preset) => others.every((presets) => presets.includes(preset))),
    inputs: [],
    outputs: [],
    warnings: [],
    hasPictures: false,
    help: undefined,
  };
}

/** The widgets that all the nodes have and no link feeds. */
export function widgetsOf(
  { document, lists }: Pick<AppState, 'document' | 'lists'>,
  registry: NodeRegistry,
  ids: readonly NodeId[],
): readonly InspectedWidget[] {
  const wiring = wiringOf(document, registry);
  const specsOf = (id: NodeId): Readonly<Record<string, InputSpec>> =>
    wiring.sockets(id)?.inputs ?? {};
  const [first, ...others] = ids;
  if (first === undefined) return [];
  return Object.entries(specsOf(first)).flatMap(([name, spec]) => {
    if (!isWidget(spec)) return [];
    const isCommon = others.every((id) => isSameKind(own(specsOf(id), name), spec));
    const values = ids.map((id) => own(document.nodes[id]?.inputs ?? {}, name) ?? spec.default);
    const [value] = values;
    if (!isCommon || values.some(isLink) || value === undefined || isLink(value)) return [];
    const choices =
      spec.type !== 'COMBO'
        ? []
        : spec.source === undefined
          ? spec.options
          : [...spec.options, ...(lists[spec.source] ?? [])];
    const isEqual = values.every((other) => other === value);
    return [{ name, spec, value: isEqual ? value : undefined, choices, problem: '' }];
  });
}

function isSameKind(a: InputSpec | undefined, b: WidgetSpec): boolean {
  return a?.type === b.type && isWidget(a) && String(a.default) === String(b.default);
}

function inputsOf(
  { document }: AppState,
  registry: NodeRegistry,
  id: NodeId,
  { inputs }: NodeSockets,
  problemOf: (input: string) => string,
): readonly InspectedInput[] {
  const stored = document.nodes[id]?.inputs ?? {};
  return Object.entries(inputs).flatMap(([name, spec]) => {
    const value = own(stored, name);
    if (isWidget(spec) && !isLink(value)) return [];
    return [
      {
        drawing: drawnSocket(name, spec, isLight()),
        tooltip: spec.tooltip,
        from: isLink(value)
          ? linked(value.link[0], titleOf(document, registry, value.link[0]), value.link[1])
          : undefined,
        problem: problemOf(name),
      },
    ];
  });
}

function outputsOf(
  { document }: AppState,
  registry: NodeRegistry,
  id: NodeId,
  { outputs }: NodeSockets,
): readonly InspectedOutput[] {
  return Object.entries(outputs).map(([name, spec]) => ({
    drawing: drawnSocket(name, spec, isLight()),
    tooltip: spec.tooltip,
    shape: spec.shape ?? '',
    to: Object.entries(document.nodes).flatMap(([taker, record]) =>
      linksInto(record)
        .filter(({ node, output }) => node === id && output === name)
        .map(({ input }) => linked(taker, titleOf(document, registry, taker), input)),
    ),
  }));
}

function linked(node: NodeId, title: string, socket: string): LinkedSocket {
  return { node, title, socket };
}
