import { join } from 'node:path';
import type { GraphDocument, NodeId, NodeRecord } from '../../src/core/graph/types.js';
import type { Picture } from '../../src/core/node/definition.js';
import { errorText } from '../cli/headless/error-text.js';
import { findNode, linkTo, nodesOfType, setWidgets } from '../cli/headless/document-nodes.js';
import { places, readGraph } from '../cli/headless/project.js';
import type { GraphRunner, RunReport } from '../cli/headless/run-graph.js';
import { runSweep, sweepCells, sweepRows } from '../cli/headless/sweep.js';
import { transferGraph } from '../cli/headless/transfer-graph.js';

/** What a figure is drawn with. */
export interface Easel {
  readonly runner: GraphRunner;
  readonly model: string;
  readonly read: (name: string) => Promise<Picture>;
  readonly signal: AbortSignal;
}

/** Draws a figure: its pictures in rows. @throws Error when a run gives no picture. */
export type Figure = (easel: Easel) => Promise<readonly (readonly (Picture | undefined)[])[]>;

type Rows = Awaited<ReturnType<Figure>>;

const PAIRS = [
  ['giraffe', 'zebra'],
  ['cow', 'leopard'],
] as const;
/** All samples, each in the looks of each. */
const ANIMALS = ['giraffe', 'zebra', 'cow', 'leopard', 'fox', 'deer', 'elephant', 'dinosaur'];
const SEEDS = [42, 1, 2, 3, 4];
/** Points of the giraffe: head, body, leg. */
const POINTS = ['0.68 0.2', '0.42 0.53', '0.49 0.72'];

const file = (name: string): string => `${name}.png`;

/** The consistent transfer between two samples. */
function transfer(model: string, structure: string, appearance: string): Promise<GraphDocument> {
  return transferGraph({
    preset: 'consistent',
    model,
    structure: file(structure),
    appearance: file(appearance),
  });
}

/** Figure 2: structure, appearance, what corresponds, and the appearance's pixels where they correspond. */
async function correspondence({ runner, model }: Easel): Promise<Rows> {
  const rows: (Picture | undefined)[][] = [];
  for (const [structure, appearance] of PAIRS) {
    const base = await transfer(model, structure, appearance);
    const lens = withLens(base, 'Correspondence', {
      image: linkTo(findNode(base, 'Appearance picture'), 'IMAGE'),
      queries_image: linkTo(findNode(base, 'Structure picture'), 'IMAGE'),
      step: 40,
      head: -1,
    });
    const report = await runner.run(onlyFor(lens.document, lens.id));
    const shown = (label: string): Picture => pictureOf(report, lens.id, label);
    const input = (title: string): Picture => pictureOf(report, findNode(base, title), 'pixels');
    rows.push([
      input('Encode structure'),
      input('Encode appearance'),
      shown('places'),
      shown('goes to'),
      shown('warp'),
    ]);
  }
  return rows;
}

/** Figures 3 and 5: where three points of the structure look in itself, in the appearance, and there with contrast. */
async function attention({ runner, model }: Easel): Promise<Rows> {
  const base = await transfer(model, 'giraffe', 'zebra');
  const rows: (Picture | undefined)[][] = [];
  for (const points of POINTS) {
    const lens = withLens(base, 'AttentionMap', {
      queries_image: linkTo(findNode(base, 'Structure picture'), 'IMAGE'),
      appearance_image: linkTo(findNode(base, 'Appearance picture'), 'IMAGE'),
      points,
      step: 40,
      head: -1,
      contrast: 1.67,
    });
    const report = await runner.run(onlyFor(lens.document, lens.id));
    const input = (title: string): Picture => pictureOf(report, findNode(base, title), 'pixels');
    const maps = ['self', 'cross', 'cross with contrast'];
    rows.push([
      input('Encode structure'),
      ...maps.map((label) => pictureOf(report, lens.id, label)),
      input('Encode appearance'),
    ]);
  }
  return rows;
}

