import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { finderStyles } from './finder-styles.js';
import { icon } from './icons.js';
import { findByName } from './search.js';
import { baseStyles } from './styles.js';

/** Something that can be found and chosen. */
export interface FinderEntry {
  readonly id: string;
  readonly label: string;
  /** Under which heading it stands as long as nothing is searched. */
  readonly section: string;
  /** Other names by which it is found. */
  readonly aliases?: readonly string[];
  /** A word at the end of its line, such as its keys. */
  readonly detail?: string;
  /** It can be found, but not chosen now. */
  readonly isDisabled?: boolean;
}

interface Row {
  readonly entry?: FinderEntry;
  readonly heading?: string;
  /** A folded section: its name and how many are in it. */
  readonly folded?: readonly [section: string, count: number];
}

/**
 * A search with a list of what it finds: type, walk with the arrows, Enter. Without a search the entries stand under
 * their sections; a section named in `folded` is one line until it is opened. Sends `cw-pick` with an id, `cw-close`
 * when it is left, and `cw-shown` with the id under the cursor. What is slotted as `beside` stands next to the list.
 */
@customElement('cw-finder')
export class CwFinder extends LitElement {
  static override styles = [baseStyles, finderStyles];

  @property() accessor label = '';
  @property() accessor placeholder = '';
  @property({ attribute: false }) accessor entries: readonly FinderEntry[] = [];
  @property({ attribute: false }) accessor folded: readonly string[] = [];
  /** Where to open, in client pixels; in the upper middle when absent. */
  @property({ attribute: false }) accessor at: readonly [number, number] | undefined;
  @state() private accessor query = '';
  @state() private accessor active = 0;
  @state() private accessor opened: ReadonlySet<string> = new Set();
  private shown: string | undefined;

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

  private get rows(): readonly Row[] {
    const isSearching = this.query.trim() !== '';
    const found = findByName(this.query, this.entries, ({ label, aliases = [] }) => [
      label,
      ...aliases,
    ]);
    const isFolded = ({ section }: FinderEntry): boolean =>
      this.folded.includes(section) && !this.opened.has(section);
    const open = found.filter((entry) => !isFolded(entry));
    const counts = new Map<string, number>();
    for (const { section } of found.filter(isFolded)) {
      counts.set(section, (counts.get(section) ?? 0) + 1);
    }
    const rows: Row[] = [];
    let section: string | undefined;
    for (const entry of open) {
      if (!isSearching && entry.section !== section) rows.push({ heading: entry.section });
      section = entry.section;
      rows.push({ entry });
    }
    for (const folded of counts) rows.push({ folded });
    return rows;
  }

  private onKey(event: KeyboardEvent, options: readonly Row[]): void {
    const last = options.length - 1;
    if (event.key === 'ArrowDown') this.active = this.active >= last ? 0 : this.active + 1;
    else if (event.key === 'ArrowUp') this.active = this.active <= 0 ? last : this.active - 1;
    else if (event.key === 'PageDown') this.active = Math.min(last, this.active + 8);
    else if (event.key === 'PageUp') this.active = Math.max(0, this.active - 8);
    else if (event.key === 'Enter') this.choose(options[Math.min(this.active, last)]);
    else if (event.key === 'Escape') this.dispatchEvent(uiEvent('cw-close', undefined));
    else return;
    event.preventDefault();
  }

  private choose(row: Row | undefined): void {
    if (row?.folded) this.opened = new Set([...this.opened, row.folded[0]]);
    else if (row?.entry && !row.entry.isDisabled) {
      this.dispatchEvent(uiEvent('cw-pick', row.entry.id));
    }
  }

  override firstUpdated(): void {
    const view = this.ownerDocument.documentElement;
    const { offsetWidth: width } = this;
    // The list shrinks while one types: the place is chosen for its full height.
    const height = Math.min(560, view.clientHeight - 16);
    const [x, y] = this.at ?? [(view.clientWidth - width) / 2, view.clientHeight * 0.12];
    this.style.left = `${String(Math.max(8, Math.min(x, view.clientWidth - width - 8)))}px`;
    this.style.top = `${String(Math.max(8, Math.min(y, view.clientHeight - height - 8)))}px`;
    this.renderRoot.querySelector('input')?.focus();
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    const options = this.rows.filter(({ heading }) => heading === undefined);
    const id = options[Math.min(this.active, options.length - 1)]?.entry?.id ?? '';
    if (id === this.shown) return;
    this.shown = id;
    this.dispatchEvent(uiEvent('cw-shown', id));
  }

  private renderRow(row: Row, index: number, isActive: boolean): TemplateResult {
    const { entry, folded, heading } = row;
    if (heading !== undefined) {
      return html`<div class="heading" role="presentation">${heading}</div>`;
    }
    return html`<div
      id=${`option-${String(index)}`}
      role="option"
      aria-selected=${isActive}
      aria-disabled=${entry?.isDisabled ? 'true' : nothing}
      @click=${() => {
        this.choose(row);
      }}
      @pointermove=${() => {
        this.active = index;
      }}
    >
      <span>${entry?.label ?? folded?.[0]}</span>
      <span>${entry ? (entry.detail ?? '') : String(folded?.[1] ?? '')}</span>
    </div>`;
  }

  override render(): TemplateResult {
    const { rows } = this;
    const options = rows.filter(({ heading }) => heading === undefined);
    const active = Math.min(this.active, options.length - 1);
    return html`<div role="dialog" aria-label=${this.label}>
      <div class="search">
        ${icon('search')}
        <input
          type="search"
          role="combobox"
          aria-label=${this.placeholder}
          aria-expanded="true"
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant=${active >= 0 ? `option-${String(active)}` : nothing}
          placeholder=${this.placeholder}
          autocomplete="off"
          spellcheck="false"
          .value=${this.query}
          @input=${(event: InputEvent) => {
            this.query = (event.target as HTMLInputElement).value;
            this.active = 0;
          }}
          @keydown=${(event: KeyboardEvent) => {
            this.onKey(event, options);
            event.stopPropagation();
          }}
        />
        <slot name="below"></slot>
      </div>
      <div class="middle">
        <div id="list" role="listbox" aria-label=${this.label} tabindex="-1">
          ${rows.map((row) => {
            const index = options.indexOf(row);
            return this.renderRow(row, index, index === active);
          })}
          ${options.length === 0 ? html`<p class="none dim">${texts().finder.nothing}</p>` : nothing}
        </div>
        <slot name="beside"></slot>
      </div>
    </div>`;
  }
}
