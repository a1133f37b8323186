import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** One line of a menu. */
export interface MenuItem {
  readonly value: string;
  readonly label: string;
  readonly shortcut?: string;
  readonly isCurrent?: boolean;
  readonly isDangerous?: boolean;
}

/** A menu at a point of the page: `cw-pick` with the value, `cw-close` when it goes away without. */
@customElement('cw-menu')
export class CwMenu extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        z-index: 30;
        min-width: 180px;
        max-width: min(320px, calc(100vw - 16px));
        max-height: min(420px, calc(100vh - 16px));
        overflow: auto;
        padding: var(--cw-1);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
      }
      button {
        display: grid;
        grid-template-columns: 16px 1fr auto;
        gap: var(--cw-2);
        width: 100%;
        text-align: left;
        justify-items: start;
      }
      button > span {
        overflow: hidden;
        text-overflow: ellipsis;
        max-width: 100%;
      }
      .danger {
        color: var(--cw-error-text);
      }
      @media (pointer: coarse) {
        button {
          min-height: 40px;
        }
      }
    `,
  ];

  @property() accessor label = '';
  @property({ attribute: false }) accessor items: readonly MenuItem[] = [];
  @property({ attribute: false }) accessor at: readonly [number, number] = [0, 0];
  @state() private accessor active = 0;

  private typed = '';
  private typedAt = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onKey);
    this.ownerDocument.addEventListener('pointerdown', this.onOutside, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.onKey);
    this.ownerDocument.removeEventListener('pointerdown', this.onOutside, true);
  }

  private readonly onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.dispatchEvent(uiEvent('cw-close', undefined));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = this.items.length - 1;
    if (event.key === 'ArrowDown') this.move(this.active >= last ? 0 : this.active + 1);
    else if (event.key === 'ArrowUp') this.move(this.active <= 0 ? last : this.active - 1);
    else if (event.key === 'Home') this.move(0);
    else if (event.key === 'End') this.move(last);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      this.dispatchEvent(uiEvent('cw-close', undefined));
    } else if (event.key.length === 1 && !event.ctrlKey && event.key !== ' ') this.find(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Goes to the next entry that begins with what was typed within the last second. */
  private find(event: KeyboardEvent): void {
    this.typed = event.timeStamp - this.typedAt < 1000 ? this.typed + event.key : event.key;
    this.typedAt = event.timeStamp;
    const wanted = this.typed.toLowerCase();
    const found = this.items.findIndex(({ label }) => label.toLowerCase().startsWith(wanted));
    if (found >= 0) this.move(found);
  }

  private move(index: number): void {
    this.active = index;
    void this.updateComplete.then(() => {
      this.focusActive();
    });
  }

  private focusActive(): void {
    this.renderRoot.querySelectorAll('button')[this.active]?.focus();
  }

  override firstUpdated(): void {
    const current = this.items.findIndex(({ isCurrent }) => isCurrent);
    this.move(Math.max(0, current));
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('at') && !changed.has('items')) return;
    const { offsetWidth, offsetHeight } = this;
    const view = this.ownerDocument.documentElement;
    const left = Math.max(8, Math.min(this.at[0], view.clientWidth - offsetWidth - 8));
    const top = Math.max(8, Math.min(this.at[1], view.clientHeight - offsetHeight - 8));
    this.style.left = `${String(left)}px`;
    this.style.top = `${String(top)}px`;
  }

  override render(): TemplateResult {
    const hasCurrent = this.items.some(({ isCurrent }) => isCurrent);
    return html`<div role="menu" aria-label=${this.label}>
      ${this.items.map(
        (item, index) =>
          html`<button
            type="button"
            role=${hasCurrent ? 'menuitemradio' : 'menuitem'}
            aria-checked=${hasCurrent ? String(item.isCurrent ?? false) : nothing}
            tabindex=${index === this.active ? 0 : -1}
            class=${item.isDangerous ? 'danger' : ''}
            @click=${() => this.dispatchEvent(uiEvent('cw-pick', item.value))}
          >
            <span>${item.isCurrent ? icon('check') : nothing}</span>
            <span>${item.label}</span>
            ${item.shortcut ? html`<kbd>${item.shortcut}</kbd>` : html`<span></span>`}
          </button>`,
      )}
    </div>`;
  }
}
