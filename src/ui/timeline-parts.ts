import { html, nothing, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import {
  resultWords,
  type LaneEdit,
  type TimelineLane,
  type TimelineView,
} from './timeline-model.js';

/** The bar above the strip: which schedule, the tools, the library, and what edits start. */
export function timelineHeader(
  view: TimelineView,
  tools: TemplateResult,
  isLive: boolean,
  dispatch: (event: Event) => void,
): TemplateResult {
  const t = texts().timeline;
  const command = (name: string) => () => {
    dispatch(uiEvent('cw-command', name));
  };
  return html`<header role="none">
    <h2>${t.title}</h2>
    ${
      view.schedules.length > 1
        ? html`<select
            aria-label=${t.schedule}
            @change=${(event: Event & { readonly target: HTMLSelectElement }) => {
              dispatch(uiEvent('cw-schedule-chosen', event.target.value));
            }}
          >
            ${view.schedules.map(
              ({ id, title }) =>
                html`<option value=${id} ?selected=${id === view.node}>${title}</option>`,
            )}
          </select>`
        : nothing
    }
    ${tools}
    <span class="rest"></span>
    <button type="button" title=${t.libraryHint} @click=${command('schedule-library')}>
      ${t.library}
    </button>
    <button type="button" title=${t.gridHint} @click=${command('schedule-grid')}>
      ${t.gridButton}
    </button>
    <button
      type="button"
      class="side"
      title=${t.sideHint}
      aria-label=${t.side(view.side)}
      @click=${command('swap-schedules')}
    >
      ${view.side}
    </button>
    <button type="button" title=${t.compareHint} @click=${command('compare-schedules')}>
      ${t.compare}
    </button>
    <button
      type="button"
      class="live"
      aria-pressed=${isLive}
      title=${t.liveHint}
      @click=${command('toggle-live')}
    >
      ${t.live}
    </button>
    <button type="button" aria-label=${t.close} title=${t.closeHint} @click=${command('timeline')}>
      ${icon('close')}
    </button>
  </header>`;
}

/** What lies under the cursor, and what the picture of the last run is; below the strip, which must not move in a drag. */
export function timelineWords(view: TimelineView, column: string): TemplateResult {
  return html`<div class="line">
    <div class="words" role="status" aria-live="polite">${column}</div>
    <span class="result" aria-hidden="true">${resultWords(view)}</span>
    <span class="visually-hidden" role="status">${resultWords(view, 4)}</span>
  </div>`;
}

/** The lane's exact text, what is wrong or odd with it, and the way back to the ranges. */
export function timelineText(lane: TimelineLane, send: (edit: LaneEdit) => void): TemplateResult {
  const { mistake, text, name, isLayer } = lane;
  const t = texts().timeline;
  return html`<footer role="none">
    <label for="text">${lane.label}${lane.isDerived ? ` (${t.ranges})` : ''}</label>
    <input
      id="text"
      type="text"
      spellcheck="false"
      autocomplete="off"
      .value=${text}
      aria-invalid=${mistake !== undefined}
      aria-describedby="mistake"
      @change=${(event: Event & { readonly target: HTMLInputElement }) => {
        send({ kind: 'text', lane: name, text: event.target.value.trim() });
      }}
    />
    <button
      type="button"
      ?disabled=${lane.isDerived}
      title=${isLayer ? t.removeHint : t.resetHint}
      @click=${() => {
        send({ kind: 'text', lane: name, text: '' });
      }}
    >
      ${isLayer ? t.removeLane : t.reset}
    </button>
    ${
      mistake
        ? html`<div class="mistake" id="mistake" role="alert">
            ${t.mistake(mistake.at + 1, mistake.reason)}
            <code
              >${text.slice(0, mistake.at)}<mark>${text[mistake.at] ?? ' '}</mark>${text.slice(mistake.at + 1)}</code
            >
          </div>`
        : nothing
    }
    ${lane.notes.map((note) => html`<div class="note">${note}</div>`)}
  </footer>`;
}

/** How far apart the painted passes are. */
export function everyField(every: number, change: (every: number) => void): TemplateResult {
  const t = texts().timeline;
  return html`<label
    >${t.every}
    <input
      type="number"
      min="1"
      max="999"
      .value=${String(every)}
      aria-label=${t.everyHint}
      @change=${(event: Event & { readonly target: HTMLInputElement }) => {
        change(Math.max(1, Math.round(Number(event.target.value)) || 1));
      }}
  /></label>`;
}
