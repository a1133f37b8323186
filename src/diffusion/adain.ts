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
