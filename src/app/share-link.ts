import { flatten } from '../core/graph/flatten.js';
import { AppError } from '../core/errors.js';
import { loadDocument } from '../core/graph/load.js';
import { serializeDocument } from '../core/graph/serialize.js';
import { isLink, type GraphDocument } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { shareMark } from './share-mark.js';
import { texts } from '../texts/texts.js';

/** Limits of shared graphs: characters of a fragment that browsers and chats keep whole, and bytes that it may inflate to. */
export const shareLimits = { characters: 30_000, bytes: 2_000_000 } as const;

/** The fragment of a link that holds a graph: its text, deflated, in base64 for addresses. The view is left out. */
export async function fragmentOf(document: GraphDocument): Promise<string> {
  const { view: _view, ...layout } = document.layout;
  const text = JSON.stringify(JSON.parse(serializeDocument({ ...document, layout })));
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return shareMark + btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Reads the graph in a fragment. What inflates to more than {@link shareLimits} bytes is given up while it is read.
 * @throws AppError `document/*` when it holds no graph that can be read.
 */
export async function graphFromFragment(
  fragment: string,
  registry: NodeRegistry,
): Promise<GraphDocument> {
  const text = await inflate(fragment.slice(shareMark.length)).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    const reason = texts().files.shareBad;
    throw new AppError({ code: 'document/invalid', reason }, { cause });
  });
  return loadDocument(text, registry).document;
}

async function inflate(base64: string): Promise<string> {
  const letters = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = inflated.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > shareLimits.bytes) {
      await reader.cancel();
      throw new AppError({
        code: 'document/too-large',
        what: 'bytes',
        found: size,
        limit: shareLimits.bytes,
      });
    }
    parts.push(read.value);
  }
  return new Blob(parts).text();
}

/** Names of the pictures that a graph loads. */
export function picturesNamed(document: GraphDocument, registry: NodeRegistry): readonly string[] {
  const names = Object.values(flatten(document).nodes).flatMap(({ type, inputs }) =>
    Object.entries(registry.get(type)?.inputs ?? {}).flatMap(([input, spec]) => {
      const value = inputs[input];
      const isPicture = 'source' in spec && spec.source === 'pictures';
      return isPicture && typeof value === 'string' && !isLink(value) && value !== ''
        ? [value]
        : [];
    }),
  );
  return [...new Set(names)];
}
