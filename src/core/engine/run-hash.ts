import { flatten } from '../graph/flatten.js';
import type { GraphDocument, NodeId } from '../graph/types.js';
import { contentHash } from './content-key.js';

/** A picture that a run gave, by the SHA-256 of its RGBA bytes. */
export interface HashedPicture {
  readonly node: NodeId;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
}

/**
 * Names what a run computed: SHA-256 over what its graph asked for (types, versions, values and links; not titles and
 * places) and over the bytes of its results, in hex. Two runs with the same hash had the same graph and gave the same
 * pictures, wherever they ran and whatever they took from before.
 */
export function runHash(document: GraphDocument, pictures: readonly HashedPicture[]): string {
  const asked = Object.entries(flatten(document).nodes).map(
    ([id, { type, version, inputs, mode, carried }]) => [
      id,
      { type, version, inputs, mode, carried },
    ],
  );
  const given = pictures
    .map(({ node, label, width, height, sha256 }) => [node, label, width, height, sha256].join(' '))
    .sort();
  return contentHash([Object.fromEntries(asked), given]);
}
