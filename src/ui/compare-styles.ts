import { css } from 'lit';

/** How two compared pictures, the choice of the way and its controls are laid out. */
export const compareStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-height: 240px;
    height: 100%;
  }
  .modes,
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cw-1) var(--cw-2);
    min-height: 44px;
    padding: 0 var(--cw-3);
  }
  .modes button[aria-checked='true'] {
    background: var(--cw-accent-soft);
  }
  .stage {
    position: relative;
    display: grid;
    min-height: 0;
    overflow: hidden;
    background: var(--cw-canvas);
    touch-action: none;
  }
  .stage:focus-visible {
    outline-offset: -2px;
  }
  .stage.sides {
    grid-template-columns: 1fr 1fr;
    gap: var(--cw-2);
  }
  .stage.wipe {
    cursor: ew-resize;
  }
  figure {
    position: relative;
    min-width: 0;
    min-height: 0;
    margin: 0;
    overflow: hidden;
  }
  .stage:not(.sides) figure {
    grid-area: 1 / 1;
  }
  canvas {
    position: absolute;
    inset: var(--cw-2);
    width: calc(100% - 16px);
    height: calc(100% - 16px);
    object-fit: contain;
  }
  canvas.small {
    image-rendering: pixelated;
  }
  input[type='range'] {
    flex: 1;
    min-width: 80px;
    accent-color: var(--cw-accent);
  }
  .name {
    max-width: 34%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
