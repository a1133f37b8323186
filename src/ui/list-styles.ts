import { css } from 'lit';

/** Lines of a list: the same in the graph's tree, the problems, and wherever lines can be pressed. */
export const listStyles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--cw-2);
    width: 100%;
    min-height: max(28px, var(--cw-target));
    padding: 2px var(--cw-2);
    border-radius: var(--cw-radius);
    text-align: left;
    white-space: normal;
    justify-content: flex-start;
    cursor: pointer;
  }
  .line:hover {
    background: var(--cw-hover);
  }
  .line.is-still {
    cursor: default;
  }
  .line.is-still:hover {
    background: none;
  }
  .line > svg {
    width: 14px;
    height: 14px;
  }
  .detail {
    margin-left: auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: right;
    font-size: 12px;
    color: var(--cw-text-dim);
  }
  .empty {
    padding: var(--cw-6) var(--cw-4);
    text-align: center;
    color: var(--cw-text-dim);
  }
  li[aria-selected='true'] > .line {
    background: var(--cw-accent-soft);
    box-shadow: inset 2px 0 0 var(--cw-accent);
  }
  li:focus-visible {
    outline: none;
  }
  li:focus-visible > .line {
    outline: 2px solid var(--cw-accent);
    outline-offset: -2px;
  }
`;

/** What the graph's tree has besides. */
export const graphListStyles = css`
  :host {
    display: block;
    padding: var(--cw-2);
  }
  .search {
    margin-bottom: var(--cw-2);
    min-height: max(32px, var(--cw-target));
  }
  .fold {
    flex: none;
    display: grid;
    place-items: center;
    width: 14px;
    color: var(--cw-text-dim);
  }
  .fold.is-open svg {
    transform: rotate(90deg);
  }
  .fold svg {
    width: 12px;
    height: 12px;
  }
  .name {
    flex: none;
    max-width: 68%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .branch > .line .name {
    font-weight: 600;
    color: var(--cw-zone);
  }
  .node > .line .name {
    font-weight: 600;
  }
  .part > .line {
    font-size: 12px;
  }
  .more {
    flex: none;
    width: max(26px, var(--cw-target));
    min-height: max(26px, var(--cw-target));
    padding: 0;
    color: var(--cw-text-dim);
  }
  .editor {
    padding: 0 var(--cw-2) var(--cw-2) 30px;
  }
  .help {
    margin-top: var(--cw-3);
    padding: 0 var(--cw-2);
    font-size: 12px;
  }
`;
