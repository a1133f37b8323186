import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-widget-field.js';
import type { CwWidgetField } from './cw-widget-field.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { hasValue, lineButton, valueButton } from './list-buttons.js';
import { nodesIn, shownItems, walked, type ListItem, type ShownItem } from './list-model.js';
import { graphListStyles, listStyles } from './list-styles.js';
import { baseStyles } from './styles.js';

/**
 * The graph as a tree that keyboards and screen readers can walk, equal to the canvas: zones, groups and nodes, and
 * below them values, inputs and outputs. Sends `cw-node-selected`, `cw-nodes-selected`, `cw-widget-changed`,
 * `cw-connect`, `cw-connect-output`, `cw-disconnect`, `cw-node-renamed`, `cw-nodes-swapped`, `cw-node-menu` and `cw-pictures`; what
 * else can be done with selected nodes is done by the keys of the application.
 */
@customElement('cw-graph-list')
export class CwGraphList extends LitElement {
  static override styles = [baseStyles, listStyles, graphListStyles];

  @property({ attribute: false }) accessor items: readonly ListItem[] = [];
  /** Lines that are not as they are at first: nodes folded, zones and groups unfolded. */
  @state() private accessor turned: ReadonlySet<string> = new Set();
  @state() private accessor current = '';
  @state() private accessor query = '';
  /** The line that is being edited: a widget's value or a node's title. */
  @state() private accessor editing = '';

  private isOpen(item: ListItem): boolean {
    const isBranch = item.kind === 'zone' || item.kind === 'group';
    return item.children.length > 0 && isBranch !== this.turned.has(item.key);
  }

  private get shown(): readonly ShownItem[] {
    const wanted = this.query.trim().toLowerCase();
    const items =
      wanted === ''
        ? this.items
        : nodesIn(this.items).filter(({ label }) => label.toLowerCase().includes(wanted));
    return shownItems(items, (item) => this.isOpen(item));
  }

  private turn({ key }: ListItem): void {
    const next = new Set(this.turned);
    if (!next.delete(key)) next.add(key);
    this.turned = next;
  }

