import type { GraphDocument } from './types.js';

/**
 * The text of a graph file: keys sorted (numbers by value), two spaces, a newline at the end. The same
 * document gives the same bytes, whatever the order in which it was edited.
 */
export function serializeDocument(document: GraphDocument): string {
  return `${print(document, '')}\n`;
}

function print(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every(isScalar)) return `[${items.map((item) => print(item, inner)).join(', ')}]`;
    return enclose(
      '[',
      items.map((item) => print(item, inner)),
      ']',
      indent,
    );
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .sort(([a], [b]) => compareKeys(a, b));
  const lines = entries.map(([key, child]) => `${JSON.stringify(key)}: ${print(child, inner)}`);
  return enclose('{', lines, '}', indent);
}

function enclose(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  const inner = `\n${indent}  `;
  return `${open}${inner}${lines.join(`,${inner}`)}\n${indent}${close}`;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

const decimal = /^(0|[1-9][0-9]*)$/;

function compareKeys(a: string, b: string): number {
  const numeric = decimal.test(a);
  if (numeric !== decimal.test(b)) return numeric ? -1 : 1;
  if (numeric && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
