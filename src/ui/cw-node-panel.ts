import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InputSpec, OutputSpec } from '../core/node/definition.js';
import { markdown } from './markdown.js';
import { baseStyles } from './styles.js';

/** A node in words, made from its definition. */
export interface NodeHelp {
  readonly title: string;
  readonly type: string;
  readonly category: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  readonly warnings: readonly string[];
}

/** The help of the selected node. */
@customElement('cw-node-panel')
export class CwNodePanel extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-4);
      }
      section {
        margin-top: var(--cw-4);
      }
      p + p {
        margin-top: var(--cw-2);
      }
      dl {
        margin: var(--cw-2) 0 0;
        display: grid;
        gap: var(--cw-2);
      }
      dt {
        display: flex;
        justify-content: space-between;
        gap: var(--cw-2);
        font-weight: 600;
        font-size: 12px;
      }
      dt span {
        font-weight: 400;
      }
      dd {
        margin: 0;
        font-size: 12px;
        color: var(--cw-text-dim);
      }
      .warning {
        display: block;
        padding: var(--cw-2);
        border-left: 3px solid var(--cw-warning);
        background: var(--cw-hover);
        border-radius: var(--cw-1);
      }
      code {
        font: 12px var(--cw-mono);
      }
      .description {
        margin-top: var(--cw-2);
      }
    `,
  ];

  @property({ attribute: false }) accessor help: NodeHelp | undefined;
  /** How many nodes are selected. */
  @property({ type: Number }) accessor count = 0;

  private renderRows(
    title: string,
    rows: Readonly<Record<string, InputSpec | OutputSpec>>,
  ): TemplateResult | typeof nothing {
    const entries = Object.entries(rows);
    if (entries.length === 0) return nothing;
    return html`<section>
      <h3>${title}</h3>
      <dl>
        ${entries.map(
          ([name, spec]) =>
            html`<div>
              <dt>${name}<span class="dim">${rangeOf(spec)}</span></dt>
              <dd>${spec.tooltip}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  override render(): TemplateResult {
    const { help } = this;
    if (!help) {
      const text =
        this.count > 1
          ? `${String(this.count)} nodes are selected.`
          : 'Select a node to read what it does.';
      return html`<p class="dim">${text}</p>`;
    }
    return html`
      <h2>${help.title}</h2>
      <p class="dim">${help.category} · ${help.type}</p>
      <div class="description">${markdown(help.description)}</div>
      ${help.warnings.map((text) => html`<section class="warning">${text}</section>`)}
      ${this.renderRows('Inputs', help.inputs)} ${this.renderRows('Outputs', help.outputs)}
    `;
  }
}

function rangeOf(spec: InputSpec | OutputSpec): string {
  if ('min' in spec) return `${String(spec.min)} to ${String(spec.max)}`;
  if ('optional' in spec) return `${spec.type}, optional`;
  return spec.type;
}
