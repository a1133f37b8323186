import { linkRefusal } from '../core/graph/link-edits.js';
import { isAssignable } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { End } from './intents.js';
import { inputType } from './node-view.js';
import type { Scene } from './sync.js';

/** Type of an output of a node on the scene; undefined when there is none of that name. */
export function outputTypeOf(scene: Scene, end: End): string | undefined {
  const face = scene.views.get(end.node)?.face;
  return face?.outputs.find(({ name }) => name === end.name)?.type;
}

/** Why a link from an output to an input cannot be, with a remedy; undefined when it can. */
export function whyRefused(
  scene: Scene,
  registry: NodeRegistry,
  from: End,
  to: End,
): string | undefined {
  const refusal = linkRefusal(scene.document, registry, from, to);
  if (refusal === undefined) return undefined;
  const type = outputTypeOf(scene, from);
  const target = scene.views.get(to.node);
  const wanted = target && inputType(target.face, to.name);
  if (type === undefined || wanted === undefined || fits(type, wanted)) return refusal;
  return refusal + remedy(registry, type, wanted);
}

/** Whether a value of a type may enter; sockets of missing nodes take anything. */
export function fits(from: string, to: string): boolean {
  return isAssignable(from, to) || from === '*' || to === '*';
}

/** The input or output of a node where a dragged link would go: a free one first. */
export function fittingEnd(
  scene: Scene,
  nodeId: string,
  link: { readonly side: 'input' | 'output'; readonly type: string },
): string | undefined {
  const face = scene.views.get(nodeId)?.face;
  if (!face) return undefined;
  if (link.side === 'input') {
    return face.outputs.find(({ type }) => fits(type, link.type))?.name;
  }
  const inputs = face.inputs.filter(({ type }) => fits(link.type, type));
  const free = inputs.find(({ isLinked }) => !isLinked) ?? inputs[0];
  return free?.name ?? face.widgets.find(({ spec }) => fits(link.type, spec.type))?.name;
}

/** Names the node that turns one type into the other, when there is exactly such a node. */
function remedy(registry: NodeRegistry, from: string, to: string): string {
  for (const definition of registry.values()) {
    const takes = Object.values(definition.inputs).some(({ type }) => type === from);
    const gives = Object.values(definition.outputs).some(({ type }) => type === to);
    if (takes && gives) return ` Put ${definition.displayName} between them.`;
  }
  return '';
}
