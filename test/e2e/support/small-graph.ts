import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const EXAMPLE = fileURLToPath(new URL('../../../graphs/appearance-transfer.json', import.meta.url));

interface SavedGraph {
  title?: string;
  readonly nodes: Readonly<Record<string, SavedNode>>;
}

interface SavedNode {
  type: string;
  title?: string;
  readonly inputs: Record<string, unknown>;
  seedControl?: Readonly<Record<string, string>>;
}

/** What a small graph is like; its numbers are those of the inversions, the schedule and the masks. */
interface SmallGraphOptions {
  readonly steps?: number;
  readonly skipSteps?: number;
  readonly maskStep?: number;
  /** What the node that gives the result is called. */
  readonly resultTitle?: string;
  /** Seeds are drawn anew for each run, so that nothing is found in the cache; the result is shown but not kept. */
  readonly isForManyRuns?: boolean;
}

/**
 * The example graph as a file called Small, with so few timesteps and no guidance in its inversions that it runs in
 * seconds.
 */
export async function smallGraph({
  steps = 5,
  skipSteps = 2,
  maskStep = 1,
  resultTitle,
  isForManyRuns = false,
}: SmallGraphOptions = {}): Promise<string> {
  const graph = JSON.parse(await readFile(EXAMPLE, 'utf8')) as SavedGraph;
  for (const node of Object.values(graph.nodes)) {
    const { type, inputs } = node;
    if (type === 'VAEDecode' && resultTitle !== undefined) node.title = resultTitle;
    if (type === 'DDPMInversion') {
      Object.assign(inputs, { steps, skip_steps: skipSteps, cfg: 1 });
      if (isForManyRuns) node.seedControl = { seed: 'randomize' };
    }
    if (type === 'InjectionSchedule') Object.assign(inputs, { steps, skip_steps: skipSteps });
    if (type === 'SaveImage' && isForManyRuns) {
      node.type = 'PreviewImage';
      delete inputs['filename_prefix'];
    }
    if (type === 'SelfSegmentationMask') inputs['step'] = maskStep;
  }
  graph.title = 'Small';
  return JSON.stringify(graph);
}
