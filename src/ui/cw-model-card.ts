import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { messageFor } from './messages.js';
import type { ModelCard, ModelWish } from './model-panel-model.js';
import { modelPanelStyles } from './model-panel-styles.js';
import { familyOf, renderBar, renderToken, warningsOf } from './model-parts.js';
import { baseStyles } from './styles.js';
import { inMegabytes } from './transfer-figures.js';

/** One model of the user: what it is, how far it is, and what can be done with it. Sends `cw-model-wish`. */
@customElement('cw-model-card')
export class CwModelCard extends LitElement {
  static override styles = [
    baseStyles,
    modelPanelStyles,
    css`
      :host {
        display: block;
        padding: 0;
      }
    `,
  ];

  @property({ attribute: false }) accessor model: ModelCard | undefined;
  /** Deleting was wished once; the second time it is done. */
  @state() private accessor isDoomed = false;

  private wish(detail: ModelWish): void {
    this.dispatchEvent(uiEvent('cw-model-wish', detail));
  }

  private renderFailure({ failure, savedBytes, id }: ModelCard): TemplateResult | typeof nothing {
    if (!failure) return nothing;
    if (failure.code === 'storage/quota') {
      return html`<p class="note failure">${texts().models.full(inMegabytes(savedBytes))}</p>`;
    }
    const { sentence, remedy } = messageFor(failure);
    return html`<p class="note failure">${sentence}</p>
      <p class="note">${remedy}</p>
      ${failure.code === 'model/access-denied' ? renderToken(`token-${id}`, failure.host) : nothing}`;
  }

  private renderActions(model: ModelCard): TemplateResult[] {
    const { id, name, state } = model;
    const say = texts().models;
    const token = (): object => {
      const typed = this.token(`token-${id}`);
      return typed === '' ? {} : { token: typed };
    };
    const action = (label: string, act: () => void, look = ''): TemplateResult =>
      html`<button type="button" class=${look} aria-label=${say.named(label, name)} @click=${act}>
        ${label}
      </button>`;
    const simple = (label: string, wish: 'pause' | 'allow' | 'use'): TemplateResult =>
      action(label, () => {
        this.wish({ wish, id });
      });
    const again = (label: string, wish: 'resume' | 'restart'): TemplateResult =>
      action(label, () => {
        this.wish({ wish, id, ...token() });
      });
    const { isDoomed } = this;
    const remove = action(
      isDoomed ? say.removeSure : say.remove,
      () => {
        if (isDoomed) this.wish({ wish: 'delete', id });
        this.isDoomed = !isDoomed;
      },
      isDoomed ? 'sure' : '',
    );
    switch (state) {
      case 'ready':
        return [simple(say.use, 'use'), remove];
      case 'locked':
        return [simple(say.allow, 'allow'), remove];
      case 'paused':
        return [again(say.resume, 'resume'), remove];
      case 'gone':
        return model.canFetch ? [again(say.fetchAgain, 'restart'), remove] : [remove];
      case 'failed':
        return [again(say.resume, 'resume'), again(say.restart, 'restart'), remove];
      default:
        return [simple(say.pause, 'pause'), remove];
    }
  }

  private token(id: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value.trim() ?? '';
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model) return nothing;
    const say = texts().models;
    const { name, kind, words, bytes, savedBytes, state, origin } = model;
    const isUnderWay = !['ready', 'locked', 'gone', 'checking'].includes(state);
    const isMoving = state === 'arriving' || state === 'checking' || state === 'paused';
    const place = model.isFromDisk && model.parts > 0 && model.hashedParts === 0;
    return html`<article class="card" aria-label=${name}>
      <div class="line">
        <span class="name" title=${name}>${name}</span><span class="kind">${say.kinds[kind]}</span>
      </div>
      <p class="note dim facts">
        ${[
          familyOf(words),
          words.dtypes.join(', '),
          inMegabytes(bytes),
          place ? say.onDisk : say.from(origin),
        ]
          .filter((part) => part !== '' && part !== say.kinds[kind])
          .join(' · ')}
      </p>
      ${isMoving ? renderBar(say.named(say.states[state], name), savedBytes, bytes) : nothing}
      <p
        class="note ${state === 'ready' ? 'ready' : state === 'failed' || state === 'gone' ? 'failure' : 'dim'}"
      >
        ${say.states[state]}${isMoving ? ` · ${say.progress(inMegabytes(savedBytes), inMegabytes(bytes))}` : ''}${
          model.hashedParts > 0 ? ` · ${say.hashed(model.hashedParts, model.parts)}` : ''
        }
      </p>
      ${state === 'failed' ? this.renderFailure(model) : nothing}
      ${state === 'gone' ? html`<p class="note">${model.canFetch ? say.goneText : say.goneForGood}</p>` : nothing}
      ${isUnderWay && model.comesWhole ? html`<p class="note">${say.comesWhole}</p>` : nothing}
      ${state === 'ready' ? warningsOf(words).map((text) => html`<p class="note warning">${text}</p>`) : nothing}
      <div class="line wrap actions">${this.renderActions(model)}</div>
    </article>`;
  }
}
