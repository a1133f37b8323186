import { diffDocuments, type NodeChange } from '../core/graph/diff.js';
import { isLink, type GraphDocument, type NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import { titleOf } from './view-models.js';

const mostNamed = 8;

/** How a document differs from an earlier one, in lines to read; the view does not count. */
export function differenceInWords(
  before: GraphDocument,
  after: GraphDocument,
  registry: NodeRegistry,
): readonly string[] {
  const { files } = texts();
  const { added, removed, changed, groups, title } = diffDocuments(before, after);
  const named = (document: GraphDocument, ids: readonly NodeId[]): string => {
    const names = ids.slice(0, mostNamed).map((id) => titleOf(document, registry, id));
    return [...names, ...(ids.length > mostNamed ? ['…'] : [])].join(', ');
  };
  const meaningful = changed.filter(({ inputs, record }) => inputs.length > 0 || record);
  const moved = changed.filter(({ layout }) => layout).length;
  return [
    ...(added.length > 0 ? [files.added(named(after, added))] : []),
    ...(removed.length > 0 ? [files.removed(named(before, removed))] : []),
    ...meaningful.map((change) =>
      files.changedNode(
        titleOf(after, registry, change.id),
        changedParts(before, after, change).join(', '),
      ),
    ),
    ...(moved > 0 ? [files.moved(moved)] : []),
    ...(groups ? [files.groupsChanged] : []),
    ...(title ? [files.titleChanged] : []),
  ];
}

function changedParts(
  before: GraphDocument,
  after: GraphDocument,
  { id, inputs, record }: NodeChange,
): readonly string[] {
  const { files } = texts();
  const parts = inputs.map((input) => {
    const [old, now] = [before.nodes[id]?.inputs[input], after.nodes[id]?.inputs[input]];
    if (isLink(old) || isLink(now) || old === undefined || now === undefined) {
      return files.changedLink(input);
    }
    return files.changedValue(input, shortened(old), shortened(now));
  });
  return record ? [...parts, files.changedRecord] : parts;
}

function shortened(value: string | number | boolean): string {
  const text = typeof value === 'string' ? `“${value}”` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
