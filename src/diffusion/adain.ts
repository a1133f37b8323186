/** Added to variances so that a constant channel has a deviation; inside the root, on both sides. method.md 9. */
const EPSILON = 1e-5;

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation (n - 1) of the values where the mask is above one half, or of all. */
function momentsOf(plane: Float32Array, mask: Float32Array | undefined): Moments {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < plane.length; i++) {
    if (mask && (mask[i] ?? 0) <= 0.5) continue;
    count += 1;
    sum += plane[i] ?? 0;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < plane.length; i++) {
    if (mask && (mask[i] ?? 0) <= 0.5) continue;
    squares += ((plane[i] ?? 0) - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / (count - 1) + EPSILON) };
}

/**
 * Gives every channel of `content` the mean and deviation of the same channel of `style`; with masks, statistics
 * are taken inside each mask and values change inside the content's mask alone. `[channels, area]` each, masks
 * `[area]` with at least two pixels above one half. Paper 4.3, method.md 9.
 */
export function adain(
  content: Float32Array,
  style: Float32Array,
  channels: number,
  masks?: { readonly content: Float32Array; readonly style: Float32Array },
): Float32Array {
  const area = content.length / channels;
  const styleArea = style.length / channels;
  const out = new Float32Array(content.length);
  for (let channel = 0; channel < channels; channel++) {
    const plane = content.subarray(channel * area, (channel + 1) * area);
    const stylePlane = style.subarray(channel * styleArea, (channel + 1) * styleArea);
    const from = momentsOf(plane, masks?.content);
    const to = momentsOf(stylePlane, masks?.style);
    for (let i = 0; i < area; i++) {
      const value = plane[i] ?? 0;
      const inside = masks ? (masks.content[i] ?? 0) : 1;
      const moved = ((value - from.mean) / from.deviation) * to.deviation + to.mean;
      out[channel * area + i] = value * (1 - inside) + moved * inside;
    }
  }
  return out;
}

/**
 * Scales and moves every cell of `content` `[channels, cells]` to the deviation and mean of the cells of `style` `[channels, keys]`
 * weighed by the cell's row of `weights` `[cells, keys]`, rows that sum to 1: what attention says of a place takes the place of what
 * the whole picture says. Blended in by `mask` `[cells]`. method.md 16 (Ctrl-X).
 */
export function localMoments(
  { content, style, weights }: Readonly<Record<'content' | 'style' | 'weights', Float32Array>>,
  channels: number,
  mask?: Float32Array,
): Float32Array {
  const cells = content.length / channels;
  const keys = style.length / channels;
  const out = new Float32Array(content.length);
  for (let i = 0; i < out.length; i++) {
    const [cell, channel] = [i % cells, Math.floor(i / cells)];
    const row = weights.subarray(cell * keys, (cell + 1) * keys);
    let mean = 0;
    for (let j = 0; j < keys; j++) mean += (row[j] ?? 0) * (style[channel * keys + j] ?? 0);
    let variance = 0;
    for (let j = 0; j < keys; j++) {
      variance += (row[j] ?? 0) * ((style[channel * keys + j] ?? 0) - mean) ** 2;
    }
    const value = content[i] ?? 0;
    const moved = value * Math.sqrt(variance + EPSILON) + mean;
    const inside = mask?.[cell] ?? 1;
    out[i] = value * (1 - inside) + moved * inside;
  }
  return out;
}
