import { createHash } from 'node:crypto';
import { runHash } from '../../../src/core/engine/run-hash.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import type { Provider } from './model-library.js';
import { registry } from './project.js';
import type { RunReport } from './run-graph.js';
import { writeInside } from './write-inside.js';

/**
 * Writes `run.json`: what was asked, where it ran, what each node took, the U-Net's work, memory and warnings; of a
 * run that succeeded also the hash of its graph and results.
 */
export async function writeRunJson(
  out: string,
  settings: Readonly<Record<string, unknown>>,
  provider: Provider,
  document: GraphDocument,
  { outcome, milliseconds, nodes, unet, peakMemoryBytes, warnings, pictures }: RunReport,
): Promise<void> {
  const report = {
    outcome: outcome.outcome,
    ...(outcome.outcome === 'success' && { hash: hashOf(document, pictures) }),
    settings,
    provider,
    milliseconds,
    nodes,
    unet,
    peakMemoryBytes,
    warnings,
  };
  await writeInside(out, 'run.json', `${JSON.stringify(report, undefined, 2)}\n`);
}

/** The hash of a graph and of what its output nodes showed. */
function hashOf(document: GraphDocument, pictures: RunReport['pictures']): string {
  const results = [...pictures].flatMap(([node, shown]) =>
    registry.get(document.nodes[node]?.type ?? '')?.outputNode === true
      ? [...shown].map(([label, { width, height, data }]) => ({
          node,
          label,
          width,
          height,
          sha256: createHash('sha256').update(data).digest('hex'),
        }))
      : [],
  );
  return runHash(document, results);
}
