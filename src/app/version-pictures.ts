import { AppError } from '../core/errors.js';
import { isEqual } from '../core/graph/diff.js';
import { parseDocument } from '../core/graph/parse.js';
import type { GraphDocument, NodeRecord } from '../core/graph/types.js';
import type { JournalEntry } from '../storage/journal.js';
import { listVersions, loadVersion, pictureVersions } from '../storage/graph-versions.js';
import { smallPicture } from './small-picture.js';

/** How many of the newest versions are looked at; a run is seldom of an older one. */
const mostLooked = 8;

/** The longest side of a version's picture, in pixels. */
const side = 96;

/**
 * Gives the versions of a graph that mean what a run was given the picture that came out, else the last look at its passes.
 * A run without pictures changes nothing. @throws AppError `storage/quota`, `storage/failed`.
 */
export async function keepVersionPicture(
  graph: string,
  document: GraphDocument,
  { pictures, passes }: Pick<JournalEntry, 'pictures' | 'passes'>,
): Promise<void> {
  const found = pictures.at(-1)?.file ?? passes.at(-1)?.file;
  if (!found) return;
  const wanted = meaningOf(document);
  const versions = new Set<string>();
  for (const { id } of (await listVersions(graph)).slice(0, mostLooked)) {
    const text = await loadVersion(graph, id);
    if (text !== undefined && isEqual(meaningOfText(text), wanted)) versions.add(id);
  }
  if (versions.size > 0) await pictureVersions(graph, versions, await smallPicture(found, side));
}

/** What a graph computes: neither places nor titles. */
function meaningOf({ nodes, subgraphs = {} }: Pick<GraphDocument, 'nodes' | 'subgraphs'>): unknown {
  const plain = (records: Readonly<Record<string, NodeRecord>>) =>
    Object.fromEntries(
      Object.entries(records).map(([id, { title: _title, ...record }]) => [id, record]),
    );
  const parts = Object.entries(subgraphs).map(([key, { inputs, outputs, nodes: inner }]) => [
    key,
    { inputs, outputs, nodes: plain(inner) },
  ]);
  return { nodes: plain(nodes), subgraphs: Object.fromEntries(parts) as unknown };
}

/** The same of a version's text; undefined for one that this version of the program cannot read. */
function meaningOfText(text: string): unknown {
  try {
    return meaningOf(parseDocument(text));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
