import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { gridStyles } from './schedule-grid-styles.js';
import { baseStyles } from './styles.js';
import type { GridAxis, GridCell, GridSheet } from './schedule-grid-model.js';

/** Two parameters of a schedule, their values, and a picture for each pair. Sends `cw-grid-run`, `cw-grid-stop`, `cw-pick` with a cell's number, and `cw-close`. */
@customElement('cw-schedule-grid')
export class CwScheduleGrid extends LitElement {
  static override styles = [baseStyles, gridStyles];

  @property({ attribute: false }) accessor axes: readonly GridAxis[] = [];
  @property({ attribute: false }) accessor sheet: GridSheet | undefined;
  @property({ type: Boolean }) accessor isRunning = false;
  /** What is wrong with the request. */
  @property() accessor mistake = '';

  @state() private accessor x = '';
  @state() private accessor y = '';

  override updated(changed: PropertyValues): void {
    if (!changed.has('sheet')) return;
    this.sheet?.cells.forEach(({ picture }, i) => {
      const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(
        `canvas[data-cell="${String(i)}"]`,
      );
      if (!canvas || !picture || canvas.width === picture.width) return;
      [canvas.width, canvas.height] = [picture.width, picture.height];
      const pixels = new ImageData(new Uint8ClampedArray(picture.data), picture.width);
      canvas.getContext('2d')?.putImageData(pixels, 0, 0);
    });
  }

  private textOf(name: 'x' | 'y'): string {
    return (
      this.renderRoot.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`)?.value ?? ''
    );
  }

  private renderAxis(name: 'x' | 'y', label: string, fallback: string | undefined): TemplateResult {
    const t = texts().timeline.grid;
    const chosen = this[name] || (fallback ?? '');
    const axis = this.axes.find(({ id }) => id === chosen);
    return html`<fieldset>
      <legend>${label}</legend>
      <select
        aria-label=${label}
        @change=${(event: Event & { readonly target: HTMLSelectElement }) => {
          this[name] = event.target.value;
        }}
      >
        ${name === 'y' ? html`<option value="-" ?selected=${chosen === '-'}>${t.nothing}</option>` : nothing}
        ${this.axes.map(
          ({ id, label: text }) =>
            html`<option value=${id} ?selected=${id === chosen}>${text}</option>`,
        )}
      </select>
      <textarea
        name=${name}
        rows="4"
        spellcheck="false"
        aria-label=${`${label}: ${t.values}`}
        ?disabled=${!axis}
        .value=${axis?.suggestion ?? ''}
      ></textarea>
    </fieldset>`;
  }

  private start(): void {
    const x = this.x || (this.axes[0]?.id ?? '');
    const y = this.y || '-';
    this.dispatchEvent(
      uiEvent('cw-grid-run', {
        x: { id: x, text: this.textOf('x') },
        y: { id: y, text: this.textOf('y') },
      }),
    );
  }

  private renderCell(cell: GridCell, index: number, name: string): TemplateResult {
    const t = texts().timeline.grid;
    return html`<td>
      <button
        type="button"
        ?disabled=${cell.state !== 'done'}
        title=${t.use(name)}
        aria-label=${t.use(name)}
        @click=${() => {
          this.dispatchEvent(uiEvent('cw-pick', String(index)));
        }}
      >
        ${cell.picture ? html`<canvas data-cell=${index}></canvas>` : html`<i class=${cell.state}></i>`}
      </button>
      <small>${cell.note}</small>
    </td>`;
  }

  private renderSheet({ columns, rows, cells }: GridSheet): TemplateResult {
    return html`<div class="sheet" tabindex="0">
      <table>
        <thead>
          <tr>
            <td></td>
            ${columns.map((value) => html`<th scope="col">${value}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, r) =>
              html`<tr>
                <th scope="row">${row}</th>
                ${columns.map((column, c) => {
                  const index = r * columns.length + c;
                  const cell = cells[index];
                  return cell
                    ? this.renderCell(cell, index, [column, row].filter(Boolean).join(', '))
                    : nothing;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  override render(): TemplateResult {
    const t = texts().timeline.grid;
    return html`<cw-dialog .label=${t.title}>
      <div class="choice">
        ${this.renderAxis('x', t.x, this.axes[0]?.id)} ${this.renderAxis('y', t.y, '-')}
        <div class="go">
          ${
            this.isRunning
              ? html`<button
                  type="button"
                  @click=${() => {
                    this.dispatchEvent(uiEvent('cw-grid-stop', undefined));
                  }}
                >
                  ${t.stop}
                </button>`
              : html`<button
                  type="button"
                  class="primary"
                  @click=${() => {
                    this.start();
                  }}
                >
                  ${t.run}
                </button>`
          }
          <p role=${this.mistake ? 'alert' : 'note'}>${this.mistake || t.hint}</p>
        </div>
      </div>
      ${this.sheet ? this.renderSheet(this.sheet) : nothing}
    </cw-dialog>`;
  }
}
