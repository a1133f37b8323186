import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** The first steps, shown once beside the graph. Sends `cw-close` when they are finished or skipped. */
@customElement('cw-guide')
export class CwGuide extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: absolute;
        left: var(--cw-3);
        bottom: var(--cw-3);
        z-index: 4;
        width: min(320px, calc(100% - 24px));
        padding: var(--cw-3) var(--cw-3) var(--cw-3) var(--cw-4);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
      }
      .top,
      .bottom {
        display: flex;
        align-items: center;
        gap: var(--cw-2);
      }
      .top .dim {
        flex: 1;
        font-size: 12px;
      }
      .top button {
        width: var(--cw-target);
      }
      p {
        margin: var(--cw-1) 0 var(--cw-3);
      }
      .dots {
        flex: 1;
        display: flex;
        gap: 6px;
      }
      .dots i {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--cw-line);
      }
      .dots .is-reached {
        background: var(--cw-accent);
      }
    `,
  ];

  @state() private accessor at = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', texts().shell.guide.title);
  }

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  override render(): TemplateResult {
    const words = texts().shell.guide;
    const steps = [
      [words.choose, words.chooseText],
      [words.run, words.runText],
      [words.edit, words.editText],
    ] as const;
    const [title, text] = steps[this.at] ?? steps[0];
    const isLast = this.at === steps.length - 1;
    return html`<div class="top">
        <span class="dim">${words.step(this.at + 1, steps.length)}</span>
        <button
          type="button"
          aria-label=${words.skip}
          title=${words.skip}
          @click=${() => {
            this.close();
          }}
        >
          ${icon('close')}
        </button>
      </div>
      <div aria-live="polite">
        <h2>${title}</h2>
        <p>${text}</p>
      </div>
      <div class="bottom">
        <span class="dots" aria-hidden="true"
          >${steps.map((_step, index) => html`<i class=${index <= this.at ? 'is-reached' : ''}></i>`)}</span
        >
        <button
          type="button"
          class="primary"
          @click=${() => {
            if (isLast) this.close();
            else this.at += 1;
          }}
        >
          ${isLast ? words.done : words.next}
        </button>
      </div>`;
  }
}
