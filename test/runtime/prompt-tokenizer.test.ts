import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { clipTokenizer, createPromptTokenizer } from '../../src/runtime/prompt-tokenizer.js';

const merges = '#version: 0.2\na n</w>\nd o\ndo g</w>\nr e\nre d</w>\n';
const vocab = Object.fromEntries(
  [
    ...['a', 'n', 'd', 'o', 'g', 'r', 'e', ',', "'", 's'].flatMap((sign) => [sign, `${sign}</w>`]),
    ...['an</w>', 'do', 'dog</w>', 're', 'red</w>', "'s</w>"],
    ...['<|startoftext|>', '<|endoftext|>'],
  ].map((token, id) => [token, id]),
);
const id = (token: string): number => vocab[token] ?? -1;
const [start, end] = [id('<|startoftext|>'), id('<|endoftext|>')];

function tokenizer(positions: number, config: object = { eos_token: '<|endoftext|>' }) {
  return createPromptTokenizer(
    {
      folder: 'tokenizer',
      tokenizer: clipTokenizer(vocab, merges),
      config: { bos_token: { content: '<|startoftext|>' }, ...config },
    },
    positions,
  );
}

describe('a tokenizer from vocab.json and merges.txt', () => {
  it('merges letters to words, lower case, between start and end, padded with the end', () => {
    const { ids, cut } = tokenizer(8).tokenize('An  RED dog,');
    expect(ids).to.deep.equal([
      start,
      id('an</w>'),
      id('red</w>'),
      id('dog</w>'),
      id(',</w>'),
      end,
      end,
      end,
    ]);
    expect(cut).to.equal(undefined);
  });

  it('pads with the pad token where there is one', () => {
    const config = { eos_token: '<|endoftext|>', pad_token: 'a' };
    expect(tokenizer(4, config).tokenize('dog').ids).to.deep.equal([
      start,
      id('dog</w>'),
      end,
      id('a'),
    ]);
  });

  it('tells the tokens of every word, also of words of several tokens', () => {
    const { words } = tokenizer(12).tokenize('an odd dog, red');
    expect(words).to.deep.equal([
      { text: 'an', tokens: [1] },
      { text: 'odd', tokens: [2, 3, 4] },
      { text: 'dog', tokens: [5] },
      { text: 'red', tokens: [7] },
    ]);
  });

  it('cuts what does not fit and says so', () => {
    const { ids, cut, words } = tokenizer(4).tokenize('red dog an dog');
    expect(ids).to.deep.equal([start, id('red</w>'), id('dog</w>'), end]);
    expect(cut).to.equal('an dog');
    expect(words).to.have.length(2);
  });

  it('encodes the empty prompt as start, end and padding', () => {
    expect(tokenizer(4).tokenize('').ids).to.deep.equal([start, end, end, end]);
  });

  it('refuses files that name no end token', () => {
    expect(() => tokenizer(4, {}))
      .to.throw(AppError)
      .with.nested.property('details.code', 'model/invalid');
  });

  it('takes added words for what they stand for, whatever signs are in their names', () => {
    const names = ['cat', 'cat-2', 'a.b (c)+', '日本'];
    const taught = tokenizer(12).withWords(names.map((name, i) => ({ name, ids: [900 + i] })));
    const read = (prompt: string): readonly number[] =>
      taught.tokenize(prompt).ids.filter((each) => each >= 900);
    for (const [i, name] of names.entries()) {
      expect(read(`an embedding:${name}, dog`), name).to.deep.equal([900 + i]);
      expect(read(`an <${name}>dog`), name).to.deep.equal([900 + i]);
    }
    expect(read('EMBEDDING:Cat.safetensors and <CAT>')).to.deep.equal([900, 900]);
    expect(read('cat embedding:cats embedding:aXb <dog>')).to.deep.equal([]);
    expect(taught.tokenize('embedding:cats <dog>').unknown).to.deep.equal(['embedding:cats']);
    const { words, cut } = taught.tokenize('an <cat> dog');
    expect(words.map(({ text, tokens }) => [text, ...tokens])).to.deep.equal([
      ['an', 1],
      ['cat', 2],
      ['dog', 3],
    ]);
    expect(cut).to.equal(undefined);
  });
});
