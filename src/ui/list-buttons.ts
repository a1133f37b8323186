import { html, nothing, type TemplateResult } from 'lit';
import { texts } from '../texts/texts.js';
import { icon } from './icons.js';
import type { ListItem } from './list-model.js';

/** Whether a value lies on what a line of the list stands for. */
export function hasValue({ kind, isLinked }: ListItem): boolean {
  return kind === 'output' || (kind === 'input' && isLinked);
}

/** The button at the end of a line: the menu of a node, or the link of an input. */
export function lineButton(item: ListItem, act: () => void): TemplateResult | typeof nothing {
  const words = texts();
  if (item.kind === 'node') return smallButton(words.list.menu(item.label), 'more', act);
  if (item.kind !== 'input') return nothing;
  return item.isLinked
    ? smallButton(words.inspector.disconnect(item.name), 'close', act)
    : smallButton(words.inspector.connect(item.name), 'link', act);
}

/** The button that shows the value on a line, where there is one. */
export function valueButton(item: ListItem, show: () => void): TemplateResult | typeof nothing {
  const word = texts().running.value.show;
  if (!hasValue(item)) return nothing;
  return smallButton(`${word}: ${item.name}`, 'search', show, `${word} (V)`);
}

function smallButton(
  label: string,
  image: 'more' | 'close' | 'link' | 'search',
  act: () => void,
  title = label,
): TemplateResult {
  return html`<button
    type="button"
    class="more"
    tabindex="-1"
    aria-label=${label}
    title=${title}
    @click=${(event: Event) => {
      event.stopPropagation();
      act();
    }}
  >
    ${icon(image)}
  </button>`;
}
