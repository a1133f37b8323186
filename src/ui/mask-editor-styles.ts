import { css } from 'lit';

/** The looks of the mask editor. */
export const maskEditorStyles = css`
  cw-dialog {
    --cw-dialog-width: 980px;
    --cw-dialog-height: fit-content;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 232px;
    min-height: 0;
  }
  .stage {
    display: grid;
    place-items: center;
    padding: var(--cw-3);
    background: var(--cw-canvas);
    touch-action: none;
    cursor: none;
    user-select: none;
  }
  .stage.held {
    cursor: grab;
  }
  button.zoom {
    min-width: 28px;
    padding: 0 4px;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .stage:focus-visible {
    outline-offset: -2px;
  }
  canvas {
    display: block;
    width: min(100%, calc((92dvh - 150px) * var(--aspect)));
    aspect-ratio: var(--aspect);
    border-radius: 2px;
  }
  .tools {
    display: grid;
    align-content: start;
    gap: var(--cw-3);
    padding: var(--cw-3);
    border-left: 1px solid var(--cw-line);
    overflow-y: auto;
  }
  fieldset {
    display: grid;
    gap: var(--cw-2);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--cw-1);
    font-size: 12px;
    font-weight: 600;
    color: var(--cw-text-dim);
  }
  .grid {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--cw-1);
  }
  .grid.three {
    grid-template-columns: 1fr 1fr 1fr;
  }
  .grid button,
  .parts button {
    border-color: var(--cw-line);
    padding: 0 6px;
    font-size: 12px;
  }
  .parts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cw-1);
    font-variant-numeric: tabular-nums;
  }
  button[aria-checked='true'],
  button[aria-pressed='true'] {
    border-color: var(--cw-accent);
    background: var(--cw-accent-soft);
  }
  button kbd {
    margin-left: auto;
    border: 0;
    padding: 0;
  }
  label {
    display: grid;
    grid-template-columns: 68px 1fr 40px;
    align-items: center;
    gap: var(--cw-2);
    font-size: 12px;
  }
  label.line {
    grid-template-columns: 1fr 64px;
  }
  input[type='range'] {
    min-width: 0;
    margin: 0;
    accent-color: var(--cw-accent);
  }
  input[type='number'] {
    width: 64px;
    min-height: 28px;
    padding: 0 6px;
    border: 1px solid var(--cw-field-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  output {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  p {
    font-size: 12px;
    color: var(--cw-text-dim);
  }
  .status {
    flex: 1;
    padding: 2px 0;
    font-variant-numeric: tabular-nums;
  }
  @media (max-width: 720px) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .stage {
      padding: var(--cw-2);
    }
    canvas {
      width: min(100%, calc(52dvh * var(--aspect)));
    }
    .tools {
      border-left: 0;
      border-top: 1px solid var(--cw-line);
    }
  }
`;
