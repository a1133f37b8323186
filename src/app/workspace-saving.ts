import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument } from '../core/graph/types.js';
import { freshGraphId, saveGraph, type GraphEntry } from '../storage/graphs.js';
import { addVersion } from '../storage/graph-versions.js';
import { sketchOf } from '../storage/sketch.js';
import { isChanged, type OpenGraph } from './workspace-tabs.js';

/** Writes open graphs to storage a moment after their last change, with a version for every settled step. */
export interface GraphSaving {
  /** The graph has changed; undefined names a change of the view alone. */
  changed(graph: OpenGraph, step: string | undefined): void;
  /** Writes one graph, or all, now. */
  flush(graph?: OpenGraph): Promise<void>;
  /** Forgets what was to be written of a graph. */
  forget(graph: OpenGraph): void;
}

const autosaveDelayMs = 400;

/** Makes the saving; graphs that another window stores are left alone. */
export function createGraphSaving(on: {
  documentOf(graph: OpenGraph): GraphDocument;
  mayStore(graph: OpenGraph): boolean;
  saved(graph: OpenGraph): void;
  failed(error: unknown): void;
}): GraphSaving {
  const timers = new Map<OpenGraph, ReturnType<typeof setTimeout>>();
  const unsaved = new Set<OpenGraph>();
  const saved = new WeakMap<OpenGraph, GraphDocument>();
  let queue = Promise.resolve();

  function write(graph: OpenGraph): Promise<void> {
    clearTimeout(timers.get(graph));
    timers.delete(graph);
    // One after another, so that an older text never comes after a newer one.
    queue = queue.then(() => store(graph));
    return queue;
  }

  async function store(graph: OpenGraph): Promise<void> {
    if (!on.mayStore(graph)) return;
    const document = on.documentOf(graph);
    const text = serializeDocument(document);
    unsaved.delete(graph);
    if (text === graph.savedText) return;
    const entry = entryOf(graph, document);
    // Steps made while this is written belong to the next version.
    const { steps } = graph;
    graph.steps = [];
    try {
      await saveGraph({ entry, text });
      graph.savedText = text;
      const step = steps.at(-1);
      const before = saved.get(graph);
      saved.set(graph, document);
      if (step !== undefined) {
        const isSame = before?.nodes === document.nodes && before.subgraphs === document.subgraphs;
        await addVersion(graph.id, versionOf(entry, step), text, isSame);
      }
      on.saved(graph);
    } catch (error) {
      graph.steps = [...steps, ...graph.steps];
      unsaved.add(graph);
      on.failed(error);
    }
  }

  return {
    changed(graph, step) {
      if (step !== undefined) graph.steps.push(step);
      clearTimeout(timers.get(graph));
      timers.set(
        graph,
        setTimeout(() => void write(graph), autosaveDelayMs),
      );
    },
    async flush(graph) {
      await Promise.all((graph ? [graph] : [...timers.keys(), ...unsaved]).map(write));
    },
    forget(graph) {
      clearTimeout(timers.get(graph));
      timers.delete(graph);
      unsaved.delete(graph);
    },
  };
}

/** What lists show of a graph. */
export function entryOf(graph: OpenGraph, document: GraphDocument): GraphEntry {
  return {
    id: graph.id,
    title: (document.title ?? '').slice(0, 200),
    createdAt: graph.createdAt,
    savedAt: Date.now(),
    nodeCount: Object.keys(document.nodes).length,
    isChanged: isChanged(graph, document),
    sketch: sketchOf(document),
  };
}

function versionOf({ savedAt, nodeCount, sketch }: GraphEntry, step: string) {
  return { id: freshGraphId(), savedAt, step, nodeCount, isKept: false, sketch };
}