  private focusKey(key: string): void {
    this.current = key;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`li[data-key="${CSS.escape(key)}"]`)?.focus();
    });
  }

  private startEditing(item: ListItem): void {
    this.current = item.key;
    this.editing = item.key;
    void this.updateComplete.then(async () => {
      const field = this.renderRoot.querySelector<CwWidgetField>('cw-widget-field');
      await field?.updateComplete;
      const input =
        field?.shadowRoot?.querySelector<HTMLElement>('#field') ??
        this.renderRoot.querySelector<HTMLInputElement>('.title');
      input?.focus();
      if (input instanceof HTMLInputElement) input.select();
    });
  }

  private stopEditing(key: string): void {
    this.editing = '';
    this.focusKey(key);
  }

  private activate(item: ListItem): void {
    const end = { node: item.node, name: item.name };
    switch (item.kind) {
      case 'zone':
      case 'group':
        this.turn(item);
        return;
      case 'node':
        this.dispatchEvent(uiEvent('cw-node-selected', item.node));
        return;
      case 'widget':
        this.startEditing(item);
        return;
      case 'input':
        this.dispatchEvent(uiEvent('cw-connect', end));
        return;
      case 'output':
        this.dispatchEvent(uiEvent('cw-connect-output', end));
        return;
      case 'pictures':
        this.dispatchEvent(uiEvent('cw-pictures', item.node));
    }
  }

  /** Asks for the value of a socket, beside its line. */
  private showValue({ key, node, name, kind }: ListItem): void {
    const line = this.renderRoot.querySelector(`li[data-key="${CSS.escape(key)}"] .line`);
    const { left, bottom } = (line ?? this).getBoundingClientRect();
    const side = kind === 'output' ? 'output' : 'input';
    this.dispatchEvent(uiEvent('cw-value-wanted', { node, side, name, at: [left, bottom - 12] }));
  }

  private openMenu(item: ListItem): void {
    const line = this.renderRoot.querySelector(`li[data-key="${CSS.escape(item.key)}"] .line`);
    const { left, bottom } = (line ?? this).getBoundingClientRect();
    this.dispatchEvent(uiEvent('cw-node-menu', { node: item.node, at: [left + 24, bottom] }));
  }

  /** The lines that follow each other under the same branch. */
  private swap(item: ListItem, step: 1 | -1): void {
    const { shown } = this;
    const at = shown.find((other) => other.item === item);
    const siblings = shown.filter(
      (other) => other.item.kind === 'node' && other.parent === at?.parent,
    );
    const other = siblings[siblings.findIndex((sibling) => sibling.item === item) + step];
    if (other) this.dispatchEvent(uiEvent('cw-nodes-swapped', [item.node, other.item.node]));
  }

  private toggleSelected(item: ListItem): void {
    const selected = nodesIn(this.items)
      .filter(({ isSelected }) => isSelected)
      .map(({ node }) => node);
    const next = item.isSelected
      ? selected.filter((node) => node !== item.node)
      : [...selected, item.node];
    this.dispatchEvent(uiEvent('cw-nodes-selected', next));
  }

  private onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLLIElement)) {
      this.onFieldKey(event);
      return;
    }
    const { shown } = this;
    const at = shown.findIndex(({ item }) => item.key === this.current);
    const place = shown[at];
    if (!place) return;
    if (!this.walk(event, shown, at) && !this.act(event, place.item)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private walk(event: KeyboardEvent, shown: readonly ShownItem[], at: number): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = walked(event.key, shown, at, (item) => this.isOpen(item));
    if (!step) return false;
    if (step.turn) this.turn(step.turn);
    if (step.to !== undefined) this.focusKey(step.to);
    return true;
  }

  private act(event: KeyboardEvent, item: ListItem): boolean {
    const isNode = item.kind === 'node';
    const end = { node: item.node, name: item.name };
    if (event.altKey && isNode && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      this.swap(item, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) this.activate(item);
    else if (event.key === ' ' && isNode) this.toggleSelected(item);
    else if (event.key === 'F2' && isNode) this.startEditing(item);
    else if (event.key === 'v' && hasValue(item) && !event.ctrlKey && !event.metaKey) {
      this.showValue(item);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      this.openMenu(item);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && !isNode) {
      if (item.isLinked && item.kind === 'input') {
        this.dispatchEvent(uiEvent('cw-disconnect', end));
      }
    } else {
      // The application's own keys act on what is selected: that is to be this node.
      if (isNode && !item.isSelected && event.key.length > 1 && !isModifier(event.key)) {
        this.dispatchEvent(uiEvent('cw-nodes-selected', [item.node]));
      }
      return false;
    }
    return true;
  }

  private onFieldKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const isText = event.composedPath()[0] instanceof HTMLTextAreaElement;
    if (event.key === 'Escape' || (event.key === 'Enter' && !isText)) {
      const path = event.composedPath()[0];
      if (path instanceof HTMLButtonElement) return;
      // Leaving the field settles what was typed.
      if (path instanceof HTMLElement) path.blur();
      this.stopEditing(this.current);
      event.preventDefault();
    }
  }

  private renderTitle(item: ListItem): TemplateResult {
    return html`<input
      class="title"
      type="text"
      aria-label=${texts().list.title(item.label)}
      .value=${item.label}
      @change=${(event: Event) => {
        const title = (event.target as HTMLInputElement).value;
        this.dispatchEvent(uiEvent('cw-node-renamed', { node: item.node, title }));
      }}
    />`;
  }

  private lineAction(item: ListItem): void {
    const end = { node: item.node, name: item.name };
    if (item.kind !== 'input') this.openMenu(item);
    else this.dispatchEvent(uiEvent(item.isLinked ? 'cw-disconnect' : 'cw-connect', end));
  }

  private renderItem({ item, level }: ShownItem, at: number, of: number): TemplateResult {
    const { key, kind, label, detail, node, children } = item;
    const isNode = kind === 'node';
    const isOpen = this.isOpen(item);
    const isEditing = this.editing === key;
    const look = isNode ? 'node' : kind === 'group' || kind === 'zone' ? 'branch' : 'part';
    const name = detail === '' ? label : isNode ? `${label}, ${detail}` : `${label}: ${detail}`;
    return html`<li
        role="treeitem"
        class=${look}
        data-key=${key}
        aria-level=${level}
        aria-posinset=${at}
        aria-setsize=${of}
        aria-label=${name}
        aria-expanded=${children.length > 0 ? isOpen : nothing}
        aria-selected=${isNode ? item.isSelected : nothing}
        tabindex=${this.current === key ? 0 : -1}
        @focus=${() => {
          this.current = key;
        }}
      >
        <div
          class="line"
          style=${`padding-left: ${String(4 + (level - 1) * 14)}px`}
          @click=${() => {
            this.current = key;
            if (isNode) this.turn(item);
            this.activate(item);
          }}
        >
          <span class=${`fold ${isOpen ? 'is-open' : ''}`}
            >${children.length > 0 ? icon('chevron') : nothing}</span
          >
          <span class="name">${label}</span>
          <span class="detail">${detail}</span>
          ${valueButton(item, () => {
            this.showValue(item);
          })}
          ${lineButton(item, () => {
            this.lineAction(item);
          })}
        </div>
      </li>
      ${isEditing ? this.renderEditor(item, node) : nothing}`;
  }

  private renderEditor(item: ListItem, node: string): TemplateResult {
    return html`<li role="none" class="editor">
      ${
        item.widget
          ? html`<cw-widget-field .widget=${item.widget} .nodes=${[node]}></cw-widget-field>`
          : this.renderTitle(item)
      }
    </li>`;
  }

  override willUpdate(): void {
    const { shown } = this;
    if (!shown.some(({ item }) => item.key === this.current)) {
      const selected = shown.find(({ item }) => item.isSelected);
      this.current = (selected ?? shown[0])?.item.key ?? '';
    }
  }

  override render(): TemplateResult {
    const words = texts().list;
    if (this.items.length === 0) {
      return html`<p class="empty">${words.empty}<br />${words.emptyHint}</p>`;
    }
    const { shown } = this;
    const siblings = new Map<string | undefined, ShownItem[]>();
    for (const place of shown) {
      const among = siblings.get(place.parent);
      if (among) among.push(place);
      else siblings.set(place.parent, [place]);
    }
    return html`<input
        class="search"
        type="search"
        aria-label=${words.search}
        placeholder=${words.search}
        .value=${this.query}
        @input=${(event: InputEvent) => {
          this.query = (event.target as HTMLInputElement).value;
        }}
      />
      ${
        shown.length === 0
          ? html`<p class="empty">${words.nothingFound}</p>`
          : html`<ul
              role="tree"
              aria-label=${words.label}
              aria-multiselectable="true"
              @keydown=${(event: KeyboardEvent) => {
                this.onKey(event);
              }}
            >
              ${shown.map((place) => {
                const among = siblings.get(place.parent) ?? [];
                return this.renderItem(place, among.indexOf(place) + 1, among.length);
              })}
            </ul>`
      }
      <p class="help dim">${words.help}</p>`;
  }
}

function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta', 'Tab', 'Escape'].includes(key);
}
