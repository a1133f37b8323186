import type { Resource } from '../core/engine/resource.js';

/** `parts` as a resource that calls `release` when its last claim is given back; the caller owns the first. */
export function claimed<Parts extends { readonly byteLength: number }>(
  parts: Parts,
  release: () => Promise<void>,
): Parts & Resource {
  let claims = 1;
  const resource: Parts & Resource = {
    ...parts,
    retain() {
      claims++;
      return resource;
    },
    dispose() {
      claims--;
      if (claims === 0) void release();
    },
  };
  return resource;
}
