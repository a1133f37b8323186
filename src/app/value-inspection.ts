import { flatSocket, type SocketPlace } from '../core/graph/flat-places.js';
import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { InspectedValue } from '../core/node/value-description.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { HoverTarget } from '../editor/host.js';
import type { RunView } from '../editor/run-view.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';
import { titleOf } from './view-models.js';
import { wholeGraph } from './whole-graph.js';

/** Shows the values of sockets: what a run left there, read when it is asked for and never computed. */
export interface ValueInspection {
  /** Shows the value under the pointer as long as it rests there. */
  hover(target: HoverTarget | undefined): void;
  /** Shows a value until it is closed. */
  show(target: HoverTarget): void;
  close(): void;
}

/** Where a socket's value comes from, in the flattened document. */
interface Source {
  readonly node: NodeId;
  readonly output: string;
  readonly type: string;
}

/** Makes the inspection; `view` tells by flat ids which pass a zone shows and what has become stale. */
export function createValueInspection(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: Pick<RunClient, 'inspect'>,
  view: RunView,
): ValueInspection {
  let asked = 0;

  async function open(target: HoverTarget, isPinned: boolean): Promise<void> {
    const { node, side, name, at } = target;
    const { document, graphId, path } = store.get();
    const question = ++asked;
    const whole = wholeGraph(store.get());
    const flat = flatten(whole);
    const reader = flatSocket(whole, path, target);
    const source = reader && sourceOf(flat, registry, reader);
    const shown = {
      node,
      side,
      name,
      title: `${titleOf(document, registry, node)} · ${name}`,
      at,
      isPinned,
      isStale: typeof source === 'object' && view.node(source.node).isStale === true,
    };
    if (reader === undefined || source === undefined) {
      store.set({ shownValue: { ...shown, value: { kind: 'unlinked' } } });
      return;
    }
    if (typeof source === 'string') {
      const description = { type: '', text: source, facts: [] };
      store.set({
        shownValue: { ...shown, value: { kind: 'kept', pass: undefined, description } },
      });
      return;
    }
    store.set({ shownValue: { ...shown, value: undefined } });
    const pass = passOf(flat, registry, view, reader, source);
    const place = { scope: graphId, node: source.node, output: source.output };
    const value = await client.inspect(
      pass === undefined ? place : { ...place, pass },
      source.type,
    );
    // The pointer may have moved on while the thread was looking.
    if (question !== asked) return;
    store.set({ shownValue: { ...shown, value: withSeed(value, flat, source.node) } });
  }

  const close = (): void => {
    asked += 1;
    if (store.get().shownValue !== undefined) store.set({ shownValue: undefined });
  };
  return {
    hover(target) {
      if (store.get().shownValue?.isPinned === true) return;
      if (target === undefined) close();
      else void open(target, false);
    },
    show(target) {
      void open(target, true);
    },
    close,
  };
}

/** The output that a socket's value comes from, the text of a value that is set on the node, or nothing. */
function sourceOf(
  document: GraphDocument,
  registry: NodeRegistry,
  { node, side, name }: SocketPlace,
): Source | string | undefined {
  const wiring = wiringOf(document, registry);
  if (side === 'output') {
    const type = own(wiring.sockets(node)?.outputs ?? {}, name)?.type;
    return type === undefined ? undefined : { node, output: name, type };
  }
  const source = wiring.source(node, name);
  if (source.kind === 'link') return source;
  return source.kind === 'value' ? String(source.value) : undefined;
}

/** The pass that the zone around the value shows; for what is sliced, the one of the zone around its reader. */
function passOf(
  document: GraphDocument,
  registry: NodeRegistry,
  view: RunView,
  { node, side, name }: SocketPlace,
  source: Source,
): number | undefined {
  const wiring = wiringOf(document, registry);
  const { zoneOf, byBoundary } = wiring.zones;
  const opened = byBoundary.get(source.node);
  const around = opened?.start === source.node ? opened : zoneOf.get(source.node);
  if (around) return view.zone(around.start)?.shown;
  const spec = own(wiring.sockets(node)?.inputs ?? {}, name);
  const reader = side === 'input' && spec && 'slice' in spec ? zoneOf.get(node) : undefined;
  const zone = reader && view.zone(reader.start);
  if (!zone?.passes || zone.finished === 0) return undefined;
  return zone.shown ?? zone.passes[0] + zone.finished - 1;
}

/** An inversion does not hold its seed; the node that made it does. */
function withSeed(value: InspectedValue, document: GraphDocument, node: NodeId): InspectedValue {
  const seed = own(own(document.nodes, node)?.inputs ?? {}, 'seed');
  if (value.kind !== 'kept' || typeof seed !== 'number') return value;
  const { description } = value;
  return {
    ...value,
    description: { ...description, facts: [...description.facts, ['seed', seed]] },
  };
}
