/**
 * A short name of some parts: equal parts have equal names. Quicker than `contentKey`, and good enough to count by: two 32-bit
 * sums (FNV-1a, Fowler, Noll and Vo, from two offsets).
 */
export function forecastKey(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts);
  let first = 0x811c9dc5;
  let second = 0x050c5d1f;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ (code + i), 0x01000193);
  }
  return `${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}`;
}
