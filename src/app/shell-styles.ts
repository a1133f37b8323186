import { css } from 'lit';

/** The layout of the shell: toolbar above, canvas and panel side by side; the panel becomes a sheet when it is narrow. */
export const shellStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    position: fixed;
    inset: 0;
    background: var(--cw-page);
  }
  main {
    position: relative;
    grid-row: 3;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }
  main.with-panel {
    grid-template-columns: minmax(0, 1fr) clamp(352px, 22vw, 440px);
  }
  cw-timeline-dock {
    grid-row: 4;
    max-height: 62vh;
    overflow: auto;
  }
  .canvas {
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--cw-canvas);
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    touch-action: none;
    outline-offset: -2px;
  }
  .overlay {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .cw-overlay {
    position: absolute;
    pointer-events: auto;
    padding: 0 8px;
    border: 1px solid var(--cw-accent);
    border-radius: 5px;
    background: var(--cw-field);
    color: var(--cw-text);
    font-family: var(--cw-font);
    text-align: right;
    resize: none;
  }
  .cw-overlay.is-paragraph {
    padding: 5px 8px;
    text-align: left;
    line-height: 1.35;
  }
  .cw-overlay.is-title {
    text-align: left;
    font-weight: 600;
  }
  .drop {
    position: absolute;
    inset: var(--cw-3);
    display: grid;
    place-items: center;
    border: 2px dashed var(--cw-accent);
    border-radius: var(--cw-radius-large);
    background: var(--cw-accent-soft);
    font-size: 16px;
    font-weight: 600;
    pointer-events: none;
  }
  .above {
    grid-row: 2;
  }
  @media (max-width: 760px) {
    main.with-timeline,
    main.with-timeline.with-panel {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }
    main.with-timeline cw-panel {
      display: none;
    }
    main.with-panel {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr) 44%;
    }
  }
  /* On a phone the panel, with the list as its first page, lies over the canvas; its button turns the two. */
  @media (max-width: 560px) {
    main.with-panel {
      grid-template-rows: minmax(0, 1fr);
    }
    main.with-panel:not(.with-timeline) cw-panel {
      position: absolute;
      inset: 0;
      z-index: 5;
      border-top: 0;
    }
  }
`;
