import { css } from 'lit';

/** How the inspector looks: sections under quiet headings, one line a socket. */
export const inspectorStyles = css`
  :host {
    display: block;
    padding: var(--cw-4);
  }
  section {
    margin-top: var(--cw-4);
    padding-top: var(--cw-3);
    border-top: 1px solid var(--cw-line);
  }
  h3 {
    margin-bottom: var(--cw-1);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    padding: 3px 0;
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cw-1);
  }
  .presets button,
  .pictures {
    min-height: var(--cw-target);
    border-color: var(--cw-line);
  }
  .pictures {
    margin-top: var(--cw-2);
  }
  cw-widget-field + cw-widget-field {
    margin-top: var(--cw-1);
  }
  .socket,
  .end,
  .ends {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .ends {
    flex-wrap: wrap;
  }
  .socket .dim {
    margin-left: auto;
    font-size: 11px;
    text-align: right;
  }
  .end,
  .ends {
    padding-left: 16px;
    font-size: 12px;
  }
  .end > :first-child {
    flex: 1;
    min-width: 0;
  }
  .link {
    display: block;
    min-height: max(24px, var(--cw-target));
    padding: 0 4px;
    margin-left: -4px;
    overflow: hidden;
    text-overflow: ellipsis;
    text-align: left;
    font-size: 12px;
    color: var(--cw-accent);
  }
  .side {
    flex: none;
    width: max(26px, var(--cw-target));
    min-height: max(26px, var(--cw-target));
    padding: 0;
    color: var(--cw-text-dim);
  }
  .warning {
    margin-top: var(--cw-3);
    padding: var(--cw-2);
    border-left: 3px solid var(--cw-warning);
    background: var(--cw-hover);
  }
  .outdated {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cw-2);
  }
  .outdated span {
    flex: 1 1 160px;
  }
  .outdated button {
    min-height: var(--cw-target);
    border-color: var(--cw-line);
  }
  .problem {
    padding-left: 16px;
    font-size: 12px;
    color: var(--cw-error-text);
  }
  .help p + p,
  .help pre + p {
    margin-top: var(--cw-2);
  }
  figure {
    display: grid;
    gap: var(--cw-2);
    margin: var(--cw-3) 0 0;
  }
  figure img {
    width: 100%;
    height: auto;
    border-radius: var(--cw-radius);
    background: var(--cw-canvas);
  }
  figcaption button {
    margin-top: var(--cw-1);
    padding: 0 var(--cw-2);
    color: var(--cw-accent);
  }
  .equation {
    margin: var(--cw-2) 0 0;
    padding: var(--cw-2) var(--cw-3);
    border-left: 3px solid var(--cw-accent);
    background: var(--cw-field);
    font:
      13px/1.6 Cambria,
      'STIX Two Text',
      'DejaVu Serif',
      serif;
    white-space: pre-wrap;
  }
  code {
    font: 12px var(--cw-mono);
    overflow-wrap: anywhere;
  }
  .empty {
    display: grid;
    gap: var(--cw-2);
    padding: var(--cw-6) var(--cw-2);
    text-align: center;
  }
`;
