import { css } from 'lit';

/** The looks of the timeline dock. */
export const timelineStyles = css`
  :host {
    --cw-source-c: #b79af0;
    --cw-source-d: #63c2a4;
    --cw-source-e: #e58fb1;
    --cw-source-f: #c3b755;
    display: block;
    max-height: 64dvh;
    overflow-y: auto;
    padding: var(--cw-2) var(--cw-3) var(--cw-3);
    border-top: 1px solid var(--cw-line);
    background: var(--cw-surface);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cw-1) var(--cw-2);
    margin-bottom: var(--cw-2);
    font-size: 12px;
  }
  h2 {
    font-size: 13px;
    margin-right: var(--cw-2);
  }
  select,
  input[type='number'] {
    min-height: 28px;
    padding: 0 6px;
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  input[type='number'] {
    width: 52px;
  }
  button {
    min-height: 28px;
    font-size: 12px;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--cw-text-dim);
  }
  .brushes {
    display: inline-flex;
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    overflow: hidden;
  }
  .brushes button {
    border-radius: 0;
    color: var(--cw-text-dim);
  }
  .brushes button[aria-checked='true'] {
    background: var(--cw-hover);
    color: var(--cw-text);
    font-weight: 600;
  }
  .brushes i {
    width: 10px;
    height: 10px;
    border-radius: 3px;
    border: 1px solid var(--cw-text-dim);
  }
  .brushes .appearance {
    background: var(--cw-appearance);
    border-color: var(--cw-appearance);
  }
  .brushes .structure {
    border-color: var(--cw-structure);
    background: repeating-linear-gradient(
      135deg,
      var(--cw-structure) 0 2px,
      color-mix(in srgb, var(--cw-structure) 55%, var(--cw-surface)) 2px 4px
    );
  }
  .brushes .c {
    background: var(--cw-source-c);
    border-color: var(--cw-source-c);
  }
  .brushes .d {
    background: var(--cw-source-d);
    border-color: var(--cw-source-d);
  }
  .brushes .e {
    background: var(--cw-source-e);
    border-color: var(--cw-source-e);
  }
  .brushes .f {
    background: var(--cw-source-f);
    border-color: var(--cw-source-f);
  }
  button[aria-pressed='true'] {
    background: var(--cw-accent-soft);
    border-color: var(--cw-accent);
  }
  .numbers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cw-1) var(--cw-3);
    min-height: 28px;
    margin-top: var(--cw-1);
    font-size: 12px;
    color: var(--cw-text-dim);
  }
  .numbers input[type='number'] {
    width: 64px;
  }
  .numbers fieldset {
    display: inline-flex;
    align-items: center;
    gap: var(--cw-1) var(--cw-2);
    margin: 0;
    padding: 0;
    border: 0;
  }
  .numbers legend {
    float: left;
    padding: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .side {
    min-width: 28px;
    font-weight: 600;
    border-color: var(--cw-line);
  }
  .live[aria-pressed='true'] {
    background: var(--cw-accent-soft);
    color: var(--cw-text);
    border-color: var(--cw-accent);
  }
  .live {
    border-color: var(--cw-line);
  }
  .rest {
    flex: 1;
  }
  .strip {
    border-radius: var(--cw-radius);
    touch-action: none;
    cursor: crosshair;
  }
  .strip.over-end {
    cursor: ew-resize;
  }
  .strip.over-point {
    cursor: grab;
  }
  canvas {
    display: block;
    width: 100%;
    font-family: var(--cw-font);
  }
  footer {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--cw-1) var(--cw-2);
    margin-top: var(--cw-2);
  }
  footer label {
    min-width: 84px;
    font-size: 12px;
  }
  footer input[type='text'] {
    min-height: 28px;
    font: 12px var(--cw-mono);
  }
  footer input[aria-invalid='true'] {
    border-color: var(--cw-error);
  }
  .line {
    display: flex;
    gap: var(--cw-3);
  }
  .line .words {
    flex: 1;
    min-width: 0;
  }
  .result {
    flex: none;
    font-size: 12px;
    color: var(--cw-text-dim);
    font-variant-numeric: tabular-nums;
  }
  .words {
    min-height: 18px;
    font-size: 12px;
    color: var(--cw-text-dim);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .mistake {
    grid-column: 2 / -1;
    font-size: 12px;
    color: var(--cw-error-text);
  }
  .mistake code {
    font: 12px var(--cw-mono);
    white-space: pre;
  }
  .mistake mark {
    background: var(--cw-error);
    color: #ffffff;
    border-radius: 2px;
  }
  .note {
    grid-column: 2 / -1;
    font-size: 12px;
    color: var(--cw-warning);
  }
  @media (max-width: 760px) {
    :host {
      padding: var(--cw-2);
    }
    footer {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    footer label {
      grid-column: 1 / -1;
    }
    .mistake,
    .note {
      grid-column: 1 / -1;
    }
  }
`;
