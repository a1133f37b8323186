import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { publishedTokenizer } from '../../../src/runtime/clip-vocabulary.js';
import { diskVocabulary } from '../../../src/runtime/node/disk-vocabulary.js';
import { createPromptTokenizer } from '../../../src/runtime/prompt-tokenizer.js';

/** Recorded by `tools/parity/clip_tokens.py` from transformers' tokenizer; the end token fills up to 77. */
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/clip-tokens.json'), 'utf8'),
) as readonly { readonly prompt: string; readonly ids: readonly number[] }[];
const END = 49_407;

void describe('the published CLIP vocabulary', () => {
  void it('gives the token ids of the published tokenizer for 200 prompts', async () => {
    const files = await publishedTokenizer(diskVocabulary, 49_408);
    assert(files !== undefined);
    const tokenizer = createPromptTokenizer(files, 77);
    assert.equal(recorded.length, 200);
    const wrong = recorded.flatMap(({ prompt, ids }) => {
      const wanted = [...ids, ...Array.from({ length: 77 - ids.length }, () => END)];
      const found = tokenizer.tokenize(prompt).ids;
      return found.join() === wanted.join()
        ? []
        : [{ prompt, found: found.slice(0, ids.length + 2).join(), wanted: ids.join() }];
    });
    assert.deepEqual(wrong, []);
  });

  void it('fills up with “!” where a model of the second generation asks for it', async () => {
    const files = await publishedTokenizer(diskVocabulary, 49_408, '!');
    assert(files !== undefined);
    const { ids } = createPromptTokenizer(files, 77).tokenize('a cat');
    assert.deepEqual(ids.slice(0, 6), [49_406, 320, 2368, 49_407, 0, 0]);
  });

  void it('is not given to a text encoder with another number of words', async () => {
    assert.equal(await publishedTokenizer(diskVocabulary, 64), undefined);
  });
});
