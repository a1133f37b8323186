import type { InspectedWidget } from './inspector-model.js';

/** One line of the graph as a list, with the lines below it. */
export interface ListItem {
  /** Unlike every other line's. */
  readonly key: string;
  readonly kind: 'zone' | 'group' | 'node' | 'widget' | 'input' | 'output' | 'pictures';
  readonly label: string;
  /** A value, a state, or where a link leads. */
  readonly detail: string;
  /** The node it is, or belongs to; empty for a group. */
  readonly node: string;
  /** The input or output. */
  readonly name: string;
  readonly isSelected: boolean;
  readonly isLinked: boolean;
  /** What edits it in its place. */
  readonly widget?: InspectedWidget;
  readonly children: readonly ListItem[];
}

/** A line that is to be seen, with its place in the tree. */
export interface ShownItem {
  readonly item: ListItem;
  /** 1 at the top. */
  readonly level: number;
  readonly parent: string | undefined;
}

/** The lines that are seen when those in `closed` are folded (zones, groups) and those in `open` unfolded (nodes). */
export function shownItems(
  items: readonly ListItem[],
  isOpen: (item: ListItem) => boolean,
  level = 1,
  parent?: string,
): readonly ShownItem[] {
  return items.flatMap((item) => [
    { item, level, parent },
    ...(isOpen(item) ? shownItems(item.children, isOpen, level + 1, item.key) : []),
  ]);
}

/** Every node of the lines, zones and groups looked through. */
export function nodesIn(items: readonly ListItem[]): readonly ListItem[] {
  return items.flatMap((item) => (item.kind === 'node' ? [item] : nodesIn(item.children)));
}

/** Where a key leads in a tree: to another line, or to folding or unfolding this one. Undefined for other keys. */
export function walked(
  key: string,
  shown: readonly ShownItem[],
  at: number,
  isOpen: (item: ListItem) => boolean,
): { readonly to?: string; readonly turn?: ListItem } | undefined {
  const place = shown[at];
  if (!place) return undefined;
  const { item, parent } = place;
  const go = (index: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, index))];
    return next ? { to: next.item.key } : {};
  };
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(shown.length - 1);
    case 'ArrowRight':
      if (isOpen(item)) return go(at + 1);
      return item.children.length > 0 ? { turn: item } : {};
    case 'ArrowLeft':
      if (isOpen(item)) return { turn: item };
      return parent === undefined ? {} : { to: parent };
    default:
      return undefined;
  }
}
