import { emptyDocument } from '../core/graph/edits.js';
import { loadDocument } from '../core/graph/load.js';
import { own } from '../core/graph/own.js';
import { instantiate, publishable, type PublishedSubgraph } from '../core/graph/publish.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { NodeId } from '../core/graph/types.js';
import { deletePublished, listPublished, savePublished } from '../storage/published-subgraphs.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';

/** The title under which a subgraph is published. */
export function publishedTitle({ key, subgraphs }: PublishedSubgraph): string {
  return (own(subgraphs, key)?.title ?? '').slice(0, 200);
}

/** Reads the published subgraphs for the palette; one that cannot be read is told and passed over. @throws AppError `storage/failed`. */
export async function loadPublished({ store, registry, toasts }: Application): Promise<void> {
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

/** Publishes the subgraph that a node is an instance of, for every graph. @throws AppError `storage/quota`, `storage/failed`. */
export async function publish(application: Application, id: NodeId): Promise<void> {
  const { store, toasts } = application;
  const published = publishable(store.get().document, id);
  if (!published) return;
  const { document } = instantiate(emptyDocument(), published, [0, 0]);
  if (!document) return;
  const title = publishedTitle(published);
  await savePublished({ title, text: serializeDocument(document) });
  await loadPublished(application);
  toasts.note(texts().edits.published(title));
}

/** Withdraws a published subgraph; graphs that use it keep their own copy. @throws AppError `storage/failed`. */
export async function withdraw(application: Application, title: string): Promise<void> {
  await deletePublished(title);
  await loadPublished(application);
}
