/** Colours of the canvas, read from the page's theme. */
export interface CanvasTheme {
  readonly isLight: boolean;
  readonly canvas: string;
  readonly grid: string;
  readonly node: string;
  readonly title: string;
  readonly outline: string;
  readonly field: string;
  readonly fieldLine: string;
  readonly fieldFill: string;
  readonly text: string;
  readonly textDim: string;
  readonly accent: string;
  readonly running: string;
  readonly done: string;
  readonly warning: string;
  readonly error: string;
  readonly errorText: string;
  readonly bypass: string;
  readonly zone: string;
}

const properties: Readonly<Record<Exclude<keyof CanvasTheme, 'isLight'>, string>> = {
  canvas: '--cw-canvas',
  grid: '--cw-canvas-grid',
  node: '--cw-node',
  title: '--cw-node-title',
  outline: '--cw-node-outline',
  field: '--cw-field',
  fieldLine: '--cw-field-line',
  fieldFill: '--cw-field-fill',
  text: '--cw-text',
  textDim: '--cw-text-dim',
  accent: '--cw-accent',
  running: '--cw-running',
  done: '--cw-done',
  warning: '--cw-warning',
  error: '--cw-error',
  errorText: '--cw-error-text',
  bypass: '--cw-bypass',
  zone: '--cw-zone',
};

/** Reads the theme that holds at an element; a missing property gives the dark theme's grey. */
export function readCanvasTheme(element: Element): CanvasTheme {
  const style = getComputedStyle(element);
  const colours = Object.fromEntries(
    Object.entries(properties).map(([key, property]) => [
      key,
      style.getPropertyValue(property).trim() || '#888888',
    ]),
  ) as Record<keyof typeof properties, string>;
  return { ...colours, isLight: style.colorScheme === 'light' };
}
