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
