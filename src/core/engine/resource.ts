/**
 * A value that holds memory. Whoever keeps a resource owns one claim on it: `retain` adds a claim,
 * `dispose` gives one back, and the memory is freed with the last claim.
 */
export interface Resource {
  /** Bytes held now; may grow while a lazy value computes more. */
  readonly byteLength: number;
  retain(): this;
  dispose(): void;
}

/** Whether `value` is a {@link Resource}. */
export function isResource(value: unknown): value is Resource {
  return (
    typeof value === 'object' &&
    value !== null &&
    'retain' in value &&
    'dispose' in value &&
    'byteLength' in value
  );
}

/** The resources a socket value holds: itself, or those among its own properties (one level deep, arrays included). */
export function resourcesIn(value: unknown): readonly Resource[] {
  if (isResource(value)) return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap((property: unknown) =>
    isResource(property) ? [property] : Array.isArray(property) ? property.filter(isResource) : [],
  );
}
