/** A rectangle in client pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a bubble lies, and on which of its edges its arrow stands, how far along. */
export interface BubblePlace {
  readonly left: number;
  readonly top: number;
  /** The edge that faces what is pointed at; `none` where there is no room beside it. */
  readonly edge: 'top' | 'bottom' | 'left' | 'right' | 'none';
  /** Pixels from the left or upper end of that edge to the tip of the arrow. */
  readonly arrow: number;
}

/** Between a bubble and what it points at. */
const gap = 14;
/** How near to a corner the arrow comes. */
const corner = 18;

/**
 * Places a bubble beside what it points at, inside `room` and never over one of the `targets`: below them if it can be, else
 * above, to the right, to the left; in a corner where neither goes. Places that leave `free` clear come first.
 */
export function placeBubble(
  size: Pick<Box, 'width' | 'height'>,
  targets: readonly Box[],
  room: Box,
  free?: Box,
): BubblePlace {
  const all = around(targets);
  const anchors = all ? [all, ...(targets.length > 1 ? targets.slice(0, 1) : [])] : [];
  const beside = anchors.flatMap((anchor) => candidates(size, anchor, room));
  const good = beside.filter((place) => isClear({ ...size, ...place }, targets, room));
  const corners = cornersOf(size, room);
  const clear = corners.filter((place) => isClear({ ...size, ...place }, targets, room));
  const best = good.find((place) => !free || !overlap({ ...size, ...place }, free));
  return best ?? good[0] ?? clear[0] ?? corners[0] ?? { left: 0, top: 0, edge: 'none', arrow: 0 };
}

/** The smallest box around others. */
function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return { left, top, width: right - left, height: bottom - top };
}

function candidates(
  { width, height }: Pick<Box, 'width' | 'height'>,
  anchor: Box,
  room: Box,
): readonly BubblePlace[] {
  const [x, y] = [anchor.left + anchor.width / 2, anchor.top + anchor.height / 2];
  const left = clamp(x - width / 2, room.left, room.left + room.width - width);
  const top = clamp(y - height / 2, room.top, room.top + room.height - height);
  const across = clamp(x - left, corner, width - corner);
  const down = clamp(y - top, corner, height - corner);
  return [
    { left, top: anchor.top + anchor.height + gap, edge: 'top', arrow: across },
    { left, top: anchor.top - gap - height, edge: 'bottom', arrow: across },
    { left: anchor.left + anchor.width + gap, top, edge: 'left', arrow: down },
    { left: anchor.left - gap - width, top, edge: 'right', arrow: down },
  ];
}

function cornersOf(
  { width, height }: Pick<Box, 'width' | 'height'>,
  room: Box,
): readonly BubblePlace[] {
  const [right, bottom] = [room.left + room.width - width, room.top + room.height - height];
  const places = [
    [room.left, bottom],
    [right, bottom],
    [right, room.top],
    [room.left, room.top],
  ] as const;
  return places.map(([left, top]) => ({ left, top, edge: 'none', arrow: 0 }));
}

function isClear(box: Box, targets: readonly Box[], room: Box): boolean {
  const isInside =
    box.left >= room.left &&
    box.top >= room.top &&
    box.left + box.width <= room.left + room.width &&
    box.top + box.height <= room.top + room.height;
  return isInside && !targets.some((target) => overlap(box, target));
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
