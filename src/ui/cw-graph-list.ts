import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';

/** A node as the list shows it. */
export interface ListNode {
  readonly id: string;
  readonly title: string;
  /** State in words; empty when idle. */
  readonly state: string;
  readonly isSelected: boolean;
  readonly rows: readonly ListRow[];
}

/** An input of a listed node. */
export interface ListRow {
  readonly input: string;
  /** The value, or where the link comes from. */
  readonly text: string;
  /** A widget that can be edited. */
  readonly isWidget: boolean;
}

/** The graph as a tree that keyboards and screen readers can walk: nodes, and their inputs below them. */
@customElement('cw-graph-list')
export class CwGraphList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      ul ul {
        padding-left: var(--cw-4);
      }
      .line {
        display: flex;
        justify-content: space-between;
        gap: var(--cw-2);
        padding: 4px var(--cw-2);
        border-radius: var(--cw-radius);
        cursor: pointer;
      }
      .line:hover {
        background: var(--cw-hover);
      }
      li[aria-selected='true'] > .line {
        background: var(--cw-accent-soft);
      }
      li:focus-visible {
        outline: none;
      }
      li:focus-visible > .line {
        outline: 2px solid var(--cw-accent);
      }
      .rows .line {
        font-size: 12px;
      }
      .line span:last-child {
        color: var(--cw-text-dim);
        text-align: right;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        min-width: 0;
      }
      .line span:first-child {
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) accessor nodes: readonly ListNode[] = [];
  @state() private accessor open: ReadonlySet<string> = new Set();
  @state() private accessor current = '';

  private get keys(): readonly string[] {
    return this.nodes.flatMap(({ id, rows }) =>
      this.open.has(id) ? [id, ...rows.map(({ input }) => `${id}/${input}`)] : [id],
    );
  }

  private toggle(id: string, isOpen: boolean): void {
    const next = new Set(this.open);
    if (isOpen) next.add(id);
    else next.delete(id);
    this.open = next;
  }

  private focusKey(key: string): void {
    this.current = key;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
    });
  }

  private activate(key: string): void {
    const [node, input] = splitKey(key);
    if (input === undefined) this.dispatchEvent(uiEvent('cw-node-selected', node));
    else this.dispatchEvent(uiEvent('cw-widget-opened', { node, input }));
  }

  private onKey(event: KeyboardEvent): void {
    const { keys } = this;
    const key = (event.target as HTMLElement).dataset['key'] ?? '';
    const at = keys.indexOf(key);
    const [node, input] = splitKey(key);
    const go = (index: number): void => {
      const next = keys[Math.max(0, Math.min(keys.length - 1, index))];
      if (next !== undefined) this.focusKey(next);
    };
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(keys.length - 1);
    else if (event.key === 'ArrowRight' && input === undefined) {
      if (this.open.has(node)) go(at + 1);
      else this.toggle(node, true);
    } else if (event.key === 'ArrowLeft') {
      if (input === undefined) this.toggle(node, false);
      else this.focusKey(node);
    } else if (event.key === 'Enter' || event.key === ' ') this.activate(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private renderNode(node: ListNode, index: number): TemplateResult {
    const isOpen = this.open.has(node.id);
    const isCurrent = this.current === node.id || (this.current === '' && index === 0);
    return html`<li
      role="treeitem"
      data-key=${node.id}
      aria-label=${node.state ? `${node.title}, ${node.state}` : node.title}
      aria-expanded=${isOpen}
      aria-selected=${node.isSelected}
      tabindex=${isCurrent ? 0 : -1}
    >
      <div
        class="line"
        @click=${() => {
          this.current = node.id;
          this.toggle(node.id, !isOpen);
          this.activate(node.id);
        }}
      >
        <span>${node.title}</span> <span>${node.state}</span>
      </div>
      ${
        isOpen
          ? html`<ul role="group" class="rows">
              ${node.rows.map((row) => this.renderRow(node, row))}
            </ul>`
          : ''
      }
    </li>`;
  }

  private renderRow(node: ListNode, row: ListRow): TemplateResult {
    const key = `${node.id}/${row.input}`;
    return html`<li
      role="treeitem"
      data-key=${key}
      aria-label=${`${row.input}: ${row.text}`}
      tabindex=${this.current === key ? 0 : -1}
    >
      <div
        class="line"
        @click=${() => {
          this.current = key;
          this.activate(key);
        }}
      >
        <span>${row.input}</span> <span>${row.text}</span>
      </div>
    </li>`;
  }

  override render(): TemplateResult {
    if (this.nodes.length === 0) return html`<p class="dim">The graph is empty.</p>`;
    return html`<ul
      role="tree"
      aria-label="Graph"
      aria-multiselectable="true"
      @keydown=${(event: KeyboardEvent) => {
        this.onKey(event);
      }}
    >
      ${this.nodes.map((node, index) => this.renderNode(node, index))}
    </ul>`;
  }
}

function splitKey(key: string): readonly [node: string, input?: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [key] : [key.slice(0, slash), key.slice(slash + 1)];
}
