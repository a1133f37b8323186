import { css } from 'lit';

/** How a search with its list of results looks. */
export const finderStyles = css`
  :host {
    position: fixed;
    z-index: 30;
    display: flex;
    flex-direction: column;
    width: min(var(--cw-finder-width, 560px), calc(100vw - 16px));
    max-height: min(560px, calc(100dvh - 16px));
    border: 1px solid var(--cw-line);
    border-radius: var(--cw-radius-large);
    background: var(--cw-raised);
    box-shadow: var(--cw-shadow);
    overflow: hidden;
  }
  [role='dialog'] {
    display: contents;
  }
  .search {
    position: relative;
    padding: var(--cw-2);
    border-bottom: 1px solid var(--cw-line);
  }
  .search svg {
    position: absolute;
    left: 18px;
    top: 16px;
    color: var(--cw-text-dim);
    pointer-events: none;
  }
  .search input {
    padding-left: 32px;
    min-height: max(34px, var(--cw-target));
  }
  .middle {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    min-height: 0;
  }
  [role='listbox'] {
    overflow: auto;
    padding: var(--cw-1);
    overscroll-behavior: contain;
  }
  .heading {
    padding: var(--cw-2) var(--cw-2) 2px;
    font-size: 11px;
    font-weight: 600;
    color: var(--cw-text-dim);
  }
  [role='option'] {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cw-3);
    min-height: var(--cw-target);
    padding: 2px var(--cw-2);
    border-radius: var(--cw-radius);
    cursor: pointer;
  }
  [role='option'] > span:first-child {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [role='option'] > span:last-child {
    flex: none;
    max-width: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12px;
    color: var(--cw-text-dim);
  }
  [aria-selected='true'] {
    background: var(--cw-accent-soft);
    box-shadow: inset 2px 0 0 var(--cw-accent);
  }
  [aria-disabled='true'] > span:first-child {
    color: var(--cw-text-dim);
    font-style: italic;
  }
  .none {
    padding: var(--cw-4);
    text-align: center;
  }
  @media (max-width: 640px) {
    .middle {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
