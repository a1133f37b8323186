/**
 * The fields of a stored record that are of the kind that this version writes: those that `like` has, with values of the
 * same type. A record may come from a later version or be damaged; what does not fit is left out and stays in storage.
 */
export function fieldsLike<T extends object>(like: T, record: unknown): Partial<T> {
  if (!isObject(record)) return {};
  const kinds = new Map<string, unknown>(Object.entries(like));
  const fitting = Object.entries(record).filter(
    ([name, value]) => kinds.has(name) && isLike(kinds.get(name), value),
  );
  return Object.fromEntries(fitting) as Partial<T>;
}

function isLike(like: unknown, value: unknown): boolean {
  if (Array.isArray(like) || Array.isArray(value)) {
    return Array.isArray(like) && Array.isArray(value);
  }
  if (!isObject(like)) return typeof value === typeof like;
  return isObject(value) && Object.entries(like).every(([name, part]) => isLike(part, value[name]));
}

/** Whether it is an object with fields. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
