import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type { TextEncoder } from '../diffusion/ports.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';
import type { InferenceSession } from './inference.js';
import { causalMask, CLIP_NAMES, type ClipTextConfig } from './models/clip-text-model.js';
import type { PromptTokenizer } from './prompt-tokenizer.js';

/** What a text encoder is made of. */
export interface TextEncoderParts {
  readonly id: string;
  readonly config: ClipTextConfig;
  readonly session: InferenceSession;
  /** Undefined when the pack has none: then only token ids can be encoded. */
  readonly tokenizer: PromptTokenizer | undefined;
  /** Vectors of tokens beyond the vocabulary, `[width]` each; the session takes them when there are any. */
  readonly added?: readonly Float32Array[];
}

/** A CLIP text session with its tokenizer, as the port that the nodes use. The session stays the caller's to release. */
export function createTextEncoder(parts: TextEncoderParts): TextEncoder {
  const { id, config, session, tokenizer, added = [] } = parts;
  const { positions } = config;
  const vocabulary = config.vocabulary + added.length;
  const mask = cpuTensor(causalMask(positions), [1, 1, positions, positions]);
  const encodeTokens = async (ids: readonly number[], signal: AbortSignal): Promise<Tensor> => {
    signal.throwIfAborted();
    if (ids.length !== positions || ids.some((token) => token < 0 || token >= vocabulary)) {
      throw new AppError({
        code: 'input/invalid',
        input: 'ids',
        reason: `The text encoder takes ${String(positions)} tokens below ${String(vocabulary)}.`,
        remedy: 'Use the tokenizer of the same checkpoint.',
      });
    }
    const known = Int32Array.from(ids, (token) => (token < config.vocabulary ? token : 0));
    const tokens = { type: 'int32', data: known, shape: [1, positions] } as const;
    const vectors = added.length === 0 ? {} : addedFeeds(config, ids, added);
    const feeds = { [CLIP_NAMES.tokens]: tokens, [CLIP_NAMES.mask]: mask, ...vectors };
    const { [CLIP_NAMES.states]: states } = await session.run(feeds, [CLIP_NAMES.states]);
    if (signal.aborted) states.dispose();
    signal.throwIfAborted();
    return states;
  };
  return {
    id,
    encodeTokens,
    async encode(prompt, signal, warn) {
      if (tokenizer === undefined) {
        const reason = 'The pack has no tokenizer folder, so prompts cannot be read.';
        throw new AppError({ code: 'model/missing', name: 'tokenizer', reason });
      }
      const { ids, words, cut, unknown } = tokenizer.tokenize(prompt);
      for (const asked of unknown) {
        warn(
          `No embedding “${asked.slice('embedding:'.length)}” is loaded, so “${asked}” is read as plain words; add the node Load Embedding before this one.`,
        );
      }
      if (cut !== undefined) {
        warn(`The prompt is too long for the text encoder; left out: “${cut}”.`);
      }
      const promptEmbeds = await encodeTokens(ids, signal);
      return { key: contentKey({ textEncoder: id, prompt }), prompt, promptEmbeds, words };
    },
  };
}

/** What stands in place of the words' own vectors: see `CLIP_NAMES`. */
function addedFeeds(
  { positions, width, vocabulary }: ClipTextConfig,
  ids: readonly number[],
  added: readonly Float32Array[],
) {
  const kept = new Float32Array(positions).fill(1);
  const vectors = new Float32Array(positions * width);
  for (const [place, token] of ids.entries()) {
    const vector = added[token - vocabulary];
    if (vector === undefined) continue;
    kept[place] = 0;
    vectors.set(vector, place * width);
  }
  return {
    [CLIP_NAMES.kept]: cpuTensor(kept, [1, positions, 1]),
    [CLIP_NAMES.added]: cpuTensor(vectors, [1, positions, width]),
  };
}
