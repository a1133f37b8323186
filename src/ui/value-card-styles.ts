import { css } from 'lit';

/** The looks of the value card. */
export const valueCardStyles = css`
  :host {
    position: fixed;
    z-index: 30;
    width: max-content;
    min-width: 180px;
    max-width: min(280px, calc(100vw - 16px));
    padding: var(--cw-2) var(--cw-3) var(--cw-3);
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius-large);
    background: var(--cw-raised);
    box-shadow: var(--cw-shadow);
    font-size: 12px;
  }
  :host([role='tooltip']) {
    pointer-events: none;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--cw-2);
    margin-bottom: var(--cw-1);
  }
  strong {
    flex: 1;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  header button {
    min-width: var(--cw-target, 30px);
    padding: 0;
    margin: -4px -8px -4px 0;
  }
  .stale {
    display: flex;
    gap: 6px;
    margin-bottom: var(--cw-2);
    color: var(--cw-warning);
  }
  canvas {
    display: block;
    width: 100%;
    max-height: 192px;
    margin-bottom: var(--cw-2);
    border-radius: 4px;
    background: var(--cw-canvas);
    object-fit: contain;
  }
  canvas.small {
    image-rendering: pixelated;
  }
  .text {
    max-height: 120px;
    overflow: hidden;
    overflow-wrap: anywhere;
    margin-bottom: var(--cw-2);
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 1px var(--cw-3);
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  dl:empty {
    display: none;
  }
  dt {
    color: var(--cw-text-dim);
  }
  dd {
    margin: 0;
    text-align: right;
    overflow-wrap: anywhere;
  }
  .histogram {
    display: flex;
    align-items: flex-end;
    gap: 1px;
    height: 40px;
    margin-top: var(--cw-2);
    border-bottom: 1px solid var(--cw-line);
  }
  .histogram i {
    flex: 1;
    min-height: 1px;
    border-radius: 1px 1px 0 0;
    background: var(--cw-accent);
  }
`;
