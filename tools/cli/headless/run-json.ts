import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provider } from './model-library.js';
import type { RunReport } from './run-graph.js';

/** Writes `run.json`: what was asked, where it ran, what each node took, the U-Net's work, memory and warnings. */
export async function writeRunJson(
  out: string,
  settings: Readonly<Record<string, unknown>>,
  provider: Provider,
  { outcome, milliseconds, nodes, unet, peakMemoryBytes, warnings }: RunReport,
): Promise<void> {
  const report = {
    outcome: outcome.outcome,
    settings,
    provider,
    milliseconds,
    nodes,
    unet,
    peakMemoryBytes,
    warnings,
  };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'run.json'), `${JSON.stringify(report, undefined, 2)}\n`);
}
