import { css } from 'lit';

/** The form: inputs beside results, one below the other where it is narrow. */
export const formStyles = css`
  cw-dialog {
    --cw-dialog-width: 1120px;
    --cw-dialog-height: 92dvh;
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
    gap: var(--cw-4);
    padding: var(--cw-4);
  }
  .inputs,
  .results {
    display: grid;
    gap: var(--cw-4);
    align-content: start;
  }
  .results {
    position: sticky;
    top: 0;
  }
  section {
    display: grid;
    gap: var(--cw-2);
    padding: var(--cw-3);
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius-large);
    background: var(--cw-raised);
  }
  h3 {
    font-size: 13px;
    color: var(--cw-text);
    overflow-wrap: anywhere;
  }
  .picture {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr);
    gap: var(--cw-3);
    align-items: center;
  }
  .picture img,
  .picture .none {
    width: 96px;
    height: 96px;
    border-radius: var(--cw-radius);
    object-fit: cover;
    background: var(--cw-field);
  }
  .file {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: var(--cw-target);
    margin-top: var(--cw-2);
    padding: 0 var(--cw-3);
    border: 1px solid var(--cw-field-line);
    border-radius: var(--cw-radius);
    cursor: pointer;
  }
  .file:hover {
    background: var(--cw-hover);
  }
  .file:focus-within {
    outline: 2px solid var(--cw-accent);
    outline-offset: 1px;
  }
  .preset select {
    width: 100%;
    min-height: var(--cw-target);
    padding: 0 var(--cw-2);
    border: 1px solid var(--cw-field-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  .preset,
  .choice {
    display: grid;
    gap: 4px;
    font-size: 12px;
  }
  .choice {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    min-height: var(--cw-target);
    gap: var(--cw-2);
  }
  .choice input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--cw-accent);
  }
  .result {
    display: block;
    width: 100%;
    height: auto;
    padding: 0;
    overflow: hidden;
    white-space: normal;
  }
  .result canvas {
    display: block;
    width: 100%;
    border-radius: var(--cw-radius);
  }
  .many {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
    gap: var(--cw-2);
  }
  .empty {
    display: grid;
    place-items: center;
    min-height: 200px;
    padding: var(--cw-4);
    border: 1px dashed var(--cw-line);
    border-radius: var(--cw-radius-large);
    color: var(--cw-text-dim);
    text-align: center;
  }
  .problem {
    color: var(--cw-error-text);
  }
  .footer {
    display: flex;
    padding-right: var(--cw-2);
    flex: 1;
    align-items: center;
    gap: var(--cw-3);
    min-width: 0;
  }
  .footer progress {
    flex: 1;
    min-width: 0;
    height: 6px;
    accent-color: var(--cw-running);
  }
  .footer span {
    flex: 1;
    min-width: 0;
    font-size: 12px;
    color: var(--cw-text-dim);
    font-variant-numeric: tabular-nums;
  }
  .run {
    flex: none;
    min-width: 120px;
    min-height: 40px;
  }
  @media (max-width: 760px) {
    .sheet {
      grid-template-columns: minmax(0, 1fr);
      padding: var(--cw-3);
    }
    .results {
      position: static;
    }
  }
`;
