import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { isWidget, wiringOf, type Wiring } from '../core/graph/wiring.js';
import type { LensAnswer } from '../core/node/lens-answer.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { NodeLens, RunView } from '../editor/run-view.js';
import { texts } from '../texts/texts.js';
import type { RunClient } from '../worker/run-client.js';

/** Sockets of the cross-image step that a lens reads. */
const sockets = [
  ...['model', 'positive', 'samples', 'step', 'schedule', 'appearance', 'appearance_keys'],
  ...['reference_c', 'reference_d', 'reference_e', 'reference_f'],
];

/** A place of a node's picture, by flat id, and the scope whose last run made it. */
export interface LensPlace {
  readonly node: NodeId;
  readonly at: readonly [x: number, y: number];
  readonly scope: string;
  readonly layer: string;
  readonly head: number;
}

/** Wirings of documents that were asked about: a pointer asks many times about one. */
const known = new WeakMap<GraphDocument, Wiring>();

/**
 * What the lens shows, by flat id, for a place of a picture below a cross-image step: nothing for other pictures, while a run goes
 * on, or when the pass is not kept. It looks at the pass that the step's zone shows; of the newest state at one after three fifths.
 */
export async function askLens(
  document: GraphDocument,
  registry: NodeRegistry,
  client: Pick<RunClient, 'lens'>,
  view: RunView,
  { node, at, scope, layer, head }: LensPlace,
): Promise<ReadonlyMap<NodeId, NodeLens> | undefined> {
  const wiring = known.get(document) ?? wiringOf(flatten(document), registry);
  known.set(document, wiring);
  const step = [node, ...above(wiring, node)].find(
    (id) => own(wiring.nodes, id)?.type === 'CrossImageUNetStep',
  );
  const zone = step === undefined ? undefined : wiring.zones.zoneOf.get(step);
  const shown = zone && view.zone(zone.start);
  const source = step === undefined ? undefined : wiring.source(step, 'appearance');
  if (step === undefined || source?.kind !== 'link' || !shown?.passes) return undefined;
  const [first, end] = shown.passes;
  const pass = shown.shown ?? first + Math.floor((end - 1 - first) * 0.6);
  const places = Object.fromEntries(
    sockets.flatMap((name) => {
      const from = wiring.source(step, name);
      return from.kind === 'link'
        ? [[name, { scope, node: from.node, output: from.output, pass }]]
        : [];
    }),
  );
  const settings = settingsOf(wiring, step);
  const answer = await client.lens(places, { at, layer, head, settings });
  if (!answer) return undefined;
  const heat = heatOf(answer);
  const note = answer.told[0] ?? texts().canvas.lens(answer.layers.join(', '), answer.head, pass);
  const seen = [source.node, ...above(wiring, source.node)].filter(
    (id) => view.node(id).pictures.length > 0,
  );
  return new Map<NodeId, NodeLens>([
    ...seen.map((id) => [id, { kind: 'seen', heat, note }] as const),
    [node, { kind: 'asks', at }],
  ]);
}

/** The nodes that a node's values come from, the nearest first. */
function above(wiring: Wiring, node: NodeId): readonly NodeId[] {
  const seen = new Set([node]);
  for (const id of seen) {
    for (const input of Object.keys(own(wiring.nodes, id)?.inputs ?? {})) {
      const source = wiring.source(id, input);
      if (source.kind === 'link') seen.add(source.node);
    }
  }
  seen.delete(node);
  return [...seen];
}

/** The numbers and switches that are set on the node. */
function settingsOf(wiring: Wiring, step: NodeId): Readonly<Record<string, number | boolean>> {
  const inputs = wiring.sockets(step)?.inputs ?? {};
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, spec]) => {
      if (!isWidget(spec)) return [];
      const source = wiring.source(step, name);
      const value = source.kind === 'value' ? source.value : spec.default;
      return typeof value === 'string' ? [] : [[name, value]];
    }),
  );
}

/** A glow as strong as the square root of the attention, whose largest is full: weak shares stay visible. */
function heatOf({ rows, columns, weights }: LensAnswer): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 1e-12);
  const pixels = new ImageData(columns, rows);
  weights.forEach((weight, i) => {
    const share = Math.sqrt(Math.max(0, weight) / largest);
    pixels.data.set([255, 120 + 120 * share, 40 + 140 * share * share, 255 * share], 4 * i);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
