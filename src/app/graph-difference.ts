import { diffDocuments } from '../core/graph/diff.js';
import { own } from '../core/graph/own.js';
import { isLink, type GraphDocument, type NodeId, type NodeRecord } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import { titleOf } from './view-models.js';

/** How one graph differs from another in what it means, one sentence a difference; where nodes lie does not count. */
export function graphDifference(
  before: GraphDocument,
  after: GraphDocument,
  registry: NodeRegistry,
): readonly string[] {
  const words = texts().running.comparison;
  const { added, removed, changed } = diffDocuments(before, after);
  const name = (document: GraphDocument, id: NodeId) => titleOf(document, registry, id);
  return [
    ...added.map((id) => words.added(name(after, id))),
    ...removed.map((id) => words.removed(name(before, id))),
    ...changed.flatMap(({ id, inputs, record }) => {
      const [old, now] = [own(before.nodes, id), own(after.nodes, id)];
      if (!old || !now) return [];
      const said = record ? recordWords(name(before, id), name(after, id), old, now) : [];
      return [...said, ...inputs.map((input) => inputWords(after, registry, id, input, old, now))];
    }),
  ];
}

function recordWords(
  oldName: string,
  newName: string,
  before: NodeRecord,
  after: NodeRecord,
): readonly string[] {
  const words = texts().running.comparison;
  const said: string[] = [];
  if (before.type !== after.type) said.push(words.replaced(oldName, after.type));
  else if (oldName !== newName) said.push(words.titled(oldName, newName));
  if (before.mode !== after.mode) {
    said.push(words.mode(newName, after.mode === undefined ? words.running : words[after.mode]));
  }
  const carries = ({ carried }: NodeRecord) => JSON.stringify(carried ?? {});
  if (carries(before) !== carries(after)) said.push(words.otherwise(newName));
  return said;
}

function inputWords(
  document: GraphDocument,
  registry: NodeRegistry,
  id: NodeId,
  input: string,
  { inputs: before }: NodeRecord,
  { inputs: after }: NodeRecord,
): string {
  const words = texts().running.comparison;
  const node = titleOf(document, registry, id);
  const [old, now] = [own(before, input), own(after, input)];
  if (isLink(now)) {
    const [from, output] = now.link;
    return words.linked(node, input, `${titleOf(document, registry, from)}, ${output}`);
  }
  if (isLink(old) && now === undefined) return words.unlinked(node, input);
  const shown = (value: typeof old) =>
    value === undefined || isLink(value) || value === '' ? words.nothing : String(value);
  return words.set(node, input, shown(old), shown(now));
}
