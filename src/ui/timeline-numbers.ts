import { html, nothing, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import { rangeAt, type LaneEdit, type TimelineLane, type TimelinePoint } from './timeline-model.js';

/** Where the cursor is. */
interface Place {
  readonly anchor: number;
  readonly pass: number;
}

type Send = (edit: LaneEdit) => void;

/** The numbers of what lies under the cursor: a point, a range, and the selection, each to be typed. */
export function timelineNumbers(lane: TimelineLane, place: Place, send: Send): TemplateResult {
  return html`<div class="numbers">
    ${lane.kind === 'number' ? pointFields(lane, place.pass, send) : nothing}
    ${rangeFields(lane, place.pass, send)}
    ${place.anchor === place.pass ? nothing : selectionFields(lane, place, send)}
  </div>`;
}

function field(
  label: string,
  value: number,
  limits: { readonly min?: number; readonly max: number; readonly step?: number },
  change: (value: number) => void,
): TemplateResult {
  const { min = 0, max, step = 1 } = limits;
  return html`<label
    >${label}
    <input
      type="number"
      min=${min}
      max=${max}
      step=${step}
      .value=${String(value)}
      @change=${(event: Event & { readonly target: HTMLInputElement }) => {
        const typed = event.target.valueAsNumber;
        if (Number.isFinite(typed)) change(Math.min(max, Math.max(min, typed)));
        else event.target.value = String(value);
      }}
  /></label>`;
}

const highest = 9999;

function pointFields(lane: TimelineLane, pass: number, send: Send) {
  const t = texts().timeline.number;
  const index = lane.points.findIndex((point) => point.pass === pass);
  const point = lane.points[index];
  if (!point) return nothing;
  const { name, text: base } = lane;
  const move = (change: Partial<Pick<TimelinePoint, 'pass' | 'value'>>): void => {
    const { pass: at, value } = { ...point, ...change };
    send({ kind: 'point', lane: name, base, index, pass: Math.round(at), value });
  };
  return html`<fieldset>
    ${field(t.pass, point.pass, { max: highest }, (at) => {
      move({ pass: at });
    })}
    ${field(t.value, point.value, { max: lane.max, step: 0.01 }, (value) => {
      move({ value });
    })}
    ${
      index === lane.points.length - 1
        ? nothing
        : html`<label
            >${t.segment}
            <select
              @change=${(event: Event & { readonly target: HTMLSelectElement }) => {
                const join = (['step', 'lin', 'smooth'] as const).find(
                  (one) => one === event.target.value,
                );
                if (join) send({ kind: 'join', lane: name, base, index, join });
              }}
            >
              ${(['step', 'lin', 'smooth'] as const).map(
                (join) =>
                  html`<option value=${join} ?selected=${join === point.join}>
                    ${t.joins[join]}
                  </option>`,
              )}
            </select></label
          >`
    }
  </fieldset>`;
}

function rangeFields(lane: TimelineLane, pass: number, send: Send) {
  const t = texts().timeline.number;
  const range = rangeAt(lane, pass);
  if (!range) return nothing;
  const { name, text: base } = lane;
  const move = (change: { first?: number; last?: number; every?: number }): void => {
    send({ kind: 'range', lane: name, base, ...range, ...change });
  };
  return html`<fieldset>
    ${lane.kind === 'number' ? html`<legend>${t.off}</legend>` : nothing}
    ${field(t.first, range.first, { max: range.last }, (first) => {
      move({ first: Math.round(first) });
    })}
    ${field(t.last, range.last, { min: range.first, max: highest }, (last) => {
      move({ last: Math.round(last) });
    })}
    ${field(t.every, range.every, { min: 1, max: highest }, (every) => {
      move({ every: Math.round(every) });
    })}
  </fieldset>`;
}

function selectionFields(lane: TimelineLane, { anchor, pass }: Place, send: Send): TemplateResult {
  const t = texts().timeline.number;
  const [from, to] = [Math.min(anchor, pass), Math.max(anchor, pass)];
  const { name, text: base } = lane;
  return html`<fieldset>
    <legend>${t.selection(from, to)}</legend>
    ${field(t.shift, 0, { min: -highest, max: highest }, (by) => {
      send({ kind: 'shift', lane: name, base, from, to, by: Math.round(by) });
    })}
    ${field(t.stretch, to, { min: from, max: highest }, (newTo) => {
      send({ kind: 'stretch', lane: name, base, from, to, newTo: Math.round(newTo) });
    })}
  </fieldset>`;
}
