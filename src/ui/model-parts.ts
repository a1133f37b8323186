import { html, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import type { ModelFactsShown } from './model-panel-model.js';
import { inMegabytes } from './transfer-figures.js';

/** The family of a model in words. */
export function familyOf({ family }: ModelFactsShown): string {
  return texts().models.families[family] ?? family;
}

/** What a user should know of a model before using it. */
export function warningsOf({ missing, notes }: ModelFactsShown): readonly string[] {
  return [...missing.map((network) => texts().models.missing[network] ?? network), ...notes];
}

/** How far something has come. */
export function renderBar(label: string, done: number, all: number): TemplateResult {
  const share = all === 0 ? 0 : Math.min(100, Math.floor((100 * done) / all));
  return html`<div
    class="bar"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${share}
    aria-valuetext=${texts().models.progress(inMegabytes(done), inMegabytes(all))}
  >
    <div style=${`width: ${String(share)}%`}></div>
  </div>`;
}

/** A field for a server’s token, with what becomes of it. */
export function renderToken(id: string, host: string): TemplateResult {
  const say = texts().models;
  return html`<input
      id=${id}
      type="password"
      aria-label=${say.token}
      placeholder=${say.token}
      autocomplete="off"
    />
    <p class="note dim">${say.tokenHint(host)}</p>`;
}
