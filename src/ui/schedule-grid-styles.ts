import { css } from 'lit';

/** The looks of the grid of schedules. */
export const gridStyles = css`
  cw-dialog {
    --cw-dialog-width: 1000px;
    --cw-dialog-height: fit-content;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cw-3);
    padding: var(--cw-3) var(--cw-4);
    font-size: 13px;
  }
  fieldset {
    display: grid;
    flex: 1 1 220px;
    gap: var(--cw-1);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--cw-1);
    font-weight: 600;
    color: var(--cw-text-dim);
  }
  select,
  textarea {
    width: 100%;
    min-height: 32px;
    padding: 4px 6px;
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
    color: inherit;
  }
  textarea {
    font: 12px var(--cw-mono);
    resize: vertical;
  }
  .go {
    display: grid;
    flex: 1 1 180px;
    align-content: end;
    gap: var(--cw-2);
  }
  p {
    font-size: 12px;
    color: var(--cw-text-dim);
  }
  p[role='alert'] {
    color: var(--cw-error-text);
  }
  .sheet {
    padding: 0 var(--cw-4) var(--cw-4);
    overflow: auto;
  }
  table {
    border-spacing: var(--cw-2);
  }
  th {
    max-width: 160px;
    font: 12px var(--cw-mono);
    overflow-wrap: anywhere;
    color: var(--cw-text-dim);
  }
  td {
    text-align: center;
    vertical-align: top;
  }
  td button {
    display: block;
    width: 136px;
    height: 136px;
    padding: 3px;
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-canvas);
  }
  canvas {
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  i.running {
    display: block;
    width: 40%;
    height: 3px;
    margin: auto;
    border-radius: 2px;
    background: var(--cw-accent);
  }
  small {
    display: block;
    max-width: 136px;
    font-size: 11px;
    color: var(--cw-text-dim);
  }
`;
