import { AppError } from '../core/errors.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument } from '../core/graph/types.js';
import { exportWorkflow } from '../core/interchange/export-workflow.js';
import { readAnyGraph } from '../core/interchange/read-any-graph.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { readPngTexts, withPngTexts } from './png-text.js';

/**
 * A PNG picture with the graph that made it: ours under `crossweave`, and as workflow 0.4 under `workflow`. Pixels
 * keep their bytes. @throws AppError `document/invalid` when the bytes are no PNG.
 */
export function withGraph(
  png: Uint8Array,
  document: GraphDocument,
  registry: NodeRegistry,
  app: { readonly name: string; readonly version: string },
): Uint8Array<ArrayBuffer> {
  return withPngTexts(png, [
    { keyword: 'crossweave', text: serializeDocument(document) },
    { keyword: 'workflow', text: JSON.stringify(exportWorkflow(document, registry, app)) },
  ]);
}

/**
 * The graph in a PNG picture: ours first, then `workflow`, then `prompt`; undefined when it holds none.
 * @throws AppError `document/*` when the file is cut off or its graph cannot be read.
 */
export function graphFromPng(bytes: Uint8Array, registry: NodeRegistry): GraphDocument | undefined {
  const texts = readPngTexts(bytes);
  for (const wanted of ['crossweave', 'workflow', 'prompt']) {
    const found = texts.find(({ keyword }) => keyword === wanted);
    if (found) return readAnyGraph(found.text, registry);
  }
  return undefined;
}

/**
 * Reads the graph in a file's bytes, PNG or JSON; undefined for another picture or a PNG without a graph.
 * @throws AppError `document/*`.
 */
export function readGraphFrom(
  bytes: Uint8Array,
  registry: NodeRegistry,
): GraphDocument | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return graphFromPng(bytes, registry);
  const first = bytes.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first !== 0x7b) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readAnyGraph(text, registry);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = 'the file is not UTF-8 text';
    throw new AppError({ code: 'document/invalid', reason }, { cause });
  }
}
