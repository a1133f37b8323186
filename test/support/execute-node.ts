import { sayWarning } from '../../src/ui/messages.js';
import type { ExecuteContext, Picture } from '../../src/core/node/definition.js';
import type { Services } from '../../src/diffusion/services.js';

/** What a node said while it executed. */
export interface Heard {
  readonly shown: { readonly label: string; readonly picture: Picture }[];
  readonly warnings: string[];
  readonly previews: Picture[];
}

/** A context that listens, for executing one node by itself; somebody watches its previews. */
export function listen(
  services: Services,
  more: Partial<Pick<ExecuteContext<Services>, 'pass' | 'signal'>> = {},
): { readonly context: ExecuteContext<Services>; readonly heard: Heard } {
  const heard: Heard = { shown: [], warnings: [], previews: [] };
  const context: ExecuteContext<Services> = {
    signal: new AbortController().signal,
    pass: undefined,
    ...more,
    services,
    progress: () => undefined,
    preview: async (make) => {
      heard.previews.push(await make());
    },
    show: (label, picture) => {
      heard.shown.push({ label, picture });
    },
    warn: (message) => {
      heard.warnings.push(sayWarning(message));
    },
  };
  return { context, heard };
}

/** What a promise was refused with. @throws Error when it was not refused. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
