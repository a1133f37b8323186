import { css } from 'lit';

/** The looks of the library of schedules. */
export const libraryStyles = css`
  cw-dialog {
    --cw-dialog-width: 640px;
    --cw-dialog-height: fit-content;
  }
  section {
    display: grid;
    gap: var(--cw-2);
    padding: var(--cw-3) var(--cw-4);
    border-bottom: 1px solid var(--cw-line);
    font-size: 13px;
  }
  section:last-of-type {
    border-bottom: 0;
  }
  h3 {
    font-size: 12px;
    font-weight: 600;
    color: var(--cw-text-dim);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cw-2);
  }
  .row > button,
  .own {
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
  }
  .own {
    display: inline-flex;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--cw-text-dim);
  }
  select,
  input:not([type='range']) {
    min-height: 32px;
    max-width: 200px;
    padding: 0 6px;
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  input[type='number'] {
    width: 72px;
  }
  input[type='range'] {
    flex: 1;
    min-width: 120px;
    accent-color: var(--cw-accent);
  }
  p {
    color: var(--cw-text-dim);
  }
  output {
    min-width: 44px;
    font-variant-numeric: tabular-nums;
  }
`;
