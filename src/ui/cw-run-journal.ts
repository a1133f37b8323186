import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent, type UiEvents } from './events.js';
import { icon, type IconName } from './icons.js';
import { journalStyles } from './journal-styles.js';
import { baseStyles } from './styles.js';

/** A run as the journal shows it. */
export interface JournalRow {
  readonly id: number;
  /** Title of the graph; empty when it has none. */
  readonly title: string;
  readonly time: string;
  readonly duration: string;
  readonly outcome: 'success' | 'interrupted' | 'error';
  /** U-Net work in words; empty when unknown. */
  readonly work: string;
  /** Where it went on from kept passes, in words; empty when it did not. */
  readonly resumed: string;
  readonly error: string;
  readonly isStarred: boolean;
  /** What it was run with, in words by name. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly memory: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly title: string;
    readonly duration: string;
    readonly memory: string;
    /** Share of the longest node, 0..1. */
    readonly share: number;
    readonly isCached: boolean;
  }[];
  readonly pictures: readonly {
    readonly label: string;
    readonly url: string;
    readonly hash: string;
    /** The time of an older run whose picture has the same bytes; empty when there is none. */
    readonly sameAs: string;
  }[];
  readonly passes: readonly { readonly pass: number; readonly url: string }[];
}

type Wish = UiEvents['cw-run-wish']['wish'];

/**
 * Runs of this and of earlier sessions: results, times, settings, and what can be done with them. Sends
 * `cw-run-wish` and `cw-node-selected`.
 */
@customElement('cw-run-journal')
export class CwRunJournal extends LitElement {
  static override styles = [baseStyles, journalStyles];

  @property({ attribute: false }) accessor runs: readonly JournalRow[] = [];
  /** The run that another is to be compared with. */
  @property({ attribute: false }) accessor chosen: number | undefined;
  @state() private accessor filter = '';
  @state() private accessor isStarredOnly = false;

  private wish(id: number, wish: Wish): void {
    this.dispatchEvent(uiEvent('cw-run-wish', { id, wish }));
  }

