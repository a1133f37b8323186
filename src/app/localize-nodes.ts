import type { AnyNodeDefinition } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';

/**
 * The definition with title, description and tooltips in the language that is set, and its English title among the
 * words it is found by. Sockets keep their names: links are stored by them. What has no words stays as it is.
 */
export function localized(definition: AnyNodeDefinition): AnyNodeDefinition {
  const words = texts().nodes[definition.type];
  if (!words) return definition;
  return {
    ...definition,
    displayName: words.title,
    description: words.description,
    searchAliases: [...(definition.searchAliases ?? []), definition.displayName],
    inputs: withTooltips(definition.inputs, words.inputs ?? {}),
    outputs: withTooltips(definition.outputs, words.outputs ?? {}),
  };
}

function withTooltips<Spec extends { readonly tooltip: string }>(
  specs: Readonly<Record<string, Spec>>,
  words: Readonly<Record<string, string>>,
): Readonly<Record<string, Spec>> {
  const entries = Object.entries(specs).map(
    ([name, spec]) => [name, { ...spec, tooltip: words[name] ?? spec.tooltip }] as const,
  );
  return Object.fromEntries(entries);
}
