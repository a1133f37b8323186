import { own } from '../core/graph/own.js';
import type { PublishedSubgraph } from '../core/graph/publish.js';
import { isAssignable, isWidget } from '../core/graph/wiring.js';
import type { AnyNodeDefinition } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { PaletteRequest } from '../editor/host.js';
import { socketStyle } from '../editor/socket-style.js';
import { texts } from '../texts/texts.js';
import type { PaletteEntry } from '../ui/cw-node-palette.js';
import type { DrawnNode, DrawnSocket } from '../ui/node-drawing.js';

/** Every node that can be added, by category and title, and whether the dragged link can end at it. */
export function paletteEntries(
  registry: NodeRegistry,
  request: PaletteRequest,
  isLight: boolean,
  published: readonly PublishedSubgraph[] = [],
): readonly PaletteEntry[] {
  const kinds = [...registry.values()]
    .map((definition) => ({
      type: definition.type,
      title: definition.displayName,
      category: definition.category,
      description: definition.description,
      aliases: definition.searchAliases ?? [],
      isFitting: fits(definition, request.link),
      drawing: drawingOf(definition, isLight),
    }))
    .sort((a, b) => a.category.localeCompare(b.category) || a.title.localeCompare(b.title));
  return [...kinds, ...published.flatMap((each) => publishedEntry(each, request, isLight))];
}

const prefix = 'published:';

/** The published subgraph that an entry of the palette stands for. */
export function publishedBehind(
  entry: string,
  published: readonly PublishedSubgraph[],
): PublishedSubgraph | undefined {
  return published.find((each) => entryOf(each) === entry);
}

function entryOf({ key, subgraphs }: PublishedSubgraph): string {
  return `${prefix}${key}:${own(subgraphs, key)?.title ?? ''}`;
}

/** What a dragged link fits is not looked for: its sockets are known once it is in the graph. */
function publishedEntry(
  published: PublishedSubgraph,
  { link, insert }: PaletteRequest,
  isLight: boolean,
): readonly PaletteEntry[] {
  const subgraph = own(published.subgraphs, published.key);
  if (!subgraph) return [];
  const { title, description = '', inputs, outputs } = subgraph;
  const drawn = (sockets: Readonly<Record<string, { readonly type: string }>>) =>
    Object.entries(sockets).map(([name, { type }]) => drawnSocket(name, { type }, isLight));
  return [
    {
      type: entryOf(published),
      title,
      category: texts().finder.published,
      description,
      aliases: [],
      isFitting: !link && !insert,
      drawing: { title, inputs: drawn(inputs), outputs: drawn(outputs), widgets: [] },
    },
  ];
}

/** A socket's name and type with the looks of its type. */
export function drawnSocket(
  name: string,
  spec: { readonly type: string; readonly optional?: true },
  isLight: boolean,
): DrawnSocket {
  const { color, shape } = socketStyle(spec.type, isLight);
  return { name, type: spec.type, color, shape, ...(spec.optional && { isOptional: true }) };
}

function fits(definition: AnyNodeDefinition, link: PaletteRequest['link']): boolean {
  if (!link) return true;
  return link.side === 'output'
    ? Object.values(definition.inputs).some(({ type }) => isAssignable(link.type, type))
    : Object.values(definition.outputs).some(({ type }) => isAssignable(type, link.type));
}

function drawingOf(definition: AnyNodeDefinition, isLight: boolean): DrawnNode {
  const inputs = Object.entries(definition.inputs);
  return {
    title: definition.displayName,
    inputs: inputs
      .filter(([, spec]) => !isWidget(spec))
      .map(([name, spec]) => drawnSocket(name, spec, isLight)),
    outputs: Object.entries(definition.outputs).map(([name, spec]) =>
      drawnSocket(name, spec, isLight),
    ),
    widgets: inputs.flatMap(([name, spec]) =>
      isWidget(spec) ? [{ name, text: String(spec.default) }] : [],
    ),
  };
}
