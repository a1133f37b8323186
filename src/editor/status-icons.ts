/** Small line drawings of 12 by 12 units for states, drawn with round 1.6-unit strokes. */
const paths = {
  queued: 'M3 2h6M3 10h6M4 2v1.5L6 6l2-2.5V2M4 10V8.5L6 6l2 2.5V10',
  running: 'M4 2.5v7l5.5-3.5z',
  done: 'M2.5 6.5l2.5 2.5 4.5-6',
  cached: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M6 3.5V6l1.8 1.2',
  failed: 'M6 1.5L11 10.5H1zM6 5v2.2M6 8.9v.1',
  mute: 'M2 2l8 8M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9',
  bypass: 'M1.5 7.5c2-5 7-5 9 0M10.7 4.3L10.5 7.5 7.4 7.2',
  stale: 'M10 6a4 4 0 1 1-1.2-2.8M10 1.5v2.3H7.7',
  pin: 'M4.5 1.5h3l.4 4 1.6 1.6H2.5l1.6-1.6zM6 7.1v4',
  subgraph: 'M1.5 1.5h6v6h-6zM4.5 7.5v3h6v-6h-3',
  missing: 'M4.2 4.2a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.3M6 9.6v.1',
} as const;

/** A state that has an icon. */
export type StatusIcon = keyof typeof paths;

const drawn = new Map<StatusIcon, Path2D>();

/** Draws a state's icon with its top left at `x`, `y`, in the current stroke style. */
export function drawStatusIcon(
  context: CanvasRenderingContext2D,
  icon: StatusIcon,
  x: number,
  y: number,
): void {
  let path = drawn.get(icon);
  if (!path) {
    path = new Path2D(paths[icon]);
    drawn.set(icon, path);
  }
  context.save();
  context.translate(x, y);
  context.lineWidth = 1.6;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke(path);
  context.restore();
}
