import { resolve } from 'node:path';
import type { RunEvent } from '../../../src/core/engine/events.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import { errorText } from './error-text.js';
import { createDiskModels, type Provider } from './model-library.js';
import { createDiskPictures, type DiskPictures } from './picture-store.js';
import { createProgressLine } from './progress-line.js';
import { places, registry } from './project.js';
import { runGraph, type RunReport } from './run-graph.js';

/** How a command runs a graph. */
export interface SessionOptions {
  readonly out: string;
  readonly provider: Provider;
  /** Threads of one forward; as many as onnxruntime chooses when absent. */
  readonly threads?: number;
  /** Addresses of models that the user typed. */
  readonly addresses?: readonly string[];
  /** Whether saved pictures replace older ones. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** A finished run and the store it wrote to. */
export interface Session {
  readonly report: RunReport;
  readonly pictures: DiskPictures;
}

/** Runs a graph with the project's nodes, models and samples, showing progress on a terminal. */
export async function runSession(
  document: GraphDocument,
  { out, provider, threads, addresses = [], replace, signal, onEvent }: SessionOptions,
): Promise<Session> {
  const cwd = process.cwd();
  const pictures = createDiskPictures({
    cwd,
    samples: places.samples,
    out: resolve(cwd, out),
    replace,
    graph: { document, registry },
  });
  const models = createDiskModels({
    cwd,
    models: places.models,
    provider,
    addresses,
    ...(threads !== undefined && { threads }),
  });
  const line = createProgressLine(document, process.stderr);
  const report = await runGraph(document, {
    registry,
    models,
    pictures,
    signal,
    onEvent: (event) => {
      line.take(event);
      onEvent?.(event);
    },
  });
  line.clear();
  return { report, pictures };
}

/** Tells on stderr what went wrong and what to know; the exit code of the outcome. */
export function tellOutcome({ outcome, warnings }: RunReport): number {
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  for (const problem of outcome.problems) console.error(problem.message);
  for (const failure of outcome.failures) console.error(errorText(failure));
  if (outcome.outcome === 'interrupted') console.error('Stopped.');
  return { success: 0, error: 1, interrupted: 130 }[outcome.outcome];
}
