import { referenceConfig, type Unsaid } from '../diffusion/reference-config.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { download, graphFileName } from './files.js';
import { wholeGraph } from './whole-graph.js';

/** Saves the shown graph as a configuration of the reference code; says what that cannot hold, and when it holds nothing. */
export function saveReferenceConfig({ store, registry, toasts }: Application): void {
  const document = wholeGraph(store.get());
  const config = referenceConfig(document, registry, sentenceOf);
  if (!config) {
    toasts.note(texts().files.noTransfer);
    return;
  }
  const name = graphFileName(document.title).replace(/json$/, 'config.py');
  download(new Blob([config.text], { type: 'text/x-python' }), name);
  toasts.note(texts().files.referenceSaved(config.unsaid.length));
}

function sentenceOf(unsaid: Unsaid): string {
  const say = texts().files.unsaid;
  return unsaid.kind === 'own-masks'
    ? say['own-masks']()
    : say[unsaid.kind](unsaid.inputs.join(', '));
}
