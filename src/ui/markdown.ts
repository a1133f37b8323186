import { html, type TemplateResult } from 'lit';

/** Shows the small part of Markdown that descriptions use: paragraphs, `*emphasis*`, `**strong**` and code. */
export function markdown(text: string): TemplateResult {
  return html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}

function inline(text: string): readonly (string | TemplateResult)[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)
    .map((part) =>
      part.startsWith('**')
        ? html`<strong>${part.slice(2, -2)}</strong>`
        : part.startsWith('*')
          ? html`<em>${part.slice(1, -1)}</em>`
          : part.startsWith('`')
            ? html`<code>${part.slice(1, -1)}</code>`
            : part,
    );
}
