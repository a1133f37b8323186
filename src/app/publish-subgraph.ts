import { contentHash } from '../core/engine/content-key.js';
import { emptyDocument } from '../core/graph/edits.js';
import { own } from '../core/graph/own.js';
import { instantiate, publishable, type PublishedSubgraph } from '../core/graph/publish.js';
import { marked, markOf, publishedContent } from '../core/graph/published-copies.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument, NodeId, PublishedMark } from '../core/graph/types.js';
import { updateInstances, type LostPart } from '../core/graph/update-instances.js';
import { deletePublished, savePublished } from '../storage/published-subgraphs.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { copiesToUpdate, loadPublished, publishedTitle } from './published.js';
import { wholeGraph } from './whole-graph.js';

type Publisher = Pick<Application, 'store' | 'registry' | 'toasts' | 'session'>;

/**
 * Publishes the subgraph that a node is an instance of, for every graph; what was published under its title is
 * replaced, and graphs with copies of that are told. @throws AppError `storage/quota`, `storage/failed`.
 */
export async function publish(application: Publisher, id: NodeId): Promise<void> {
  const { store, toasts, session } = application;
  const { document, publishedSubgraphs } = store.get();
  const found = publishable(document, id);
  if (!found) return;
  const title = publishedTitle(found);
  const before = publishedSubgraphs.find((each) => publishedTitle(each) === title);
  const mark = nextMark(title, contentHash(publishedContent(found)), before && markOf(before));
  const published = marked(found, mark);
  const { document: alone } = instantiate(emptyDocument(), published, [0, 0]);
  if (!alone) return;
  await savePublished({ title, text: serializeDocument(alone) });
  // The copy here is what was published: it must not be told that it is older.
  session.changeWhole(texts().edits.publish(title), withMark(wholeGraph(store.get()), found, mark));
  await loadPublished(application);
  toasts.note(texts().edits.published(title));
}

/** The mark of what is published now; that of the same content stays as it is. */
function nextMark(title: string, content: string, before: PublishedMark | undefined) {
  if (before?.content === content) return before;
  const now = Date.now();
  // A clock that was set back must not make the newer one the older.
  const after = before ? Date.parse(before.at) + 1 : now;
  const at = new Date(Number.isNaN(after) ? now : Math.max(now, after)).toISOString();
  return { title, at, content };
}

function withMark(
  document: GraphDocument,
  { key }: PublishedSubgraph,
  mark: PublishedMark,
): GraphDocument {
  const subgraph = own(document.subgraphs ?? {}, key);
  if (!subgraph) return document;
  const subgraphs = { ...document.subgraphs, [key]: { ...subgraph, published: mark } };
  return { ...document, subgraphs };
}

/** Withdraws a published subgraph; graphs that use it keep their own copy. @throws AppError `storage/failed`. */
export async function withdraw(application: Publisher, title: string): Promise<void> {
  await deletePublished(title);
  await loadPublished(application);
}

/**
 * Puts the newest published subgraphs in the place of the older copies in the shown graph, at all levels: one step of
 * undo. What could not be kept is told, changes made inside a copy included.
 */
export function updateCopies({ store, registry, session, toasts }: Publisher): void {
  const document = wholeGraph(store.get());
  const copies = copiesToUpdate(store.get());
  if (copies.size === 0) return;
  const words = texts().edits;
  const titles = [...new Set([...copies.values()].map(publishedTitle))];
  const edited = [...copies.keys()].filter((key) => isEdited(document, key));
  const { document: updated, count, lost } = updateInstances(document, registry, copies);
  session.changeWhole(words.updateInstances, updated);
  const said = [
    words.updated(count, titles),
    ...(edited.length > 0 ? [words.innerChangesLost] : []),
    ...(lost.length > 0 ? [words.notKept(lostWords(lost))] : []),
  ].join(' ');
  toasts.note(said);
}

/** Whether somebody changed the inside of a copy since it was made. */
function isEdited({ subgraphs = {} }: GraphDocument, key: string): boolean {
  const content = publishedContent({
    format: 'crossweave-subgraph',
    version: 1,
    key,
    subgraphs,
  });
  return own(subgraphs, key)?.published?.content !== contentHash(content);
}

/** The most losses that are named one by one. */
const mostNamed = 4;

function lostWords(lost: readonly LostPart[]): string {
  const words = texts().edits;
  const named = lost
    .slice(0, mostNamed)
    .map(({ kind, node, name }) => words.lost[kind](node, name));
  const more = lost.length - named.length;
  return [...named, ...(more > 0 ? [words.andMore(more)] : [])].join('; ');
}
