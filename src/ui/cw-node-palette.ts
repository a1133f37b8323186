import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import './cw-finder.js';
import type { FinderEntry } from './cw-finder.js';
import { markdown } from './markdown.js';
import { drawNode, nodeDrawingStyles, type DrawnNode } from './node-drawing.js';
import { baseStyles } from './styles.js';

/** A node that can be added. */
export interface PaletteEntry {
  readonly type: string;
  readonly title: string;
  readonly category: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Whether the link that is being dragged can end at it. */
  readonly isFitting: boolean;
  readonly drawing: DrawnNode;
}

/** The search for nodes, with a picture of the one under the cursor. `cw-pick` with the type, `cw-close` when left. */
@customElement('cw-node-palette')
export class CwNodePalette extends LitElement {
  static override styles = [
    baseStyles,
    nodeDrawingStyles,
    css`
      cw-finder {
        --cw-finder-width: 660px;
      }
      .chips {
        display: flex;
        gap: var(--cw-1);
        margin-top: 6px;
        overflow-x: auto;
        scrollbar-width: none;
      }
      .chips button {
        flex: none;
        min-height: max(24px, calc(var(--cw-target) - 6px));
        border-radius: 999px;
        font-size: 12px;
        color: var(--cw-text-dim);
      }
      .chips button[aria-pressed='true'] {
        background: var(--cw-accent-soft);
        color: var(--cw-text);
      }
      .chips :focus-visible {
        outline-offset: -2px;
      }
      .preview {
        width: 280px;
        padding: var(--cw-3);
        border-left: 1px solid var(--cw-line);
        font-size: 12px;
        overflow: auto;
      }
      .preview p {
        margin-top: var(--cw-2);
      }
      @media (max-width: 640px) {
        .preview {
          width: auto;
          max-height: 30dvh;
          border-left: 0;
          border-top: 1px solid var(--cw-line);
        }
        .preview p + p {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor entries: readonly PaletteEntry[] = [];
  /** Types that were added last, newest first. */
  @property({ attribute: false }) accessor recent: readonly string[] = [];
  /** The type of the link that is dragged; empty for none. */
  @property() accessor linkType = '';
  @property({ attribute: false }) accessor at: readonly [number, number] = [0, 0];
  @state() private accessor shown = '';
  @state() private accessor category = '';

  private get found(): readonly FinderEntry[] {
    const { finder } = texts();
    const row = (entry: PaletteEntry, section: string): FinderEntry => ({
      id: entry.type,
      label: entry.title,
      section,
      aliases: [entry.type, entry.category, ...entry.aliases],
      detail: entry.category,
    });
    const listed = this.entries.filter(
      ({ category }) => this.category === '' || category === this.category,
    );
    if (this.linkType !== '') {
      return [
        ...listed
          .filter(({ isFitting }) => isFitting)
          .map((entry) => row(entry, finder.fits(this.linkType))),
        ...listed
          .filter(({ isFitting }) => !isFitting)
          .map((entry) => row(entry, finder.allOthers)),
      ];
    }
    const recent = this.recent.flatMap((type) => listed.find((entry) => entry.type === type) ?? []);
    return [
      ...recent.map((entry) => row(entry, finder.recent)),
      ...listed
        .filter((entry) => !recent.includes(entry))
        .map((entry) => row(entry, entry.category)),
    ];
  }

  private renderChips(): TemplateResult {
    const categories = [...new Set(this.entries.map(({ category }) => category))];
    return html`<div
      slot="below"
      class="chips"
      role="group"
      aria-label=${texts().finder.categories}
    >
      ${['', ...categories].map(
        (category) =>
          html`<button
            type="button"
            aria-pressed=${category === this.category}
            @click=${() => {
              this.category = category;
            }}
          >
            ${category === '' ? texts().finder.all : category}
          </button>`,
      )}
    </div>`;
  }

  private renderPreview(): TemplateResult | typeof nothing {
    const entry = this.entries.find(({ type }) => type === this.shown);
    if (!entry) return nothing;
    const { inputs, outputs } = entry.drawing;
    const label = texts().finder.drawing(
      entry.title,
      inputs.map(({ type }) => type),
      outputs.map(({ type }) => type),
    );
    return html`<div
      slot="beside"
      class="preview"
      tabindex="0"
      role="region"
      aria-label=${texts().finder.preview}
    >
      ${drawNode(entry.drawing, label)} ${markdown(entry.description)}
    </div>`;
  }

  override render(): TemplateResult {
    return html`<cw-finder
      .label=${texts().finder.addNode}
      .placeholder=${texts().finder.searchNodes}
      .entries=${this.found}
      .folded=${[texts().finder.allOthers]}
      .at=${this.at}
      @cw-shown=${(event: CustomEvent<string>) => {
        this.shown = event.detail;
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') this.dispatchEvent(uiEvent('cw-close', undefined));
        event.stopPropagation();
      }}
    >
      ${this.renderChips()} ${this.renderPreview()}
    </cw-finder>`;
  }
}
