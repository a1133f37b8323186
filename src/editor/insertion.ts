import type { EditorContext } from './editor-context.js';
import type { End } from './intents.js';
import { nearestOnPath } from './link-path.js';
import { fits, whyRefused } from './link-rules.js';
import { boundsOf, type NodeView } from './node-view.js';
import { pointsOf, type SceneLink } from './scene-link.js';

/** The input of the link that runs under a node's title and could run through the node. */
export function insertionAt(context: EditorContext, view: NodeView): End | undefined {
  const { scene, options } = context;
  if (scene.links.some(({ from, to }) => from.node === view.face.id || to.node === view.face.id)) {
    return undefined;
  }
  const [x, y, width, height] = boundsOf(view);
  const middle = [x + width / 2, y + Math.min(30, height / 2)] as const;
  let best: { readonly link: SceneLink; readonly distance: number } | undefined;
  for (const link of scene.links) {
    if (!canTake(context, view, link)) continue;
    const points = pointsOf(scene.views, link);
    const near = points && nearestOnPath(points, middle, options.linkShape);
    if (!near) continue;
    const [px, py] = near.at;
    const isUnder = px > x && px < x + width && py > y - 6 && py < y + Math.min(height, 70);
    if (isUnder && (!best || near.distance < best.distance)) {
      best = { link, distance: near.distance };
    }
  }
  return best?.link.to;
}

/** Whether a link could run through a node: into one of its inputs and out of one of its outputs. */
function canTake({ scene, registry }: EditorContext, { face }: NodeView, link: SceneLink): boolean {
  const input = face.inputs.find(({ type }) => fits(link.type, type));
  const target = scene.views.get(link.to.node)?.face;
  const wanted = target?.inputs.find(({ name }) => name === link.to.name)?.type ?? link.type;
  const output = face.outputs.find(({ type }) => fits(type, wanted));
  if (!input || !output) return false;
  return whyRefused(scene, registry, link.from, { node: face.id, name: input.name }) === undefined;
}
