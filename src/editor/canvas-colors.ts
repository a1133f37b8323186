/** The colours that nodes and groups can be given: ComfyUI's, as they tint our surfaces. */
export const canvasColors = {
  red: '#c46a6a',
  brown: '#b06634',
  green: '#6fae6f',
  blue: '#6f7fd0',
  paleBlue: '#3f789e',
  cyan: '#4fa8a8',
  purple: '#a1509b',
  yellow: '#b58b2a',
  black: '#5a5f66',
} as const;

/** Name of a colour of the menu. */
export type CanvasColor = keyof typeof canvasColors;

/** Whether a text from a document is a colour that may be drawn: hex digits only. */
export function isDrawableColor(color: string | undefined): color is string {
  return color !== undefined && /^#[0-9a-f]{3,8}$/i.test(color);
}

const shown = new Map<string, string>();

/**
 * A node's or group's colour as it tints a surface: of middle lightness, so that ComfyUI's very dark ones still read as
 * colours, and do not turn a light canvas grey. `color` is one that {@link isDrawableColor} lets pass.
 */
export function tintOf(color: string): string {
  const known = shown.get(color);
  if (known !== undefined) return known;
  const tint = clampLightness(color);
  if (shown.size > 500) shown.clear();
  shown.set(color, tint);
  return tint;
}

function clampLightness(color: string): string {
  const digits = color.slice(1);
  const isShort = digits.length < 6;
  const parts = [0, 1, 2].map((index) => {
    const part = isShort ? digits.charAt(index).repeat(2) : digits.slice(index * 2, index * 2 + 2);
    return Number.parseInt(part || '0', 16) / 255;
  });
  const [high, low] = [Math.max(...parts), Math.min(...parts)];
  const [red = 0, green = 0, blue = 0] = parts;
  const range = high - low;
  const lightness = (high + low) / 2;
  const sixth =
    range === 0
      ? 0
      : high === red
        ? (green - blue) / range
        : high === green
          ? (blue - red) / range + 2
          : (red - green) / range + 4;
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1));
  const light = Math.min(0.62, Math.max(0.45, lightness));
  const percent = (share: number): string => `${String(Math.round(share * 100))}%`;
  return `hsl(${String(Math.round(sixth * 60))} ${percent(saturation)} ${percent(light)})`;
}
