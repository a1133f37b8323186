import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const EXAMPLE = fileURLToPath(new URL('../../../graphs/appearance-transfer.json', import.meta.url));

interface SavedGraph {
  title?: string;
  readonly nodes: Readonly<Record<string, SavedNode>>;
}

interface SavedNode {
  type: string;
  readonly inputs: Record<string, unknown>;
  seedControl?: Readonly<Record<string, string>>;
}

/**
 * The example graph as a file called Small, with so few timesteps and no guidance in its inversions that it runs in
 * seconds; on wish with seeds that are drawn anew for each run, so that nothing is found in the cache, and a result that
 * is shown but not kept among the user's pictures.
 */
export async function smallGraph(isForManyRuns = false): Promise<string> {
  const graph = JSON.parse(await readFile(EXAMPLE, 'utf8')) as SavedGraph;
  for (const node of Object.values(graph.nodes)) {
    const { type, inputs } = node;
    if (type === 'DDPMInversion') {
      Object.assign(inputs, { steps: 5, skip_steps: 2, cfg: 1 });
      if (isForManyRuns) node.seedControl = { seed: 'randomize' };
    }
    if (type === 'InjectionSchedule') Object.assign(inputs, { steps: 5, skip_steps: 2 });
    if (type === 'SaveImage' && isForManyRuns) {
      node.type = 'PreviewImage';
      delete inputs['filename_prefix'];
    }
    if (type === 'SelfSegmentationMask') Object.assign(inputs, { step: 1 });
  }
  graph.title = 'Small';
  return JSON.stringify(graph);
}
