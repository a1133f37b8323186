/** An island counts as an object of its own when it has at least this share of the largest one's cells. */
const SHARE = 1 / 3;
/** And at least so many cells: fewer are a stray part of something. */
const FEWEST = 4;

/** How many objects a mask of so many columns shows: its islands of cells above one half, joined by sides, small ones left out. */
export function separateObjects(mask: Float32Array, columns: number): number {
  const seen = new Uint8Array(mask.length);
  const sizes: number[] = [];
  mask.forEach((_value, cell) => {
    const size = islandAt(cell, mask, columns, seen);
    if (size > 0) sizes.push(size);
  });
  const largest = Math.max(0, ...sizes);
  return sizes.filter((size) => size >= Math.max(FEWEST, SHARE * largest)).length;
}

/** Cells of the island around a cell that was not seen before; marks them as seen. */
function islandAt(start: number, mask: Float32Array, columns: number, seen: Uint8Array): number {
  const open = [start];
  let size = 0;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (seen[cell] !== 0 || (mask[cell] ?? 0) <= 0.5) continue;
    seen[cell] = 1;
    size += 1;
    const column = cell % columns;
    if (column > 0) open.push(cell - 1);
    if (column < columns - 1) open.push(cell + 1);
    open.push(cell - columns, cell + columns);
  }
  return size;
}
