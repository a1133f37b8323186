import { css } from 'lit';

/** The looks of the Models tab. */
export const modelPanelStyles = css`
  :host {
    display: grid;
    gap: var(--cw-4);
    padding: var(--cw-3);
    align-content: start;
  }
  section,
  form,
  .card {
    display: grid;
    gap: var(--cw-2);
    min-width: 0;
  }
  .line {
    display: flex;
    gap: var(--cw-2);
    align-items: center;
    min-width: 0;
  }
  .line > input {
    flex: 1;
    min-width: 0;
  }
  .wrap {
    flex-wrap: wrap;
  }
  .line > button,
  .line > label.pick {
    flex: none;
  }
  .plain,
  label.pick {
    border: 1px solid var(--cw-line);
  }
  label.pick {
    display: inline-flex;
    align-items: center;
    min-height: var(--cw-target);
    padding: 0 var(--cw-2);
    border-radius: var(--cw-radius);
    cursor: pointer;
  }
  label.pick:hover {
    background: var(--cw-hover);
  }
  label.pick:focus-within {
    outline: 2px solid var(--cw-accent);
  }
  input[type='password'] {
    width: 100%;
    min-height: 32px;
    padding: 0 var(--cw-2);
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  .note {
    font-size: 12px;
    line-height: 1.45;
  }
  ul {
    display: grid;
    gap: var(--cw-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    gap: var(--cw-1);
    padding: var(--cw-2) var(--cw-3);
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-raised);
  }
  .card.found {
    gap: var(--cw-2);
    border-color: var(--cw-accent);
  }
  .card.refused {
    border-color: var(--cw-error);
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .kind {
    flex: none;
    padding: 0 6px;
    border: 1px solid var(--cw-line);
    border-radius: 8px;
    color: var(--cw-text-dim);
    font-size: 11px;
    line-height: 16px;
  }
  .facts {
    overflow-wrap: anywhere;
  }
  .state {
    flex: 1;
    min-width: 0;
    font-size: 12px;
  }
  .ready {
    color: var(--cw-done);
  }
  .failure {
    color: var(--cw-error-text);
    overflow-wrap: anywhere;
  }
  .warning {
    color: var(--cw-warning);
  }
  .actions {
    margin: 2px calc(-1 * var(--cw-2)) -2px;
    gap: 0;
  }
  .actions button {
    color: var(--cw-text-dim);
    font-size: 12px;
  }
  .actions button:hover {
    color: var(--cw-text);
  }
  .actions .sure {
    color: var(--cw-error-text);
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px var(--cw-3);
    margin: 0;
    font-size: 12px;
  }
  dt {
    color: var(--cw-text-dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .bar {
    height: 4px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--cw-field);
  }
  .bar > div {
    height: 100%;
    border-radius: 2px;
    background: var(--cw-accent);
    transition: width 200ms linear;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--cw-3);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .empty {
    display: grid;
    gap: var(--cw-1);
    padding: var(--cw-4) var(--cw-3);
    border: 1px dashed var(--cw-line);
    border-radius: var(--cw-radius);
    text-align: center;
  }
  .choice {
    justify-content: space-between;
    width: 100%;
    border: 1px solid var(--cw-line);
    text-align: left;
  }
  .choice span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;
