import { assert } from '../errors.js';
import type { AnyNodeDefinition } from './definition.js';

/** Every node definition the program knows, by type. */
export type NodeRegistry<Services = never> = ReadonlyMap<string, AnyNodeDefinition<Services>>;

/** Makes the registry of a flat list of definitions. @throws Error when two share a type. */
export function createRegistry<Services>(
  definitions: readonly AnyNodeDefinition<Services>[],
): NodeRegistry<Services> {
  const registry = new Map<string, AnyNodeDefinition<Services>>();
  for (const definition of definitions) {
    assert(!registry.has(definition.type), `two definitions have the type ${definition.type}`);
    registry.set(definition.type, definition);
  }
  return registry;
}
