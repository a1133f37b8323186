import { createHistory } from '../core/graph/history.js';
import { loadDocument } from '../core/graph/load.js';
import { texts } from '../texts/texts.js';
import { loadGraph } from '../storage/graphs.js';
import type { Application } from './application.js';
import { wholeGraph } from './whole-graph.js';
import type { OpenGraph } from './workspace-tabs.js';

/**
 * Takes what another window has stored of an open graph. What was done here in the meantime is one step of undo away;
 * while the other window still has the graph it is left on screen.
 * @throws AppError `storage/failed`, `document/*`.
 */
export async function adoptStored(
  application: Application,
  graph: OpenGraph,
  isOursNow: boolean,
): Promise<void> {
  const { registry, store, session, workspace } = application;
  const stored = await loadGraph(graph.id);
  const isShown = store.get().graphId === graph.id;
  if (stored === undefined || stored.text === graph.savedText) {
    // Nothing is newer than what this window has: what was changed here meanwhile is stored now.
    const document = wholeGraph(store.get());
    if (isOursNow && isShown) workspace.stepped({ name: texts().files.takenOver, document });
    return;
  }
  const parked = isShown ? session.park() : graph.parked;
  const hasOwnWork = parked.history.past.length > 0;
  if (hasOwnWork && !isOursNow) return;
  const { document } = loadDocument(stored.text, registry);
  graph.savedText = stored.text;
  if (hasOwnWork && isShown) session.changeWhole(texts().files.takenOver, document);
  else {
    graph.parked = { history: createHistory(document) };
    if (isShown) session.resume(graph.parked, {});
  }
  workspace.refresh();
}

/** Makes this window the one that stores the shown graph. */
export async function takeShownOver(application: Application): Promise<void> {
  const { store, workspace } = application;
  const graph = workspace.find(store.get().graphId);
  if (!graph?.isElsewhere) return;
  await workspace.ownership.takeOver(graph.id);
  graph.isElsewhere = !workspace.ownership.owns(graph.id);
  await adoptStored(application, graph, true);
  workspace.refresh();
}

/** Goes on with the shown graph as a graph of its own; the other window keeps the first one. */
export function copyShown({ store, workspace }: Application): void {
  const { graphId } = store.get();
  const document = wholeGraph(store.get());
  const title = texts().files.copyOf(document.title ?? '');
  const isElsewhere = workspace.find(graphId)?.isElsewhere === true;
  workspace.open({ ...document, title });
  if (isElsewhere) workspace.close(graphId);
}
