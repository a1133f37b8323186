import { nothing, svg, type TemplateResult } from 'lit';

/** Where the nodes of a graph lie, in units of a small picture. */
export interface SketchView {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (readonly [x: number, y: number, width: number, height: number])[];
}

/** Draws a graph as boxes, in the colours of nodes; an empty label hides it from screen readers. */
export function renderSketch({ width, height, boxes }: SketchView, label = ''): TemplateResult {
  const margin = 8;
  const box = `${String(-margin)} ${String(-margin)} ${String(width + 2 * margin)} ${String(height + 2 * margin)}`;
  return svg`<svg
    class="sketch"
    viewBox=${box}
    role=${label === '' ? 'presentation' : 'img'}
    aria-label=${label || nothing}
    style="fill: var(--cw-field); stroke: var(--cw-text-dim); stroke-width: 1"
  >
    ${boxes.map(([x, y, w, h]) => svg`<rect x=${x} y=${y} width=${w} height=${h} rx="2"></rect>`)}
  </svg>`;
}