/** Figure 6: every structure with every appearance; the first row and column are what went in. */
async function grid({ runner, model, read, signal }: Easel): Promise<Rows> {
  const document = await transfer(model, 'giraffe', 'zebra');
  const cells = sweepCells(document, [
    `Structure picture.image=${ANIMALS.map(file).join(',')}`,
    `Appearance picture.image=${ANIMALS.map(file).join(',')}`,
  ]);
  const swept = sweepRows(await runSweep(runner, cells, () => undefined, signal));
  const animals = await Promise.all(ANIMALS.map((name) => read(file(name))));
  return [[undefined, ...animals], ...swept.map((row, i) => [animals[i], ...row])];
}

/** Figure 10: both pictures, keys and values alone, + contrast, + AdaIN, + guidance. */
async function ablation({ runner, model }: Easel): Promise<Rows> {
  const rows: (Picture | undefined)[][] = [];
  const { document } = await readGraph(join(places.graphs, 'ablation.json'));
  const own = setWidgets(document, findNode(document, 'LoadCheckpoint'), { ckpt_name: model });
  for (const [structure, appearance] of PAIRS) {
    const first = setWidgets(own, findNode(own, 'Structure picture'), { image: file(structure) });
    const pair = setWidgets(first, findNode(first, 'Appearance picture'), {
      image: file(appearance),
    });
    const report = await runner.run(pair);
    const results = nodesOfType(pair, 'PreviewImage').map((id) => pictureOf(report, id));
    const inputs = ['Encode structure', 'Encode appearance'].map((title) =>
      pictureOf(report, findNode(pair, title), 'pixels'),
    );
    rows.push([...inputs, ...results]);
  }
  return rows;
}

/** Figure 11: one pair with five seeds. */
async function seeds({ runner, model, read, signal }: Easel): Promise<Rows> {
  const document = await transfer(model, 'giraffe', 'zebra');
  const list = SEEDS.join(',');
  const varied = `Invert structure.seed=${list}&Invert appearance.seed=${list}`;
  const swept = await runSweep(runner, sweepCells(document, [varied]), () => undefined, signal);
  const inputs = await Promise.all(['giraffe', 'zebra'].map((name) => read(file(name))));
  return sweepRows(swept).map((row) => [...inputs, ...row]);
}

/** The figures by name, in the order in which most work is shared. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  '2-correspondence': correspondence,
  '5-attention': attention,
  '6-grid': grid,
  '10-ablation': ablation,
  '11-seeds': seeds,
};

/** The document with a lens on its two branches. */
function withLens(
  document: GraphDocument,
  type: string,
  inputs: NodeRecord['inputs'],
): { readonly document: GraphDocument; readonly id: NodeId } {
  const id = String(1 + Math.max(...Object.keys(document.nodes).map(Number)));
  const branches = {
    queries: linkTo(findNode(document, 'Structure branch'), 'REFERENCE'),
    appearance: linkTo(findNode(document, 'Appearance branch'), 'REFERENCE'),
  };
  const record = { type, version: 1, inputs: { ...branches, ...inputs } };
  return { id, document: { ...document, nodes: { ...document.nodes, [id]: record } } };
}

/** What a node needs, and the node. */
function onlyFor(document: GraphDocument, id: NodeId): GraphDocument {
  const kept = new Set<NodeId>();
  const visit = (node: NodeId): void => {
    if (kept.has(node)) return;
    kept.add(node);
    for (const value of Object.values(document.nodes[node]?.inputs ?? {})) {
      if (typeof value === 'object') visit(value.link[0]);
    }
  };
  visit(id);
  const nodes = Object.entries(document.nodes).filter(([node]) => kept.has(node));
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** What a node showed in a run. */
function pictureOf(report: RunReport, id: NodeId, label?: string): Picture {
  const shown = report.pictures.get(id);
  const picture = label === undefined ? [...(shown?.values() ?? [])].at(-1) : shown?.get(label);
  if (picture) return picture;
  const { problems, failures } = report.outcome;
  const mistakes = [...problems.map(({ message }) => message), ...failures.map(errorText)];
  throw new Error(mistakes[0] ?? `Node ${id} showed nothing.`);
}
