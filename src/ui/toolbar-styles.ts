import { css } from 'lit';

/** How the bar on top looks; on narrow windows its words go first. */
export const toolbarStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: var(--cw-1);
    min-height: 48px;
    padding: var(--cw-1) var(--cw-2);
    background: var(--cw-surface);
    border-bottom: 1px solid var(--cw-line);
    overflow: hidden;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--cw-2);
    padding: 0 var(--cw-2) 0 var(--cw-1);
    font-weight: 600;
  }
  .brand img {
    width: 22px;
    height: 22px;
  }
  .rule {
    width: 1px;
    height: 20px;
    margin: 0 var(--cw-1);
    background: var(--cw-line);
  }
  .state {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: var(--cw-3);
    padding: 0 var(--cw-2);
  }
  .progress {
    flex: 0 1 360px;
    min-width: 0;
  }
  .words {
    display: flex;
    justify-content: space-between;
    gap: var(--cw-3);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    overflow: hidden;
  }
  .track {
    height: 4px;
    margin-top: 2px;
    border-radius: 2px;
    background: var(--cw-hover);
    overflow: hidden;
  }
  .track div {
    height: 100%;
    border-radius: 2px;
    background: var(--cw-running);
    transform-origin: left;
    transition: transform var(--cw-quick) linear;
  }
  .device {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 0 var(--cw-2);
    font-size: 12px;
    color: var(--cw-text-dim);
    white-space: nowrap;
  }
  .device i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--cw-running);
  }
  .device.fallback i {
    border-radius: 1px;
    background: var(--cw-warning);
  }
  .run {
    flex: none;
    min-width: 88px;
  }
  .live[aria-pressed='true'] {
    background: var(--cw-accent-soft);
    color: var(--cw-accent);
  }
  @media (max-width: 1000px) {
    .brand span,
    .device span,
    .label,
    .rule {
      display: none;
    }
    :host {
      overflow-x: auto;
      scrollbar-width: none;
    }
    button {
      flex: none;
    }
  }
  @media (max-width: 760px) {
    .wide {
      display: none;
    }
    .run {
      min-width: 0;
    }
    .state {
      padding: 0;
    }
  }
  @media (max-width: 420px) {
    .brand {
      display: none;
    }
    :host {
      gap: 0;
      padding: var(--cw-1);
    }
    .narrow-hidden {
      display: none;
    }
    button {
      padding: 0 6px;
    }
    .run.beside span {
      display: none;
    }
  }
`;
