import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-widget-field.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import type {
  InspectedInput,
  InspectedOutput,
  Inspection,
  LinkedSocket,
} from './inspector-model.js';
import { inspectorStyles } from './inspector-styles.js';
import { markdown } from './markdown.js';
import { nodeDrawingStyles, socketMark } from './node-drawing.js';
import { baseStyles } from './styles.js';

/**
 * The selected nodes: their values, links and help. Sends `cw-widget-changed`, `cw-preset`, `cw-connect`,
 * `cw-disconnect`, `cw-node-selected`, `cw-pictures` to see a node's pictures large, and `cw-command`.
 */
@customElement('cw-node-panel')
export class CwNodePanel extends LitElement {
  static override styles = [baseStyles, nodeDrawingStyles, inspectorStyles];

  @property({ attribute: false }) accessor inspection: Inspection | undefined;

  private renderPresets({ presets, ids }: Inspection): TemplateResult | typeof nothing {
    const [node] = ids;
    if (presets.length === 0 || node === undefined) return nothing;
    return html`<section aria-labelledby="presets">
      <h3 id="presets">${texts().inspector.presets}</h3>
      <div class="presets">
        ${presets.map(
          (preset) =>
            html`<button
              type="button"
              @click=${() => this.dispatchEvent(uiEvent('cw-presets', { nodes: ids, preset }))}
            >
              ${preset}
            </button>`,
        )}
      </div>
    </section>`;
  }

  private renderWidgets({ widgets, ids }: Inspection): TemplateResult | typeof nothing {
    if (widgets.length === 0) return nothing;
    return html`<section aria-labelledby="values">
      <h3 id="values">${texts().inspector.values}</h3>
      ${widgets.map(
        (widget) => html`<cw-widget-field .widget=${widget} .nodes=${ids}></cw-widget-field>`,
      )}
    </section>`;
  }

  private goTo({ node, title, socket }: LinkedSocket): TemplateResult {
    const words = texts().inspector;
    return html`<button
      type="button"
      class="link"
      title=${words.goTo(title)}
      aria-label=${`${words.from(title, socket)}: ${words.goTo(title)}`}
      @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', node))}
    >
      ${words.from(title, socket)}
    </button>`;
  }

  private renderInput(node: string, input: InspectedInput): TemplateResult {
    const { drawing, from } = input;
    const words = texts().inspector;
    const type = drawing.isOptional ? `${drawing.type}, ${words.optional}` : drawing.type;
    const label = from ? words.disconnect(drawing.name) : words.connect(drawing.name);
    const end = { node, name: drawing.name };
    return html`<li title=${input.tooltip}>
      <div class="socket">
        ${socketMark(drawing)}<span>${drawing.name}</span><span class="dim">${type}</span>
      </div>
      <div class="end">
        ${from ? this.goTo(from) : html`<span class="dim">${words.notConnected}</span>`}
        <button
          type="button"
          class="side"
          aria-label=${label}
          title=${label}
          @click=${() => this.dispatchEvent(uiEvent(from ? 'cw-disconnect' : 'cw-connect', end))}
        >
          ${icon(from ? 'close' : 'link')}
        </button>
      </div>
      ${input.problem ? html`<p class="problem">${input.problem}</p>` : nothing}
    </li>`;
  }

  private renderOutput({ drawing, shape, tooltip, to }: InspectedOutput): TemplateResult {
    return html`<li title=${tooltip}>
      <div class="socket">
        ${socketMark(drawing)}<span>${drawing.name}</span>
        <span class="dim">${drawing.type}${shape ? html` <code>${shape}</code>` : nothing}</span>
      </div>
      ${to.length > 0 ? html`<div class="ends">${to.map((end) => this.goTo(end))}</div>` : nothing}
    </li>`;
  }

  private renderSockets({ inputs, outputs, ids }: Inspection): TemplateResult {
    const words = texts().inspector;
    const [node = ''] = ids;
    return html`${
      inputs.length > 0
        ? html`<section aria-labelledby="inputs">
            <h3 id="inputs">${words.inputs}</h3>
            <ul>
              ${inputs.map((input) => this.renderInput(node, input))}
            </ul>
          </section>`
        : nothing
    }
    ${
      outputs.length > 0
        ? html`<section aria-labelledby="outputs">
            <h3 id="outputs">${words.outputs}</h3>
            <ul>
              ${outputs.map((output) => this.renderOutput(output))}
            </ul>
          </section>`
        : nothing
    }`;
  }

  private renderExample(
    example: NonNullable<NonNullable<Inspection['help']>['example']>,
  ): TemplateResult {
    const { name, title, description, picture } = example;
    const words = texts().inspector;
    return html`<figure>
      <img src=${picture} alt=${words.pictureOf(title)} loading="lazy" />
      <figcaption class="dim">
        <strong>${title}.</strong> ${description}
        <button type="button" @click=${() => this.dispatchEvent(uiEvent('cw-example', name))}>
          ${words.openExample}
        </button>
      </figcaption>
    </figure>`;
  }

  private renderHelp({ help }: Inspection): TemplateResult | typeof nothing {
    if (!help) return nothing;
    const words = texts().inspector;
    return html`<section aria-labelledby="help" class="help">
      <h3 id="help">${words.help}</h3>
      ${markdown(help.description)}
      ${help.equation ? html`<pre class="equation" tabindex="0">${help.equation}</pre>` : nothing}
      ${help.example ? this.renderExample(help.example) : nothing}
      ${
        help.source
          ? html`<p class="dim"><strong>${words.source}:</strong> ${help.source}</p>`
          : nothing
      }
      ${
        help.reference
          ? html`<p class="dim">
              <strong>${words.reference}:</strong> <code>${help.reference}</code>
            </p>`
          : nothing
      }
    </section>`;
  }

  override render(): TemplateResult {
    const { inspection } = this;
    const words = texts().inspector;
    if (!inspection) {
      return html`<div class="empty">
        <p>${words.nothing}</p>
        <p class="dim">${words.nothingHint}</p>
      </div>`;
    }
    const { ids, title, type, category, warnings, hasPictures } = inspection;
    const isOne = ids.length === 1;
    return html`
      <div>
        <h2>${title}</h2>
        <p class="dim">${isOne ? `${category} · ${type}` : words.severalKind}</p>
        ${
          hasPictures
            ? html`<button
                type="button"
                class="pictures"
                @click=${() => this.dispatchEvent(uiEvent('cw-pictures', ids[0] ?? ''))}
              >
                ${icon('picture')} ${words.viewPictures}
              </button>`
            : nothing
        }
      </div>
      ${
        inspection.isOutdated === true
          ? html`<p class="warning outdated">
              <span>${words.newer}</span>
              <button
                type="button"
                @click=${() => this.dispatchEvent(uiEvent('cw-command', 'update-instances'))}
              >
                ${texts().edits.update}
              </button>
            </p>`
          : nothing
      }
      ${warnings.map((text) => html`<p class="warning">${text}</p>`)}
      ${this.renderPresets(inspection)} ${this.renderWidgets(inspection)}
      ${
        !isOne && inspection.widgets.length === 0
          ? html`<p class="dim">${words.noCommon}</p>`
          : nothing
      }
      ${this.renderSockets(inspection)} ${this.renderHelp(inspection)}
    `;
  }
}
