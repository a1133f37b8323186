import { css, html, svg, type TemplateResult } from 'lit';

/** A socket as it is drawn: its name, its type, and the type's looks. */
export interface DrawnSocket {
  readonly name: string;
  readonly type: string;
  readonly color: string;
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'grid';
  readonly isOptional?: boolean;
}

/** What a small picture of a node shows. */
export interface DrawnNode {
  readonly title: string;
  readonly inputs: readonly DrawnSocket[];
  readonly outputs: readonly DrawnSocket[];
  readonly widgets: readonly { readonly name: string; readonly text: string }[];
}

const outlines: Readonly<Record<DrawnSocket['shape'], string>> = {
  circle: 'M5 1a4 4 0 1 0 0 8 4 4 0 1 0 0-8',
  square: 'M1.500 1.500h7v7h-7z',
  diamond: 'M5 .5 9.500 5 5 9.500.5 5z',
  triangle: 'M1.500 1v8L9 5z',
  hexagon: 'M5 .7 8.800 2.800v4.400L5 9.300 1.200 7.200V2.800z',
  grid: 'M1 1h3.400v3.400H1zM5.600 1H9v3.400H5.600zM1 5.600h3.400V9H1zM5.600 5.600H9V9H5.600z',
};

/** The mark of a socket: a colour and a shape, hollow when the input is optional. */
export function socketMark({ color, shape, isOptional }: DrawnSocket): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 10 10" aria-hidden="true">
    ${svg`<path d=${outlines[shape]} style=${`fill: ${isOptional ? 'none' : color}; stroke: ${color}`} />`}
  </svg>`;
}

/** A node in small, as the canvas would draw it; `label` tells it to those who do not see it. */
export function drawNode(node: DrawnNode, label: string): TemplateResult {
  return html`<div class="node" role="img" aria-label=${label}>
    <div class="title">${node.title}</div>
    <div class="sockets">
      <div>
        ${node.inputs.map((socket) => html`<span>${socketMark(socket)}${socket.name}</span>`)}
      </div>
      <div class="outputs">
        ${node.outputs.map((socket) => html`<span>${socket.name}${socketMark(socket)}</span>`)}
      </div>
    </div>
    ${node.widgets.map(
      ({ name, text }) =>
        html`<div class="widget"><span class="dim">${name}</span><span>${text}</span></div>`,
    )}
  </div>`;
}

/** The styles that {@link drawNode} and {@link socketMark} need. */
export const nodeDrawingStyles = css`
  .node {
    border: 1px solid var(--cw-node-outline);
    border-radius: var(--cw-radius);
    background: var(--cw-node);
    font-size: 11px;
    line-height: 1.3;
    overflow: hidden;
  }
  .node .title {
    padding: 5px 8px;
    background: var(--cw-node-title);
    font-size: 12px;
    font-weight: 600;
  }
  .node .sockets {
    display: flex;
    justify-content: space-between;
    gap: var(--cw-2);
    padding: 4px 0;
  }
  .node .sockets span {
    display: flex;
    align-items: center;
    gap: 5px;
    padding: 2px 6px;
  }
  .node .outputs span {
    justify-content: flex-end;
  }
  .node .widget {
    display: flex;
    justify-content: space-between;
    gap: var(--cw-2);
    margin: 0 6px 4px;
    padding: 2px 6px;
    border: 1px solid var(--cw-field-line);
    border-radius: 4px;
    background: var(--cw-field);
  }
  .node .widget span:last-child {
    max-width: 60%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  svg.mark {
    width: 10px;
    height: 10px;
    stroke-width: 1.2;
  }
`;
