import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { AnyNodeDefinition } from '../core/node/definition.js';
import type { FormField, FormSection, FormSheet } from '../ui/form-model.js';
import type { InspectedWidget } from '../ui/inspector-model.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { widgetsOf } from './inspector-view.js';
import { titleOf } from './view-models.js';

/** What the form shows of the graph that is drawn. */
export function formSheet({ registry, runs }: Application, state: AppState): FormSheet {
  const { document, problems, isRunning, progress } = state;
  const kinds = wiringOf(document, registry).registry;
  const sections: (FormSection & { readonly rank: number })[] = [];
  const results: FormSheet['results'][number][] = [];
  for (const id of inReadingOrder(document)) {
    const record = document.nodes[id];
    const definition = kinds.get(record?.type ?? '');
    if (!definition || record?.mode === 'mute') continue;
    const title = titleOf(document, registry, id);
    const section = sectionOf(state, definition, id, title, widgetsOf(state, registry, [id]));
    if (section) sections.push(section);
    const pictures = definition.outputNode ? runs.picturesOf(id) : [];
    if (pictures.length > 0) results.push({ node: id, title, pictures });
  }
  return {
    sections: sections.sort((a, b) => a.rank - b.rank),
    results,
    isRunning,
    progress: progress && {
      share: progress.share,
      text: [progress.text, progress.left].filter((part) => part !== '').join(' · '),
    },
    problems: problems.map(({ message }) => message),
  };
}

/** Whether the form offers an input: as was chosen, else when most people want it. */
export function isInForm(
  document: GraphDocument,
  definition: AnyNodeDefinition,
  id: NodeId,
  widget: InspectedWidget,
): boolean {
  const chosen = own(own(document.layout.nodes, id)?.form ?? {}, widget.name);
  // An empty text is one that nobody needs; a picture that is not chosen yet keeps the graph from running.
  const isAsked = widget.value !== '' || namesPicture(widget);
  return chosen ?? (isAsked && rankOf(definition, widget) < unwanted);
}

function sectionOf(
  { document, pictures }: AppState,
  definition: AnyNodeDefinition,
  id: NodeId,
  title: string,
  widgets: readonly InspectedWidget[],
): (FormSection & { readonly rank: number }) | undefined {
  const fields = widgets.map((widget): FormField => {
    const isPicture = namesPicture(widget);
    const shown = isPicture ? pictures.find(({ name }) => name === widget.value) : undefined;
    return {
      widget,
      isShown: isInForm(document, definition, id, widget),
      isPicture,
      url: shown?.url ?? '',
    };
  });
  if (fields.length === 0) return undefined;
  const rank = Math.min(...widgets.map((widget) => rankOf(definition, widget)));
  const presets = definition.presets ?? {};
  const values = new Map(widgets.map(({ name, value }) => [name, value]));
  const equal = Object.entries(presets).find(([, preset]) =>
    Object.entries(preset).every(([name, value]) => values.get(name) === value),
  );
  return {
    node: id,
    title,
    presets: Object.keys(presets),
    preset: equal?.[0] ?? '',
    fields,
    rank,
  };
}

const unwanted = 9;

/** The place of an input in the form; {@link unwanted} for what few people change. */
function rankOf({ outputs }: AnyNodeDefinition, widget: InspectedWidget): number {
  const { name, spec } = widget;
  if (namesPicture(widget)) return 0;
  if (spec.type === 'STRING' && spec.multiline === true) return 1;
  if (/^(guidance|contrast)$/.test(name)) return 2;
  // The seed of a mask only decides how its parts are told apart.
  const isOfMask = Object.values(outputs).some(({ type }) => type === 'MASK');
  if (/(^|_)seed$/.test(name) && !isOfMask) return 3;
  if (spec.type === 'COMBO' && spec.source === 'models') return 4;
  return unwanted;
}

function namesPicture({ spec }: InspectedWidget): boolean {
  return spec.type === 'COMBO' && spec.source === 'pictures';
}

/** Top to bottom in columns from left to right, as the graph is drawn. */
function inReadingOrder({ nodes, layout }: GraphDocument): readonly NodeId[] {
  const place = (id: NodeId) => own(layout.nodes, id)?.pos ?? ([0, 0] as const);
  return Object.keys(nodes).sort((a, b) => {
    const [[ax, ay], [bx, by]] = [place(a), place(b)];
    return ax - bx || ay - by;
  });
}
