import { html, nothing, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import { maskBrushes, painted } from './timeline-keys.js';
import {
  laneTitle,
  type CellValue,
  type LaneEdit,
  type TimelineLane,
  type TimelineView,
} from './timeline-model.js';
import { everyField } from './timeline-parts.js';

/** What the tools show and change. */
export interface TimelineTools {
  readonly view: TimelineView;
  readonly lane: TimelineLane;
  readonly brush: CellValue;
  readonly every: number;
  readonly isDrawing: boolean;
  /** The selected passes, or the whole lane when one is selected. */
  readonly from: number;
  readonly to: number;
  readonly set: (change: { brush?: CellValue; every?: number; isDrawing?: boolean }) => void;
  readonly send: (edit: LaneEdit) => void;
}

/** The tools for the lane under the cursor: brushes or the pencil, fill, clear, copy, and lanes of layers. */
export function timelineTools(tools: TimelineTools): TemplateResult {
  const { lane } = tools;
  const t = texts().timeline;
  return html`
    ${lane.kind === 'number' ? pencil(tools) : brushes(tools)}
    ${
      lane.kind === 'number'
        ? nothing
        : html`${everyField(tools.every, (every) => {
              tools.set({ every });
            })}<button
              type="button"
              title=${t.fillHint}
              @click=${() => {
                tools.send({ ...paintOf(tools, tools.brush), every: tools.every });
              }}
            >
              ${t.fill}
            </button>`
    }
    <button
      type="button"
      title=${t.clearHint}
      @click=${() => {
        clear(tools);
      }}
    >
      ${t.clear}
    </button>
    ${copyTo(tools)} ${layerLane(tools)}
  `;
}

function paintOf({ lane, from, to }: TimelineTools, value: CellValue) {
  return { kind: 'paint', lane: lane.name, base: lane.text, from, to, every: 1, value } as const;
}

function clear(tools: TimelineTools): void {
  const { lane, from, to } = tools;
  if (lane.kind === 'number') {
    tools.send({ kind: 'off', lane: lane.name, base: lane.text, from, to, isOff: true });
  } else tools.send(paintOf(tools, lane.kind === 'mask' ? 'all' : 'own'));
}

function brushes({ view, lane, brush, set }: TimelineTools): TemplateResult {
  const t = texts().timeline;
  const shown = view.sources.filter(({ isShown }) => isShown).map(({ value }) => value);
  const isShown = (value: string): boolean =>
    !/^[c-f]$/.test(value) || shown.some((source) => source === value);
  const all =
    lane.kind === 'mask'
      ? maskBrushes.map((value, i) => ({ value, label: t.masks[value], key: i + 1 }))
      : painted.map((value, i) => ({ value, label: t.sources[value], key: i + 1 }));
  return html`<div class="brushes" role="radiogroup" aria-label=${t.brush}>
    ${all
      .filter(({ value }) => isShown(value))
      .map(
        ({ value, label, key }) =>
          html`<button
            type="button"
            role="radio"
            aria-checked=${brush === value}
            title=${t.paint(label.toLowerCase(), String(key))}
            @click=${() => {
              set({ brush: value });
            }}
          >
            ${lane.kind === 'mask' ? nothing : html`<i class=${value}></i>`}${label}
          </button>`,
      )}
  </div>`;
}

function pencil({ isDrawing, set }: TimelineTools): TemplateResult {
  const t = texts().timeline;
  return html`<button
    type="button"
    aria-pressed=${isDrawing}
    title=${t.drawHint}
    @click=${() => {
      set({ isDrawing: !isDrawing });
    }}
  >
    ${t.draw}
  </button>`;
}

type SelectEvent = Event & { readonly target: HTMLSelectElement };

function copyTo({ view, lane, send }: TimelineTools): TemplateResult {
  const t = texts().timeline;
  const others = view.lanes.filter(({ kind, name }) => kind === lane.kind && name !== lane.name);
  return html`<select
    aria-label=${t.copyTo}
    title=${t.copyHint}
    ?disabled=${others.length === 0}
    @change=${(event: SelectEvent) => {
      const { value } = event.target;
      event.target.value = '';
      send({ kind: 'text', lane: value, text: lane.text });
    }}
  >
    <option value="">${t.copyTo}</option>
    ${others.map(({ name, label }) => html`<option value=${name}>${label}</option>`)}
  </select>`;
}

function layerLane({ view, send }: TimelineTools): TemplateResult {
  const t = texts().timeline;
  return html`<select
    aria-label=${t.layerLane}
    title=${t.layerHint}
    ?disabled=${view.freeLayers.length === 0}
    @change=${(event: SelectEvent) => {
      const { value } = event.target;
      event.target.value = '';
      const above = value.endsWith('.mask') ? 'mask' : value.split('.', 1)[0];
      // It begins as what it replaces.
      const text = view.lanes.find(({ name }) => name === above)?.text ?? 'own';
      send({ kind: 'text', lane: value, text });
    }}
  >
    <option value="">${t.layerLane}</option>
    ${view.freeLayers.map((name) => html`<option value=${name}>${laneTitle(name)}</option>`)}
  </select>`;
}
