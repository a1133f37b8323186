import { contentKey } from '../../core/engine/content-key.js';
import type { ByteSource } from '../byte-source.js';
import type { TextEncoderRecipe } from '../load-networks.js';
import { parseClipTextConfig } from '../models/clip-text-model.js';
import { readEmbedding } from './embedding-file.js';

/**
 * A text encoder that knows the word of a textual inversion as well; its own weights stay as they lie in their files. `digest`
 * names the file's content. @throws AppError `model/unsupported`, `model/invalid`.
 */
export async function addEmbedding(
  recipe: TextEncoderRecipe,
  source: ByteSource,
  digest: string,
): Promise<TextEncoderRecipe> {
  const { network, tokenizer, added = [] } = recipe;
  const { width, vocabulary } = parseClipTextConfig(network.configFile, network.config);
  const { names, vectors } = await readEmbedding(source, width);
  const first = vocabulary + added.length;
  const ids = vectors.map((_vector, index) => first + index);
  return {
    ...recipe,
    id: contentKey([recipe.id, 'embedding', digest, names]),
    tokenizer: tokenizer?.withWords(names.map((name) => ({ name, ids }))),
    added: [...added, ...vectors],
  };
}