  private get found(): readonly JournalRow[] {
    const wanted = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const words = texts().running.journal;
    return this.runs.filter((run) => {
      if (this.isStarredOnly && !run.isStarred) return false;
      const said = [run.title, run.time, words[run.outcome], run.error, ...run.settings.flat()];
      const text = said.join(' ').toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
  }

  private renderFilter(): TemplateResult {
    const words = texts().running.journal;
    return html`<div class="filter">
      <input
        type="search"
        aria-label=${words.filter}
        placeholder=${words.filter}
        .value=${this.filter}
        @input=${(event: Event) => {
          this.filter = (event.target as HTMLInputElement).value;
        }}
      />
      <button
        type="button"
        class="star"
        aria-label=${words.starredOnly}
        title=${words.starredOnly}
        aria-pressed=${this.isStarredOnly}
        @click=${() => {
          this.isStarredOnly = !this.isStarredOnly;
        }}
      >
        ${icon('star')}
      </button>
    </div>`;
  }

  private renderSummary(run: JournalRow): TemplateResult {
    const words = texts().running.journal;
    const [first] = run.pictures;
    const notes = [run.resumed, run.work].filter((text) => text !== '').join(' · ');
    return html`<summary>
      ${first ? html`<img src=${first.url} alt=${first.label} />` : html`<span></span>`}
      <span class="words">
        <span class="head">
          <span class="line"
            >${run.isStarred ? html`<span class="starred">${icon('star')}</span>` : nothing}
            ${run.time}
            <span class=${run.outcome === 'error' ? 'error' : 'dim'}
              >${words[run.outcome]}</span
            ></span
          >
          <span class="duration">${run.duration}</span>
        </span>
        ${run.title ? html`<span class="line dim">${run.title}</span>` : nothing}
        ${notes ? html`<span class="notes dim">${notes}</span>` : nothing}
      </span>
    </summary>`;
  }

  private action(run: JournalRow, wish: Wish, image: IconName, label: string): TemplateResult {
    return html`<button
      type="button"
      aria-label=${label}
      title=${label}
      aria-pressed=${wish === 'compare' ? this.chosen === run.id : nothing}
      @click=${() => {
        this.wish(run.id, wish);
      }}
    >
      ${icon(image)}
    </button>`;
  }

  private renderActions(run: JournalRow): TemplateResult {
    const words = texts().running.journal;
    const compare =
      this.chosen === undefined
        ? words.compare
        : this.chosen === run.id
          ? words.chosen
          : words.compareWith;
    return html`<div class="actions">
      <button
        type="button"
        @click=${() => {
          this.wish(run.id, 'open');
        }}
      >
        ${icon('open')} ${words.open}
      </button>
      <span class="gap"></span>
      ${
        run.isStarred
          ? html`<span class="starred">${this.action(run, 'unstar', 'star', words.unstar)}</span>`
          : this.action(run, 'star', 'star', words.star)
      }
      ${this.action(run, 'compare', 'swap', compare)}
      ${this.action(run, 'delete', 'delete', words.remove)}
    </div>`;
  }

  private renderPictures(run: JournalRow): TemplateResult | typeof nothing {
    const words = texts().running.journal;
    if (run.pictures.length === 0 && run.passes.length === 0) return nothing;
    return html`<div class="pictures">
        ${run.pictures.map(
          ({ label, url, hash, sameAs }) =>
            html`<figure>
              <img src=${url} alt=${label} />
              <button
                type="button"
                class="download"
                aria-label=${words.download(label)}
                title=${words.download(label)}
                @click=${() =>
                  this.dispatchEvent(
                    uiEvent('cw-run-wish', { id: run.id, wish: 'save', picture: hash }),
                  )}
              >
                ${icon('download')}
              </button>
              <figcaption>
                ${label}
                <code title=${words.hash(hash)}>${hash.slice(0, 12)}</code>
                ${sameAs ? html`<span class="same">${words.sameAs(sameAs)}</span>` : nothing}
              </figcaption>
            </figure>`,
        )}
      </div>
      ${
        run.passes.length > 0
          ? html`<ul class="passes" aria-label=${words.passes}>
              ${run.passes.map(
                ({ pass, url }) =>
                  html`<li>
                    <img src=${url} alt=${words.pass(pass)} title=${words.pass(pass)} />
                  </li>`,
              )}
            </ul>`
          : nothing
      }`;
  }

  private renderTimes(run: JournalRow): TemplateResult {
    const words = texts().running.journal;
    return html`<table>
        <caption class="visually-hidden">
          ${words.times}
        </caption>
        <tbody>
          ${run.nodes.map(
            (node) =>
              html`<tr>
                <th scope="row">
                  <button
                    type="button"
                    style=${`--share: ${String(node.share)}`}
                    @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', node.id))}
                  >
                    ${node.title}
                  </button>
                </th>
                <td>${node.isCached ? words.cached : node.duration}</td>
                <td class="dim">${node.isCached ? '' : node.memory}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="sum dim">${words.total}: ${run.duration}, ${run.memory}</p>`;
  }

  private renderRun(run: JournalRow, index: number): TemplateResult {
    return html`<details ?open=${index === 0} class=${this.chosen === run.id ? 'chosen' : ''}>
      ${this.renderSummary(run)}
      <div class="body">
        ${this.renderActions(run)} ${run.error ? html`<p class="error">${run.error}</p>` : nothing}
        ${this.renderPictures(run)} ${this.renderTimes(run)}
        <dl>
          ${run.settings.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
      </div>
    </details>`;
  }

  override render(): TemplateResult {
    const words = texts().running.journal;
    if (this.runs.length === 0) return html`<p class="dim">${words.empty}</p>`;
    const { found } = this;
    return html`${this.renderFilter()}
    ${
      found.length === 0
        ? html`<p class="dim">${words.noMatch}</p>`
        : found.map((run, index) => this.renderRun(run, index))
    }`;
  }
}
