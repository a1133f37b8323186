import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { fuzzyScore } from './fuzzy.js';
import { baseStyles } from './styles.js';

/** A node that can be added. */
export interface PaletteEntry {
  readonly type: string;
  readonly title: string;
  readonly category: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Types that go in and come out, for the preview. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
}

/** The search for nodes: type, choose, Enter. `cw-pick` with the type, `cw-close` when left. */
@customElement('cw-node-palette')
export class CwNodePalette extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        z-index: 30;
        width: min(420px, calc(100vw - 16px));
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
        overflow: hidden;
      }
      .search {
        padding: var(--cw-2);
        border-bottom: 1px solid var(--cw-line);
      }
      .hint {
        margin-top: 6px;
        font-size: 12px;
      }
      [role='listbox'] {
        max-height: min(300px, 40vh);
        overflow: auto;
        padding: var(--cw-1);
      }
      [role='option'] {
        display: flex;
        justify-content: space-between;
        gap: var(--cw-3);
        padding: 6px var(--cw-2);
        border-radius: var(--cw-radius);
        cursor: pointer;
      }
      [aria-selected='true'] {
        background: var(--cw-accent-soft);
      }
      .preview {
        padding: var(--cw-2) var(--cw-3) var(--cw-3);
        border-top: 1px solid var(--cw-line);
        font-size: 12px;
        min-height: 76px;
      }
      .types {
        margin-top: 4px;
        font-size: 11px;
        overflow-wrap: anywhere;
      }
      .none {
        padding: var(--cw-3);
      }
    `,
  ];

  @property({ attribute: false }) accessor entries: readonly PaletteEntry[] = [];
  /** Why only some nodes are shown. */
  @property() accessor hint = '';
  @property({ attribute: false }) accessor at: readonly [number, number] = [0, 0];
  @state() private accessor search = '';
  @state() private accessor active = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('pointerdown', this.onOutside, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('pointerdown', this.onOutside, true);
  }

  private readonly onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.dispatchEvent(uiEvent('cw-close', undefined));
  };

  private get found(): readonly PaletteEntry[] {
    if (this.search.trim() === '') return this.entries;
    const scored = this.entries.map((entry) => ({ entry, score: scoreOf(entry, this.search) }));
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ entry }) => entry);
  }

  private onKey(event: KeyboardEvent): void {
    const { found } = this;
    if (event.key === 'ArrowDown') this.active = Math.min(found.length - 1, this.active + 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(0, this.active - 1);
    else if (event.key === 'Enter') this.pick(found[this.active]);
    else if (event.key === 'Escape') this.dispatchEvent(uiEvent('cw-close', undefined));
    else return;
    event.preventDefault();
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    });
  }

  private pick(entry: PaletteEntry | undefined): void {
    if (entry) this.dispatchEvent(uiEvent('cw-pick', entry.type));
  }

  override firstUpdated(): void {
    const view = this.ownerDocument.documentElement;
    const left = Math.max(8, Math.min(this.at[0], view.clientWidth - this.offsetWidth - 8));
    const top = Math.max(8, Math.min(this.at[1], view.clientHeight - this.offsetHeight - 8));
    this.style.left = `${String(left)}px`;
    this.style.top = `${String(top)}px`;
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): TemplateResult {
    const { found } = this;
    const shown = found[Math.min(this.active, found.length - 1)];
    return html`<div role="dialog" aria-label="Add node">
      <div class="search">
        <input
          type="search"
          role="combobox"
          aria-label="Search nodes"
          aria-expanded="true"
          aria-controls="list"
          aria-activedescendant=${shown ? `option-${shown.type}` : nothing}
          placeholder="Search nodes"
          autocomplete="off"
          .value=${this.search}
          @input=${(event: InputEvent) => {
            this.search = (event.target as HTMLInputElement).value;
            this.active = 0;
          }}
          @keydown=${(event: KeyboardEvent) => {
            this.onKey(event);
            event.stopPropagation();
          }}
        />
        ${this.hint ? html`<p class="hint dim">${this.hint}</p>` : nothing}
      </div>
      <div id="list" role="listbox" aria-label="Nodes" tabindex="-1">
        ${found.map(
          (entry) =>
            html`<div
              id=${`option-${entry.type}`}
              role="option"
              aria-selected=${entry === shown}
              @click=${() => {
                this.pick(entry);
              }}
              @pointermove=${() => {
                this.active = found.indexOf(entry);
              }}
            >
              <span>${entry.title}</span><span class="dim">${entry.category}</span>
            </div>`,
        )}
      </div>
      ${
        shown
          ? html`<div class="preview">
              <p>${firstSentence(shown.description)}</p>
              <p class="types dim">
                ${shown.takes.join(', ') || 'nothing'} → ${shown.gives.join(', ') || 'nothing'}
              </p>
            </div>`
          : html`<p class="none dim">No node of that name.</p>`
      }
    </div>`;
  }
}

/** The first sentence of a description, without its marks. */
function firstSentence(description: string): string {
  const plain = description.replaceAll(/[*`]/g, '');
  return /^.*?[.:](?=\s|$)/s.exec(plain)?.[0].replace(/:$/, '.') ?? plain;
}

function scoreOf(entry: PaletteEntry, search: string): number {
  const names = [entry.title, entry.type, ...entry.aliases].map((name) => fuzzyScore(search, name));
  return Math.max(...names, fuzzyScore(search, entry.category) / 3);
}
