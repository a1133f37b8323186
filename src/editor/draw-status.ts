import type { CanvasTheme } from './canvas-theme.js';
import { measures, type NodeGeometry } from './geometry.js';
import type { NodeFace } from './node-face.js';
import type { NodeRunView, NodeStatus } from './run-view.js';
import { drawStatusIcon, type StatusIcon } from './status-icons.js';
import { texts } from '../texts/texts.js';
import { fitText, fonts, textWidth, wrapText } from './text.js';

/** Colour of a node's outline that its state asks for. */
export function statusOutline(run: NodeRunView, theme: CanvasTheme): string | undefined {
  if (run.status?.kind === 'running') return theme.running;
  if (run.status?.kind === 'failed' || run.problems.length > 0) return theme.error;
  return undefined;
}

/** State in words: what stands at the right of the title. */
export function statusText(
  face: Pick<NodeFace, 'mode' | 'isMissing'>,
  status: NodeStatus | undefined,
): { readonly icon: StatusIcon; readonly text: string } | undefined {
  const words = texts().canvas.states;
  if (face.isMissing) return { icon: 'missing', text: words.missing };
  if (face.mode) return { icon: face.mode, text: words[face.mode] };
  switch (status?.kind) {
    case undefined:
      return undefined;
    case 'queued':
      return { icon: 'queued', text: words.queued };
    case 'running':
      return {
        icon: 'running',
        text: status.total > 0 ? `${String(status.done)}/${String(status.total)}` : words.running,
      };
    case 'done':
      return {
        icon: 'done',
        text: status.resumed
          ? words.resumed(status.resumed.kept, status.resumed.passes)
          : formatDuration(status.elapsedMs),
      };
    case 'cached':
      return { icon: 'cached', text: words.cached };
    case 'failed':
      return { icon: 'failed', text: words.failed };
  }
}

/** What a node took, for the line under it: time, bytes, and how often it executed. */
export function costText(cost: NonNullable<NodeRunView['cost']>): string {
  const { elapsedMs, byteLength, times } = cost;
  const often = times > 1 ? ` · ${texts().canvas.states.times(times)}` : '';
  return `${formatDuration(elapsedMs)} · ${formatBytes(byteLength)}${often}`;
}

/** A number of bytes in the unit that suits it. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ${units[unit] ?? ''}`;
}

/** A duration in the unit that suits it. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '<1 ms';
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1000);
  return `${String(minutes)} min ${String(seconds)} s`;
}

/** Draws a node's state: icon and words in the title, a bar along it, and reasons below the body. */
export function drawStatus(
  context: CanvasRenderingContext2D,
  face: NodeFace,
  geometry: NodeGeometry,
  run: NodeRunView,
  theme: CanvasTheme,
  isDetailed: boolean,
  showsTimes: boolean,
): void {
  const { status } = run;
  if (status?.kind === 'running') drawBar(context, geometry, status, theme);
  if (!isDetailed) return;
  const words = statusText(face, status);
  if (words) {
    const color = statusColor(face, status, theme);
    context.font = fonts.small;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillStyle = context.strokeStyle = color;
    const right = geometry.width - 10;
    context.fillText(words.text, right, -measures.title / 2 + 0.5);
    const left = right - textWidth(words.text, 'small') - 17;
    drawStatusIcon(context, words.icon, left, -measures.title / 2 - 6);
  }
  const reasons = [
    ...(status?.kind === 'failed' ? [status.reason] : []),
    ...run.problems.map(({ message }) => message),
  ];
  if (reasons.length > 0) drawNote(context, geometry, reasons, theme.error, theme.errorText);
  else if (run.warnings.length > 0) {
    drawNote(context, geometry, run.warnings, theme.warning, theme.text);
  } else if (showsTimes && run.cost && !geometry.isCollapsed) {
    drawCost(context, geometry, run.cost, run.isStale === true, theme);
  }
}

/** Time and bytes under the node; with a mark when the graph has changed above since. */
function drawCost(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  cost: NonNullable<NodeRunView['cost']>,
  isStale: boolean,
  theme: CanvasTheme,
): void {
  const y = geometry.height + 12;
  context.font = fonts.small;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = context.strokeStyle = theme.textDim;
  const left = isStale ? 20 : 4;
  if (isStale) drawStatusIcon(context, 'stale', 4, y - 6);
  const text = isStale ? `${texts().canvas.states.stale} · ${costText(cost)}` : costText(cost);
  context.fillText(fitText(text, 'small', geometry.width - left), left, y);
}

function statusColor(face: NodeFace, status: NodeStatus | undefined, theme: CanvasTheme): string {
  if (face.isMissing || status?.kind === 'failed') return theme.errorText;
  if (face.mode === 'bypass') return theme.bypass;
  if (face.mode === 'mute') return theme.textDim;
  if (status?.kind === 'running') return theme.running;
  if (status?.kind === 'done') return theme.done;
  return theme.textDim;
}

function drawBar(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  status: Extract<NodeStatus, { kind: 'running' }>,
  theme: CanvasTheme,
): void {
  context.fillStyle = theme.fieldLine;
  context.fillRect(0, -3, geometry.width, 3);
  const share = status.total > 0 ? status.done / status.total : 0;
  context.fillStyle = theme.running;
  context.fillRect(0, -3, geometry.width * Math.min(1, share), 3);
}

/** A strip under the node: at most four lines of the first reasons. */
function drawNote(
  context: CanvasRenderingContext2D,
  geometry: NodeGeometry,
  reasons: readonly string[],
  line: string,
  ink: string,
): void {
  const lines = wrapText(reasons.join('\n'), 'small', geometry.width - 32, 4);
  const top = geometry.height + 6;
  const height = lines.length * 14 + 10;
  context.beginPath();
  context.roundRect(0, top, geometry.width, height, 5);
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.16;
  context.fillStyle = line;
  context.fill();
  context.globalAlpha = alpha;
  context.fillStyle = context.strokeStyle = line;
  drawStatusIcon(context, 'failed', 8, top + 6);
  context.font = fonts.small;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = ink;
  lines.forEach((text, index) => {
    context.fillText(text, 26, top + 12 + index * 14);
  });
}
