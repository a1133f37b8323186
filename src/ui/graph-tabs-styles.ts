import { css } from 'lit';

/** The row of tabs: the shown one joins the canvas below; one button in place of the row when it is narrow. */
export const graphTabsStyles = css`
  :host {
    display: flex;
    align-items: stretch;
    min-height: 34px;
    padding: 0 var(--cw-1);
    background: var(--cw-page);
    border-bottom: 1px solid var(--cw-line);
  }
  .tabs {
    display: flex;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    display: flex;
    align-items: center;
    gap: 6px;
    flex: 0 1 200px;
    min-width: 96px;
    padding: 0 var(--cw-1) 0 var(--cw-3);
    border: 1px solid transparent;
    border-bottom: 0;
    color: var(--cw-text-dim);
    cursor: default;
    user-select: none;
  }
  .tab:hover {
    background: var(--cw-hover);
  }
  .tab[aria-selected='true'] {
    background: var(--cw-surface);
    border-color: var(--cw-line);
    border-top: 2px solid var(--cw-accent);
    color: var(--cw-text);
  }
  .tab:focus-visible {
    outline-offset: -3px;
  }
  .tab.drop {
    box-shadow: inset 2px 0 0 var(--cw-accent);
  }
  .title {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: left;
  }
  i {
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
  }
  i.changed {
    background: var(--cw-text-dim);
  }
  i.running {
    background: var(--cw-running);
  }
  .close {
    display: grid;
    place-items: center;
    width: 22px;
    height: 22px;
    border-radius: var(--cw-radius);
    opacity: 0;
  }
  .close svg {
    width: 12px;
    height: 12px;
  }
  .tab:hover .close,
  .tab[aria-selected='true'] .close {
    opacity: 0.8;
  }
  .close:hover {
    opacity: 1;
    background: var(--cw-hover);
  }
  input[type='text'] {
    width: 180px;
    min-height: 26px;
    margin: auto var(--cw-1);
  }
  .add {
    min-width: 32px;
    margin: auto 2px;
  }
  .compact {
    display: none;
  }
  .count {
    padding: 0 6px;
    border-radius: 9px;
    background: var(--cw-hover);
    font-size: 11px;
    line-height: 18px;
  }
  .compact svg {
    transform: rotate(90deg);
  }
  @media (pointer: coarse) {
    :host {
      min-height: 42px;
    }
    .close {
      opacity: 0.8;
      width: 32px;
      height: 32px;
    }
  }
  @media (max-width: 560px) {
    .tabs {
      display: none;
    }
    .compact {
      display: flex;
      flex: 1;
      min-width: 0;
    }
  }
`;
