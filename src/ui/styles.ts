import { css } from 'lit';

/** What every element starts from, and the looks of buttons and fields. */
export const baseStyles = css`
  :host {
    box-sizing: border-box;
    font: 13px/1.45 var(--cw-font);
    color: var(--cw-text);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: var(--cw-target);
    padding: 0 var(--cw-2);
    border: 1px solid transparent;
    border-radius: var(--cw-radius);
    background: transparent;
    cursor: pointer;
    transition: background var(--cw-quick);
    white-space: nowrap;
  }
  button:hover:not(:disabled) {
    background: var(--cw-hover);
  }
  button:disabled {
    opacity: 0.4;
    cursor: default;
  }
  button.primary {
    background: var(--cw-accent);
    color: var(--cw-accent-ink);
    font-weight: 600;
    padding: 0 var(--cw-3);
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--cw-accent) 88%, var(--cw-text));
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--cw-accent);
    outline-offset: 1px;
  }
  input[type='text'],
  input[type='search'] {
    width: 100%;
    min-height: 32px;
    padding: 0 var(--cw-2);
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius);
    background: var(--cw-field);
  }
  svg {
    width: 16px;
    height: 16px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 15px;
    font-weight: 600;
  }
  h3 {
    font-size: 12px;
    font-weight: 600;
    color: var(--cw-text-dim);
  }
  .dim {
    color: var(--cw-text-dim);
  }
  kbd {
    font: 11px var(--cw-font);
    padding: 1px 5px;
    border: 1px solid var(--cw-line);
    border-radius: 4px;
    color: var(--cw-text-dim);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
