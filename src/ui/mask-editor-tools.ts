import { html, nothing, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import { maskTools, zoomStep, type LookKey, type MaskTool } from './mask-editor-keys.js';
import { icon } from './icons.js';
import type { MaskRegions, WholeChange } from './mask-painting.js';
import type { MaskWork } from './mask-work.js';

/** What the tools beside the picture show and ask for. */
export interface MaskToolbox {
  readonly tool: MaskTool;
  readonly size: number;
  /** In percent. */
  readonly hardness: number;
  /** By how many cells the whole mask grows, shrinks or softens. */
  readonly by: number;
  readonly threshold: number;
  readonly regions: MaskRegions | undefined;
  /** Whether each part is in the mask. */
  readonly chosen: readonly boolean[];
  /** Whether parts may come from a self-segmentation that has not run. */
  readonly expectsRegions: boolean;
  readonly set: (change: Partial<Pick<MaskToolbox, 'tool' | 'size' | 'hardness' | 'by'>>) => void;
  readonly whole: (change: WholeChange) => void;
  readonly toggle: (region: number) => void;
  readonly take: (threshold: number) => void;
}

/** The tools: what the pointer does, the brush, changes of the whole mask, and the parts to pick from. */
export function maskToolbox(box: MaskToolbox): TemplateResult {
  return html`<div class="tools">${pointerTools(box)} ${wholeMask(box)} ${parts(box)}</div>`;
}

/** The buttons that go back and forth, for the title bar of a dialog. */
export function maskHistory(work: MaskWork): TemplateResult {
  const t = texts().masks;
  return html`${(['undo', 'redo'] as const).map(
    (direction) =>
      html`<button
        slot="actions"
        type="button"
        aria-label=${t[direction]}
        title=${t[direction]}
        ?disabled=${!work.can(direction)}
        @click=${() => {
          work.step(direction);
        }}
      >
        ${icon(direction)}
      </button>`,
  )}`;
}

/** The buttons that enlarge the picture, for the title bar of a dialog; the middle one shows the whole of it. */
export function maskZoom(zoom: number, carryOut: (wish: LookKey) => void): TemplateResult {
  const t = texts().masks;
  const level = `${String(Math.round(zoom * 100))} %`;
  const button = (label: string, shown: unknown, wish: Parameters<typeof carryOut>[0]) =>
    html`<button
      slot="actions"
      type="button"
      class="zoom"
      aria-label=${label}
      title=${label}
      @click=${() => {
        carryOut(wish);
      }}
    >
      ${shown}
    </button>`;
  return html`${button(t.zoomOut, '−', { kind: 'zoom', factor: 1 / zoomStep })}
  ${button(t.whole100(level), level, { kind: 'whole' })}
  ${button(t.zoomIn, '+', { kind: 'zoom', factor: zoomStep })}`;
}

/** The picture, under the pointer and the keys; what keys do is told to who cannot see it. */
export function maskStage(
  isHeld: boolean,
  on: {
    readonly down: (event: PointerEvent) => void;
    readonly move: (event: PointerEvent) => void;
    readonly up: (event: PointerEvent) => void;
    readonly wheel: (event: WheelEvent) => void;
    readonly blur: () => void;
  },
): TemplateResult {
  const t = texts().masks;
  return html`<div
    class="stage ${isHeld ? 'held' : ''}"
    role="application"
    tabindex="0"
    aria-label=${t.stage}
    aria-describedby="keys"
    @pointerdown=${on.down}
    @pointermove=${on.move}
    @pointerup=${on.up}
    @pointercancel=${on.up}
    @wheel=${on.wheel}
    @blur=${on.blur}
  >
    <canvas aria-hidden="true"></canvas>
    <p id="keys" class="visually-hidden">${t.keys}</p>
  </div>`;
}

function pointerTools(box: MaskToolbox): TemplateResult {
  const t = texts().masks;
  const offered = maskTools.filter((tool) => tool !== 'pick' || box.regions);
  return html`<fieldset>
    <legend>${t.tool}</legend>
    <div class="grid" role="radiogroup" aria-label=${t.tool}>
      ${offered.map(
        (tool) =>
          html`<button
            type="button"
            role="radio"
            aria-checked=${box.tool === tool}
            @click=${() => {
              box.set({ tool });
            }}
          >
            ${t.tools[tool]}<kbd aria-hidden="true">${t.toolKeys[tool]}</kbd>
          </button>`,
      )}
    </div>
    ${slider(t.size, box.size, [1, 64, 1], String(box.size), (size) => {
      box.set({ size });
    })}
    ${slider(t.hardness, box.hardness, [0, 100, 5], `${String(box.hardness)} %`, (hardness) => {
      box.set({ hardness });
    })}
  </fieldset>`;
}

function wholeMask(box: MaskToolbox): TemplateResult {
  const t = texts().masks;
  const button = (change: WholeChange): TemplateResult =>
    html`<button
      type="button"
      @click=${() => {
        box.whole(change);
      }}
    >
      ${t[change]}
    </button>`;
  return html`<fieldset>
    <legend>${t.whole}</legend>
    <div class="grid three">${button('all')} ${button('none')} ${button('invert')}</div>
    <label class="line"
      >${t.by}
      <input
        type="number"
        min="1"
        max="16"
        .value=${String(box.by)}
        @change=${(event: Event & { readonly target: HTMLInputElement }) => {
          const by = Math.round(event.target.valueAsNumber);
          box.set({ by: Number.isFinite(by) ? Math.min(16, Math.max(1, by)) : box.by });
        }}
    /></label>
    <div class="grid three">${button('grow')} ${button('shrink')} ${button('feather')}</div>
  </fieldset>`;
}

function parts(box: MaskToolbox): TemplateResult | typeof nothing {
  const t = texts().masks;
  const { regions } = box;
  if (!regions) return box.expectsRegions ? html`<p>${t.noParts}</p>` : nothing;
  const scored = regions.scores.map((score, part) => ({
    part,
    shown: regions.meanScore > 0 ? (score / regions.meanScore).toFixed(2) : '0',
    score,
  }));
  return html`<fieldset>
    <legend title=${t.partsHint}>${t.parts}</legend>
    <div class="parts">
      ${scored
        .sort((a, b) => b.score - a.score)
        .map(
          ({ part, shown }) =>
            html`<button
              type="button"
              aria-pressed=${box.chosen[part] === true}
              aria-label=${t.part(part + 1, shown)}
              title=${t.partsHint}
              @click=${() => {
                box.toggle(part);
              }}
            >
              ${shown}×
            </button>`,
        )}
    </div>
    <div title=${t.thresholdHint}>
      ${slider(t.threshold, box.threshold, [0, 3, 0.05], box.threshold.toFixed(2), box.take)}
    </div>
  </fieldset>`;
}

function slider(
  label: string,
  value: number,
  [min, max, step]: readonly [number, number, number],
  shown: string,
  change: (value: number) => void,
): TemplateResult {
  return html`<label
    >${label}
    <input
      type="range"
      min=${min}
      max=${max}
      step=${step}
      .value=${String(value)}
      aria-valuetext=${shown}
      @input=${(event: Event & { readonly target: HTMLInputElement }) => {
        change(event.target.valueAsNumber);
      }}
    /><output>${shown}</output></label
  >`;
}
