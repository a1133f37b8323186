import { keyAt } from '../../core/graph/inner-document.js';
import { own } from '../../core/graph/own.js';
import { hideWidget, showWidget } from '../../core/graph/promoted-widgets.js';
import { subgraphKey } from '../../core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId } from '../../core/graph/types.js';
import type { NodeRegistry } from '../../core/node/registry.js';
import type { PromotionIntent } from '../../editor/intents.js';
import { texts } from '../../texts/texts.js';
import { appliedOrRefused, type Applied } from './applied.js';

/** Shows a widget on the instances of a subgraph or hides it; of the whole graph, while `shown`, the inside of `path`, is drawn. */
export function applyPromotion(
  root: GraphDocument,
  registry: NodeRegistry,
  intent: PromotionIntent,
  shown: GraphDocument,
  path: readonly NodeId[],
): Applied {
  const say = texts().edits;
  const around = keyAt(root, path) ?? '';
  if (intent.kind === 'show-widget') {
    const { to } = intent;
    return appliedOrRefused(say.showWidget(to.name), root, showWidget(root, registry, around, to));
  }
  const { id, name } = intent;
  const key = subgraphKey(own(shown.nodes, id)?.type ?? '') ?? around;
  return appliedOrRefused(say.hideWidget(name), root, hideWidget(root, key, name));
}
