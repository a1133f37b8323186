import { contentKey } from './content-key.js';
import type { PlannedNode } from './execution-plan.js';

/** The part of a node's signature that is the same in every pass: type, version, widget values, fingerprint. */
export function baseSignature<Services>(
  { definition, values }: PlannedNode<Services>,
  fingerprint: string | undefined,
): string {
  return contentKey([definition.type, definition.version, values, fingerprint ?? null]);
}

/** What a linked input adds to a signature: the source's signature and output, or the key of a slice. */
export type LinkSignature =
  | readonly [input: string, source: string, output: string, pass?: number]
  | readonly [input: string, slice: { readonly key: string }];

/**
 * Names a node's outputs by how they are computed: equal signatures mean equal outputs. Ids, titles, layout
 * and pass numbers do not enter. `once` makes the signature of a node that must run anew in every run.
 */
export function taskSignature(
  base: string,
  links: readonly LinkSignature[],
  once: string | undefined,
): string {
  return contentKey(once === undefined ? [base, links] : [base, links, once]);
}
