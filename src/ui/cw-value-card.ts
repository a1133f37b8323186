import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InspectedValue, ValueDescription } from '../core/node/value-description.js';
import { texts } from '../texts/texts.js';
import { formatBytes, formatFigure } from './figures.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';
import { valueCardStyles } from './value-card-styles.js';

/** What the card has to show: undefined while it is looked for, `unlinked` when nothing is connected. */
export type CardValue = InspectedValue | { readonly kind: 'unlinked' } | undefined;

/** Distance from the pointer, so that the socket stays in sight. */
const gap = 18;

/** The value of a socket beside a point of the page. Pinned, it takes the focus and sends `cw-close`. */
@customElement('cw-value-card')
export class CwValueCard extends LitElement {
  static override styles = [baseStyles, valueCardStyles];

  @property() accessor label = '';
  @property({ attribute: false }) accessor value: CardValue;
  @property({ attribute: false }) accessor at: readonly [number, number] = [0, 0];
  @property({ type: Boolean }) accessor isPinned = false;
  @property({ type: Boolean }) accessor isStale = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.close();
    });
  }

  override willUpdate(): void {
    this.setAttribute('role', this.isPinned ? 'dialog' : 'tooltip');
    this.setAttribute('aria-label', texts().running.value.label(this.label));
  }

  override updated(changed: PropertyValues): void {
    this.place();
    this.paint();
    if (this.isPinned && changed.has('isPinned')) this.renderRoot.querySelector('button')?.focus();
  }

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  /** Right of and below the point, or on its other sides where there is no room. */
  private place(): void {
    const [x, y] = this.at;
    const { offsetWidth: width, offsetHeight: height } = this;
    const { innerWidth, innerHeight } = globalThis;
    const left = x + gap + width > innerWidth ? x - gap - width : x + gap;
    const top = y + gap + height > innerHeight ? y - gap - height : y + gap;
    this.style.left = `${String(Math.max(8, Math.min(left, innerWidth - width - 8)))}px`;
    this.style.top = `${String(Math.max(8, Math.min(top, innerHeight - height - 8)))}px`;
  }

  private paint(): void {
    const picture = this.value?.kind === 'kept' ? this.value.description.picture : undefined;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!picture || !canvas) return;
    canvas.width = picture.width;
    canvas.height = picture.height;
    const pixels = new ImageData(
      new Uint8ClampedArray(picture.data),
      picture.width,
      picture.height,
    );
    canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  }

  private renderBody(): TemplateResult {
    const words = texts().running.value;
    switch (this.value?.kind) {
      case undefined:
        return html`<p class="dim">${words.waiting}</p>`;
      case 'unlinked':
        return html`<p class="dim">${words.nothing}</p>`;
      case 'never-ran':
        return html`<p class="dim">${words.neverRan}</p>`;
      case 'not-kept':
        return html`<p class="dim">${words.notKept}</p>`;
      case 'kept':
        return html`${this.isStale ? html`<p class="stale">${icon('warning')}${words.stale}</p>` : nothing}
        ${renderDescription(this.value.description)}`;
    }
  }

  override render(): TemplateResult {
    const { value } = this;
    const words = texts().running.value;
    const kept = value?.kind === 'kept' ? value : undefined;
    const pass = kept?.pass === undefined ? '' : words.pass(kept.pass);
    return html`<header role="none">
        <strong>${this.label}</strong>
        <span class="dim">${[kept?.description.type, pass].filter(Boolean).join(' · ')}</span>
        ${
          this.isPinned
            ? html`<button
                type="button"
                aria-label=${texts().dialogs.close}
                @click=${() => {
                  this.close();
                }}
              >
                ${icon('close')}
              </button>`
            : nothing
        }
      </header>
      ${this.renderBody()}`;
  }
}

function renderDescription(description: ValueDescription): TemplateResult {
  const words = texts().running.value;
  const { tensor, picture, size, coverage, text, facts } = description;
  const isSmall = picture !== undefined && picture.width <= 64;
  const rows: (readonly [string, string])[] = [];
  if (size) rows.push([words.size, size.join(' × ')]);
  if (coverage !== undefined) rows.push([words.coverage, `${(coverage * 100).toFixed(1)} %`]);
  for (const [name, value] of facts) {
    const shown =
      name === 'bytes' && typeof value === 'number'
        ? formatBytes(value)
        : typeof value === 'number'
          ? formatFigure(value)
          : value;
    rows.push([words.facts[name], shown]);
  }
  if (tensor) rows.push(...tensorRows(tensor));
  return html`${
      picture
        ? html`<canvas
            class=${isSmall ? 'small' : ''}
            role="img"
            aria-label=${words.picture}
          ></canvas>`
        : nothing
    }
    ${text === undefined ? nothing : html`<p class="text">${text === '' ? '“”' : text}</p>`}
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${tensor ? renderHistogram(tensor.statistics) : nothing}`;
}

function tensorRows({
  shape,
  dtype,
  place,
  byteLength,
  statistics,
}: NonNullable<ValueDescription['tensor']>): readonly (readonly [string, string])[] {
  const words = texts().running.value;
  const { min, max, mean, std, nonFinite } = statistics;
  const where = place === 'gpu' ? `, ${words.onDevice}` : '';
  return [
    [words.shape, `[${shape.join(', ')}] ${dtype}`],
    [words.bytes, `${formatBytes(byteLength)}${where}`],
    [words.range, `${formatFigure(min)} … ${formatFigure(max)}`],
    [words.mean, formatFigure(mean)],
    [words.deviation, formatFigure(std)],
    ...(nonFinite > 0 ? [['⚠', words.nonFinite(nonFinite)] as const] : []),
  ];
}

function renderHistogram({
  min,
  max,
  histogram,
}: NonNullable<ValueDescription['tensor']>['statistics']): TemplateResult {
  const most = Math.max(1, ...histogram);
  const label = texts().running.value.histogram(formatFigure(min), formatFigure(max));
  return html`<div class="histogram" role="img" aria-label=${label}>
    ${histogram.map((count) => html`<i style=${`height: ${String((count / most) * 100)}%`}></i>`)}
  </div>`;
}
