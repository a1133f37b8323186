import { kmeans } from '../../../src/tensor/kmeans.js';
import {
  maskOf,
  nameClusters,
  type NamedClusters,
  type Noun,
} from '../../../src/diffusion/self-segmentation.js';
import { openGolden, type GoldenFile } from './golden-file.js';
import { absoluteRow, type Row } from './row.js';

interface Scored {
  readonly nouns?: readonly RecordedNoun[];
  readonly scores: readonly (readonly number[])[];
  readonly mean_score: number;
  readonly threshold: number;
}

interface RecordedNoun {
  readonly word: string;
  readonly token: number;
}

interface Case extends Scored {
  readonly case: number;
  readonly name: string;
  readonly nouns: readonly RecordedNoun[];
  readonly object_nouns: readonly string[];
  readonly error: string | null;
}

interface Meta {
  readonly real: Readonly<Record<string, Scored & { readonly inertia: number }>>;
  readonly real_nouns: readonly RecordedNoun[];
  readonly object_nouns: readonly string[];
  readonly cases: readonly Case[];
  readonly kmeans_easy: { readonly k: number; readonly inertia: number };
}

const CLUSTERS = 5;
const FACTOR = 1.4;
const SEED = 1;
const RESTARTS = 10;

type Golden = GoldenFile<Meta>;

function toNoun({ word, token }: RecordedNoun): Noun {
  return { text: word, tokens: [token] };
}

/** Names recorded clusters and compares scores, threshold and mask. */
function decisionRows(
  name: string,
  golden: Golden,
  arrays: { readonly labels: string; readonly map: string; readonly mask: string },
  nouns: readonly Noun[],
  wanted: readonly string[],
  expected: Scored,
): readonly Row[] {
  const labels = golden.u8(arrays.labels);
  const [height = 0, width = 0] = golden.shape(arrays.labels);
  const map = { values: golden.f32(arrays.map), rows: height / 2, columns: width / 2 };
  const size = [height, width] as const;
  const named: NamedClusters = nameClusters(labels, CLUSTERS, map, nouns, FACTOR, size);
  const mask = maskOf(labels, named, (noun) => wanted.includes(nouns[noun]?.text ?? ''));
  const found = [...named.scores.flat(), named.meanScore, named.threshold];
  const recorded = [...expected.scores.flat(), expected.mean_score, expected.threshold];
  return [
    absoluteRow(`${name}: scores`, found, recorded, 1e-5),
    absoluteRow(`${name}: mask`, mask, golden.u8(arrays.mask), 0),
  ];
}

/** Whether two labelings are the same partition: 0, or the number of points that disagree. */
function disagreement(found: Uint8Array, expected: Uint8Array): number {
  const partner = new Map<number, number>();
  found.forEach((label, i) => {
    if (!partner.has(label)) partner.set(label, expected[i] ?? -1);
  });
  return found.reduce((sum, label, i) => sum + (partner.get(label) === expected[i] ? 0 : 1), 0);
}

async function clusterRows(golden: Golden): Promise<readonly Row[]> {
  const signal = new AbortController().signal;
  const rows: Row[] = [];
  if (golden.has('kmeans_easy/points')) {
    const { k } = golden.meta.kmeans_easy;
    const [count = 0] = golden.shape('kmeans_easy/points');
    const options = { clusters: k, restarts: RESTARTS, seed: SEED };
    const easy = await kmeans(golden.f32('kmeans_easy/points'), count, options, signal);
    const wrong = disagreement(easy.labels, golden.u8('kmeans_easy/labels'));
    rows.push(absoluteRow('k-means, separated points: labels', [wrong], [0], 0));
  }
  for (const [picture, { inertia }] of Object.entries(golden.meta.real)) {
    const name = `real/${picture}/self_probs_head_mean`;
    const [count = 0] = golden.shape(name);
    const options = { clusters: CLUSTERS, restarts: RESTARTS, seed: SEED };
    const found = await kmeans(golden.f32(name), count, options, signal);
    const excess = Math.max(0, found.inertia / inertia - 1);
    rows.push(absoluteRow(`k-means, ${picture}: excess inertia`, [excess], [0], 0.02));
  }
  return rows;
}

/** `segmentation`: k-means by its inertia; scores, threshold and masks from recorded clusters. */
export async function segmentationRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<Meta>(directory, 'segmentation');
  if (!golden) return undefined;
  const { real, real_nouns, object_nouns, cases } = golden.meta;
  const rows = [...(await clusterRows(golden))];
  for (const [picture, expected] of Object.entries(real)) {
    const folder = `real/${picture}`;
    const side = golden.names.find((name) => name.startsWith(`${folder}/mask_`))?.split('_')[1];
    const arrays = {
      labels: `${folder}/labels_${side ?? ''}`,
      map: `${folder}/cross_probs_head_mean`,
      mask: `${folder}/mask_${side ?? ''}`,
    };
    const nouns = real_nouns.map(toNoun);
    rows.push(...decisionRows(`real, ${picture}`, golden, arrays, nouns, object_nouns, expected));
  }
  for (const one of cases) {
    // Without nouns the reference fails; ours refuses the noun before it comes so far.
    if (one.error !== null) continue;
    const folder = `case${String(one.case)}`;
    const arrays = {
      labels: `${folder}/clusters`,
      map: `${folder}/cross_probs_head_mean`,
      mask: `${folder}/mask`,
    };
    const nouns = one.nouns.map(toNoun);
    rows.push(...decisionRows(one.name, golden, arrays, nouns, one.object_nouns, one));
  }
  return rows;
}
