/** What the fragment of a link to a graph begins with. */
export const shareMark = '#graph=';

/** Whether the fragment of an address holds a shared graph. */
export function holdsGraph(fragment: string): boolean {
  return fragment.startsWith(shareMark);
}
