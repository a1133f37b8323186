import { html, nothing, type TemplateResult } from 'lit';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import type { LaneEdit, TimelineLane, TimelineView } from './timeline-model.js';

/** The bar above the strip: which schedule, the brush, presets, and what edits start. */
export function timelineHeader(
  view: TimelineView,
  tools: TemplateResult,
  isLive: boolean,
  dispatch: (event: Event) => void,
): TemplateResult {
  const command = (name: string) => () => {
    dispatch(uiEvent('cw-command', name));
  };
  return html`<header>
    <h2>Schedule</h2>
    ${
      view.schedules.length > 1
        ? html`<select
            aria-label="Schedule"
            @change=${(event: Event & { readonly target: HTMLSelectElement }) =>
              dispatch(uiEvent('cw-schedule-chosen', event.target.value))}
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
    <select
      aria-label="Preset"
      @change=${(event: Event & { readonly target: HTMLSelectElement }) => {
        const { value } = event.target;
        event.target.value = '';
        dispatch(uiEvent('cw-preset', { node: view.node, preset: value }));
      }}
    >
      <option value="">Preset…</option>
      ${view.presets.map((name) => html`<option>${name}</option>`)}
    </select>
    <button
      type="button"
      class="side"
      title="Swap the two schedules kept here (X)"
      aria-label=${`Schedule ${view.side} is shown; swap`}
      @click=${command('swap-schedules')}
    >
      ${view.side}
    </button>
    <button
      type="button"
      class="live"
      aria-pressed=${isLive}
      title="Run after every edit, from the first pass that changed"
      @click=${command('toggle-live')}
    >
      Live
    </button>
    <button
      type="button"
      aria-label="Close the timeline"
      title="Close (T)"
      @click=${command('timeline')}
    >
      ${icon('close')}
    </button>
  </header>`;
}

/** The lane's exact text, what is wrong with it, and the way back to the ranges. */
export function timelineText(lane: TimelineLane, send: (edit: LaneEdit) => void): TemplateResult {
  const { mistake, text } = lane;
  return html`<footer>
    <label for="text">${lane.label}${lane.isDerived ? ' (ranges)' : ''}</label>
    <input
      id="text"
      type="text"
      spellcheck="false"
      autocomplete="off"
      .value=${text}
      aria-invalid=${mistake !== undefined}
      aria-describedby="mistake"
      @change=${(event: Event & { readonly target: HTMLInputElement }) => {
        send({ kind: 'text', lane: lane.name, text: event.target.value.trim() });
      }}
    />
    <button
      type="button"
      ?disabled=${lane.isDerived}
      title="Go by the node's ranges again"
      @click=${() => {
        send({ kind: 'text', lane: lane.name, text: '' });
      }}
    >
      Reset
    </button>
    ${
      mistake
        ? html`<div class="mistake" id="mistake" role="alert">
            Character ${mistake.at + 1}: ${mistake.reason}.
            <code
              >${text.slice(0, mistake.at)}<mark>${text[mistake.at] ?? ' '}</mark>${text.slice(mistake.at + 1)}</code
            >
          </div>`
        : nothing
    }
    ${lane.note ? html`<div class="note">${lane.note}</div>` : nothing}
  </footer>`;
}

/** How far apart the painted passes are. */
export function everyField(every: number, change: (every: number) => void): TemplateResult {
  return html`<label
    >every
    <input
      type="number"
      min="1"
      max="999"
      .value=${String(every)}
      aria-label="Paint every so many passes"
      @change=${(event: Event & { readonly target: HTMLInputElement }) => {
        change(Math.max(1, Math.round(Number(event.target.value)) || 1));
      }}
  /></label>`;
}
