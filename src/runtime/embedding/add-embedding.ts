import { contentKey } from '../../core/engine/content-key.js';
import type { ByteSource } from '../byte-source.js';
import type { TextEncoderRecipe } from '../load-networks.js';
import { parseClipTextConfig } from '../models/clip-text-model.js';
import { readEmbedding } from './embedding-file.js';

/**
 * A text encoder that knows the word of a textual inversion as well; its own weights stay as they lie in their files. Prompts may
 * call it by the `name` that it has in the list, by that of its file, or by the word under which it was trained. `digest` names the
 * file's content. @throws AppError `model/unsupported`, `model/invalid`.
 */
export async function addEmbedding(
  recipe: TextEncoderRecipe,
  source: ByteSource,
  name: string,
  digest: string,
): Promise<TextEncoderRecipe> {
  const { network, tokenizer, added = [] } = recipe;
  const { width, vocabulary } = parseClipTextConfig(network.configFile, network.config);
  const { word = '', vectors } = await readEmbedding(source, width);
  const names = [...new Set([stemOf(name), stemOf(source.name), word])].filter(Boolean);
  const first = vocabulary + added.length;
  const ids = vectors.map((_vector, index) => first + index);
  return {
    ...recipe,
    id: contentKey([recipe.id, 'embedding', digest, names]),
    tokenizer: tokenizer?.withWords(names.map((each) => ({ name: each, ids }))),
    added: [...added, ...vectors],
  };
}

/** The last part of a path, without its ending. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.safetensors$/i, '');
}
