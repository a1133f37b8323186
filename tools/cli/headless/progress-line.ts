import type { RunEvent } from '../../../src/core/engine/events.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import { registry } from './project.js';

/** Shows a run's progress on one line of a terminal; on anything but a terminal it stays silent. */
export function createProgressLine(
  document: GraphDocument,
  stream: NodeJS.WriteStream,
): { readonly take: (event: RunEvent) => void; readonly clear: () => void } {
  if (!stream.isTTY) return { take: () => undefined, clear: () => undefined };
  const began = performance.now();
  const clear = () => stream.write('\r\u001b[K');
  const show = (id: string, detail: string) => {
    const record = document.nodes[id];
    const title = record?.title ?? registry.get(record?.type ?? '')?.displayName ?? id;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    clear();
    stream.write(
      `${seconds.padStart(4)} s  ${title}${detail}`.slice(0, (stream.columns || 80) - 1),
    );
  };
  return {
    clear,
    take(event) {
      if (event.type === 'executing') {
        const { pass, passes } = event;
        show(
          event.nodeId,
          pass === undefined || !passes
            ? ''
            : `, pass ${String(pass - passes[0] + 1)} of ${String(passes[1] - passes[0])}`,
        );
      }
      if (event.type === 'progress') {
        show(
          event.nodeId,
          ` ${String(Math.round((100 * event.done) / Math.max(1, event.total)))} %`,
        );
      }
    },
  };
}
