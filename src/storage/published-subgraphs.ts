import { del, entries, set } from 'idb-keyval';
import { database, guarded } from './database.js';

/** A subgraph that the user published as a node, as the text of a graph that holds one instance of it. */
export interface StoredSubgraph {
  readonly title: string;
  readonly text: string;
}

/** The published subgraphs by title. @throws AppError `storage/failed`. */
export async function listPublished(): Promise<readonly StoredSubgraph[]> {
  const found = await guarded(() => entries<string, string>(database('published-subgraphs')));
  return found
    .map(([title, text]) => ({ title, text }))
    .sort((a, b) => a.title.localeCompare(b.title));
}

/** Publishes a subgraph under its title; one of that title is replaced. @throws AppError `storage/quota`, `storage/failed`. */
export async function savePublished({ title, text }: StoredSubgraph): Promise<void> {
  await guarded(() => set(title, text, database('published-subgraphs')));
}

/** Withdraws a published subgraph; graphs that use it keep their own copy. @throws AppError `storage/failed`. */
export async function deletePublished(title: string): Promise<void> {
  await guarded(() => del(title, database('published-subgraphs')));
}
