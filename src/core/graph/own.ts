/** The value that `record` itself holds under `key`; undefined for what it merely inherits, such as `constructor`. */
export function own<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
