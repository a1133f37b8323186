import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { UnetWorkReport } from '../worker/messages.js';
import { boardPictures } from './run-board.js';
import type { RunSession } from './run-session.js';

/** What a run of a changed document gave. */
export interface VariantResult {
  readonly picture: Picture | undefined;
  readonly unet: UnetWorkReport | undefined;
  readonly outcome: 'success' | 'interrupted' | 'error';
}

/** The scope of these runs: none of a tab. */
const scope = 'variants';

/** The node whose picture stands for a run: the one titled Result, else the first that previews a picture. */
export function resultNode(document: GraphDocument, registry: NodeRegistry): NodeId | undefined {
  const outputs = Object.keys(document.nodes).filter((id) => {
    const type = document.nodes[id]?.type ?? '';
    return (
      type === 'PreviewImage' || (registry.get(type)?.outputNode === true && type === 'SaveImage')
    );
  });
  return outputs.find((id) => document.nodes[id]?.title === 'Result') ?? outputs[0];
}

/**
 * Runs a document for its result, behind whatever waits; passes that other runs made are not made again. Resolves with
 * undefined when it left the queue before its turn.
 */
export async function runVariant(
  runs: Pick<RunSession, 'run'>,
  document: GraphDocument,
  target: NodeId,
): Promise<VariantResult | undefined> {
  let result: VariantResult | undefined;
  await runs.run({
    targets: [target],
    variant: {
      document,
      scope,
      ended: ({ board, result: { outcome, unet } }) => {
        const pictures = boardPictures(board, target, () => undefined);
        const [final] = pictures.filter(({ isPreview }) => !isPreview);
        result = { outcome, unet, picture: outcome === 'success' ? final?.picture : undefined };
      },
    },
  });
  return result;
}

/** Takes the runs of variants that wait out of the queue, and stops the one that goes on. */
export function stopVariants(
  runs: Pick<RunSession, 'withdraw' | 'cancel'>,
  queue: readonly { readonly id: number; readonly scope: string }[],
  isOneRunning: boolean,
): void {
  for (const run of queue) if (run.scope === scope) runs.withdraw(run.id);
  if (isOneRunning) runs.cancel();
}
