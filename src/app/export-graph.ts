import type { GraphDocument } from '../core/graph/types.js';
import { exportApi } from '../core/interchange/export-api.js';
import { exportWorkflow } from '../core/interchange/export-workflow.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { withGraph } from '../storage/graph-in-png.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { download, graphFileName, pictureToPng } from './files.js';
import { resultNode } from './variant-runs.js';
import { wholeGraph } from './whole-graph.js';
import { release } from '../core/release.js';

/** How exported files name what wrote them. */

/** Saves the shown graph as a workflow 0.4, the form that LiteGraph and ComfyUI open. */
export function saveWorkflow({ store, registry }: Application): void {
  const document = wholeGraph(store.get());
  const text = JSON.stringify(exportWorkflow(document, registry, release), undefined, 2);
  const blob = new Blob([text], { type: 'application/json' });
  download(blob, graphFileName(document.title).replace(/json$/, 'workflow.json'));
}

/** Saves the shown graph in the API form of ComfyUI: what would run, and nothing of how it is drawn. */
export function saveApiForm({ store, registry }: Application): void {
  const document = wholeGraph(store.get());
  const text = JSON.stringify(exportApi(document, registry), undefined, 2);
  const blob = new Blob([text], { type: 'application/json' });
  download(blob, graphFileName(document.title).replace(/json$/, 'api.json'));
}

/** Saves the picture that the last run of the shown graph made, with the graph as it was run in it. Without one, says so. */
export async function saveResult({ runs, registry, toasts }: Application): Promise<void> {
  const document = runs.lastDocument();
  const node = document && resultNode(document, registry);
  const shown = node === undefined ? undefined : runs.picturesOf(node, true)[0];
  if (!document || !shown) {
    toasts.note(texts().files.noResult);
    return;
  }
  const blob = await pngWithGraph(shown.picture, document, registry);
  download(blob, graphFileName(document.title).replace(/json$/, 'png'));
}

/** Saves a picture that the journal keeps, by the hash of its pixels, with the graph of its run in it. */
export async function saveRunPicture(
  { store, registry, running, toasts }: Application,
  id: number,
  sha256: string,
): Promise<void> {
  const run = store.get().journal.find((entry) => entry.id === id);
  const found = run?.pictures.find((picture) => picture.sha256 === sha256);
  if (!found) return;
  try {
    const document = running.graphOf(id);
    const file = document ? await signed(found.file, document, registry) : found.file;
    download(file, `${found.label.replace(/\.png$/i, '')}.png`);
  } catch (error) {
    toasts.thrown(error);
  }
}

/** A picture as a PNG file that brings the graph back which made it. */
export async function pngWithGraph(
  picture: Picture,
  document: GraphDocument,
  registry: NodeRegistry,
): Promise<Blob> {
  return signed(await pictureToPng(picture), document, registry);
}

async function signed(png: Blob, document: GraphDocument, registry: NodeRegistry): Promise<Blob> {
  const bytes = new Uint8Array(await png.arrayBuffer());
  return new Blob([withGraph(bytes, document, registry, release)], { type: 'image/png' });
}
