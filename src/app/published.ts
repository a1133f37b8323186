import { loadDocument } from '../core/graph/load.js';
import { own } from '../core/graph/own.js';
import { publishable, type PublishedSubgraph } from '../core/graph/publish.js';
import { markOf, outdatedCopies } from '../core/graph/published-copies.js';
import { listPublished } from '../storage/published-subgraphs.js';
import { texts } from '../texts/texts.js';
import type { AppState } from './app-state.js';
import type { Application } from './application.js';
import type { Store } from './store.js';
import type { Toasts } from './toasts.js';
import { wholeGraph } from './whole-graph.js';

/** The title under which a subgraph is published. */
export function publishedTitle({ key, subgraphs }: PublishedSubgraph): string {
  return (own(subgraphs, key)?.title ?? '').slice(0, 200);
}

/** Reads the published subgraphs for the palette; one that cannot be read is told and passed over. @throws AppError `storage/failed`. */
export async function loadPublished({
  store,
  registry,
  toasts,
}: Pick<Application, 'store' | 'registry' | 'toasts'>): Promise<void> {
  const publishedSubgraphs = (await listPublished()).flatMap(({ text }) => {
    try {
      const { document } = loadDocument(text, registry);
      return Object.keys(document.nodes).flatMap((id) => publishable(document, id) ?? []);
    } catch (error) {
      toasts.thrown(error);
      return [];
    }
  });
  store.set({ publishedSubgraphs });
}

/** The copies in the shown graph, at all levels, of what has been published anew since. */
export function copiesToUpdate(state: AppState): ReturnType<typeof outdatedCopies> {
  return outdatedCopies(wholeGraph(state), state.publishedSubgraphs);
}

/**
 * Tells once of each graph that holds older copies, and offers to `update` them; `changed` is called whenever there
 * are others. Ends with the function it gives.
 */
export function watchCopies(
  store: Store<AppState>,
  toasts: Pick<Toasts, 'note'>,
  update: () => void,
  changed: () => void,
): () => void {
  const told = new Set<string>();
  let last = copiesToUpdate(store.get());
  return store.watch((state) => {
    const copies = copiesToUpdate(state);
    if (copies === last) return;
    const isOther = copies.size > 0 || last.size > 0;
    last = copies;
    if (!isOther) return;
    changed();
    const news = [...new Set(copies.values())].filter((newest) => {
      const name = [state.graphId, markOf(newest)?.at, publishedTitle(newest)].join(' ');
      return !told.has(name) && told.add(name);
    });
    if (news.length === 0) return;
    const text = texts().edits.outdated(news.map(publishedTitle));
    toasts.note(text, { label: texts().edits.update, perform: update });
  });
}
