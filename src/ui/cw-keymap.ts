import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { findByName } from './search.js';
import { baseStyles } from './styles.js';

/** A command and the keys it answers to. */
export interface KeyRow {
  readonly command: string;
  readonly label: string;
  readonly group: string;
  readonly keys: readonly string[];
  readonly isChanged: boolean;
}

/**
 * The editor of keys: search, record new keys, be told of conflicts, reset. Sends `cw-keys` with a command and its
 * keys, or none for the command's own.
 */
@customElement('cw-keymap')
export class CwKeymap extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .tools {
        display: flex;
        gap: var(--cw-2);
        margin-bottom: var(--cw-2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
        min-height: 34px;
        padding: 2px 0;
        border-bottom: 1px solid var(--cw-line);
      }
      li > span {
        flex: 1;
        min-width: 40%;
      }
      .keys {
        min-width: 110px;
        min-height: max(28px, var(--cw-target));
        border-color: var(--cw-line);
      }
      .keys.is-recording {
        border-color: var(--cw-accent);
        background: var(--cw-accent-soft);
        white-space: normal;
      }
      .side {
        width: max(30px, var(--cw-target));
      }
      .conflict {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
        width: 100%;
        padding: var(--cw-1) var(--cw-2);
        border-left: 3px solid var(--cw-warning);
        background: var(--cw-hover);
      }
    `,
  ];

  @property({ attribute: false }) accessor rows: readonly KeyRow[] = [];
  /** A key press as text, such as `Ctrl+Shift+Z`. */
  @property({ attribute: false }) accessor describe: (event: KeyboardEvent) => string = () => '';
  @state() private accessor query = '';
  @state() private accessor recording = '';
  @state() private accessor conflict: { command: string; keys: string; other: KeyRow } | undefined;

  private send(command: string, keys: readonly string[] | undefined): void {
    this.dispatchEvent(uiEvent('cw-keys', { command, keys }));
  }

  private onKey(event: KeyboardEvent, row: KeyRow): void {
    if (this.recording !== row.command) return;
    if (['Shift', 'Control', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.recording = '';
    if (event.key === 'Escape') return;
    if (event.key === 'Backspace' && !event.ctrlKey && !event.altKey) {
      this.send(row.command, []);
      return;
    }
    const keys = this.describe(event);
    const other = this.rows.find(
      (candidate) => candidate.command !== row.command && candidate.keys.includes(keys),
    );
    if (other) this.conflict = { command: row.command, keys, other };
    else this.send(row.command, [keys]);
  }

  private takeOver(): void {
    const { conflict } = this;
    if (!conflict) return;
    const { command, keys, other } = conflict;
    this.conflict = undefined;
    this.send(
      other.command,
      other.keys.filter((kept) => kept !== keys),
    );
    this.send(command, [keys]);
  }

  private renderConflict(command: string): TemplateResult | typeof nothing {
    const { conflict } = this;
    if (conflict?.command !== command) return nothing;
    return html`<div class="conflict" role="alert">
      ${texts().settings.taken(conflict.keys, conflict.other.label)}
      <button
        type="button"
        @click=${() => {
          this.takeOver();
        }}
      >
        ${texts().settings.takeOver}
      </button>
    </div>`;
  }

  private renderRow(row: KeyRow): TemplateResult {
    const words = texts().settings;
    const isRecording = this.recording === row.command;
    const shown = row.keys.join(', ') || words.noKeys;
    return html`<li>
      <span>${row.label}</span>
      <button
        type="button"
        class=${`keys ${isRecording ? 'is-recording' : ''}`}
        aria-label=${isRecording ? words.recording : `${shown}: ${words.record(row.label)}`}
        @click=${() => {
          this.recording = row.command;
          this.conflict = undefined;
        }}
        @blur=${() => {
          if (isRecording) this.recording = '';
        }}
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event, row);
        }}
      >
        ${isRecording ? words.recording : shown}
      </button>
      <button
        type="button"
        class="side"
        aria-label=${words.reset(row.label)}
        ?disabled=${!row.isChanged}
        @click=${() => {
          this.send(row.command, undefined);
        }}
      >
        ${icon('reset')}
      </button>
      ${this.renderConflict(row.command)}
    </li>`;
  }

  override render(): TemplateResult {
    const words = texts().settings;
    const found = findByName(this.query, this.rows, ({ label, keys, group }) => [
      label,
      group,
      ...keys,
    ]);
    return html`<div class="tools">
        <input
          type="search"
          aria-label=${words.searchKeys}
          placeholder=${words.searchKeys}
          .value=${this.query}
          @input=${(event: InputEvent) => {
            this.query = (event.target as HTMLInputElement).value;
          }}
        />
        <button
          type="button"
          ?disabled=${!this.rows.some(({ isChanged }) => isChanged)}
          @click=${() => {
            for (const { command, isChanged } of this.rows) {
              if (isChanged) this.send(command, undefined);
            }
          }}
        >
          ${words.resetAll}
        </button>
      </div>
      <ul aria-label=${words.keys}>
        ${found.map((row) => this.renderRow(row))}
      </ul>`;
  }
}
