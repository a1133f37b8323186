import { css } from 'lit';

/** The looks of the run journal. */
export const journalStyles = css`
  :host {
    display: block;
    padding: var(--cw-2);
  }
  p {
    padding: var(--cw-2);
    overflow-wrap: anywhere;
  }
  .filter {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    gap: var(--cw-1);
    padding-bottom: var(--cw-2);
    background: var(--cw-surface);
  }
  button[aria-pressed='true'] {
    background: var(--cw-accent-soft);
  }
  .star,
  .actions button[aria-label] {
    min-width: var(--cw-target, 30px);
    padding: 0;
  }
  .starred {
    color: var(--cw-warning);
  }
  .starred svg {
    width: 13px;
    height: 13px;
    vertical-align: -1px;
    fill: currentColor;
  }
  details {
    border-bottom: 1px solid var(--cw-line);
  }
  details.chosen {
    box-shadow: inset 2px 0 var(--cw-accent);
  }
  summary {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr);
    gap: 0 var(--cw-2);
    align-items: center;
    padding: var(--cw-2);
    cursor: pointer;
    border-radius: var(--cw-radius);
    font-variant-numeric: tabular-nums;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--cw-hover);
  }
  summary img,
  summary > span:first-child {
    width: 40px;
    height: 40px;
    border-radius: 4px;
    object-fit: cover;
    background: var(--cw-canvas);
  }
  .words {
    display: grid;
    min-width: 0;
  }
  .line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .notes {
    font-size: 12px;
  }
  .head {
    display: flex;
    gap: var(--cw-2);
    justify-content: space-between;
  }
  .duration {
    flex: none;
  }
  .error {
    color: var(--cw-error-text);
  }
  .body {
    padding: 0 var(--cw-1) var(--cw-2);
  }
  .actions {
    display: flex;
    gap: 2px;
  }
  .gap {
    flex: 1;
  }
  .pictures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    gap: var(--cw-2);
    padding: var(--cw-2) var(--cw-1);
  }
  figure {
    position: relative;
    margin: 0;
    min-width: 0;
  }
  .download {
    position: absolute;
    top: 4px;
    right: 4px;
    min-height: 24px;
    padding: 0 4px;
    background: var(--cw-raised);
    opacity: 0;
  }
  figure:hover .download,
  .download:focus-visible {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .download {
      opacity: 1;
    }
  }
  figure img {
    display: block;
    width: 100%;
    border-radius: 4px;
    background: var(--cw-canvas);
  }
  figcaption {
    display: grid;
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  code {
    font: 11px var(--cw-mono, monospace);
    color: var(--cw-text-dim);
  }
  .same {
    color: var(--cw-done);
    font-size: 11px;
  }
  .passes {
    display: flex;
    gap: 2px;
    margin: 0 0 var(--cw-2);
    padding: 0 var(--cw-1);
    overflow-x: auto;
    list-style: none;
  }
  .passes li {
    flex: 1 1 0;
    min-width: 28px;
    max-width: 48px;
  }
  .passes img {
    display: block;
    width: 100%;
    border-radius: 3px;
    image-rendering: pixelated;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 12px;
    margin-bottom: var(--cw-2);
  }
  td,
  th {
    padding: 0;
    text-align: left;
    font-weight: 400;
  }
  td {
    padding-left: var(--cw-2);
    text-align: right;
    color: var(--cw-text-dim);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  td:last-child {
    padding-right: var(--cw-2);
  }
  th button {
    width: 100%;
    min-height: 26px;
    justify-content: flex-start;
    background: linear-gradient(var(--cw-accent-soft), var(--cw-accent-soft)) no-repeat left /
      calc(var(--share) * 100%) 100%;
  }
  .sum {
    padding-top: 0;
    font-size: 12px;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px var(--cw-3);
    margin: 0;
    padding: 0 var(--cw-2);
    font-size: 12px;
  }
  dt {
    color: var(--cw-text-dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
