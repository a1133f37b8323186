import { isKnown, type OutputForecast } from '../core/forecast/outlook.js';
import type { NodeId } from '../core/graph/types.js';
import { formatBytes } from '../editor/draw-status.js';
import type { RunForecast } from './run-outlook.js';

/** What an output gives in a few characters, such as `1×4×64×64 f32 · 64 KiB`; undefined when nothing is known. */
export function outputNote(output: OutputForecast | undefined): string | undefined {
  if (!isKnown(output)) return undefined;
  const { shape, dtype, byteLength } = output;
  const size = shape?.join('×');
  const form = size && dtype ? `${size} ${dtype}` : (size ?? dtype);
  const bytes = byteLength > 0 ? formatBytes(byteLength) : undefined;
  return [form, bytes].filter((part) => part !== undefined).join(' · ') || undefined;
}

/** The forecast of an output of the flattened graph, for its links. */
export function linkNote(
  forecast: RunForecast | undefined,
  { node, name }: { readonly node: NodeId; readonly name: string },
): string | undefined {
  return outputNote(forecast?.outlook.nodes.get(node)?.outputs.get(name));
}
