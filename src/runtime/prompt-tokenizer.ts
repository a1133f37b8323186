import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../core/errors.js';
import { askedWords, cutAtWords, type AddedWord } from './embedding/added-words.js';

/** What is used of a tokenizer; the package's own declarations cannot be resolved by Node's rules. */
interface Codec {
  encode(
    text: string,
    options: { readonly add_special_tokens: boolean },
  ): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

const CodecOf = Tokenizer as unknown as new (tokenizer: object, config: object) => Codec;

/** Token ids of a prompt, and which of them each of its words became. */
export interface TokenizedPrompt {
  /** Start and end token, prompt and padding: as many as the model has positions. */
  readonly ids: readonly number[];
  readonly words: readonly { readonly text: string; readonly tokens: readonly number[] }[];
  /** The end of the prompt that did not fit, or undefined. */
  readonly cut: string | undefined;
  /** Words that ask for an embedding which is not there; they are read as plain text. */
  readonly unknown: readonly string[];
}

/** Turns prompts into token ids. */
export interface PromptTokenizer {
  tokenize(prompt: string): TokenizedPrompt;
  /** The same tokenizer, which knows further words; those that it knew before stay known. */
  withWords(words: readonly AddedWord[]): PromptTokenizer;
}

/** The files of a tokenizer, parsed: `tokenizer.json`, or the two files that Stable Diffusion repositories have. */
export interface TokenizerFiles {
  readonly folder: string;
  readonly tokenizer: object;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * A tokenizer of prompts for a text encoder with `positions` places; pads with the pad token, else the end token.
 * @throws AppError `model/invalid` when the files lack a start, end or padding token or are no tokenizer; tokenizing throws it
 * for a prompt that the files' rules cannot take.
 */
export function createPromptTokenizer(files: TokenizerFiles, positions: number): PromptTokenizer {
  return tokenizerWith(openCodec(files), files, positions, []);
}

function tokenizerWith(
  tokenizer: Codec,
  files: TokenizerFiles,
  positions: number,
  added: readonly AddedWord[],
): PromptTokenizer {
  const end = special(tokenizer, files, ['eos_token']);
  const start = special(tokenizer, files, ['bos_token', 'cls_token']);
  const padding = special(tokenizer, files, ['pad_token', 'eos_token']);
  const room = positions - 2;
  const encode = (text: string): readonly number[] =>
    tokenizer.encode(text, { add_special_tokens: false }).ids;
  return {
    tokenize(typed) {
      const prompt = normalised(typed);
      const pieces = cutAtWords(prompt, added);
      const segments = pieces.flatMap(({ start: from, text, word }) => {
        if (word) return [{ text: word.name, start: from, isWord: true, ids: word.ids }];
        return splitWords(text).map((segment) => ({
          ...segment,
          start: from + segment.start,
          ids: encode(segment.text),
        }));
      });
      const ids: number[] = [];
      const words: { text: string; tokens: number[] }[] = [];
      let cut: string | undefined;
      for (const segment of segments) {
        if (ids.length + segment.ids.length > room) cut ??= prompt.slice(segment.start);
        const fitting = segment.ids.slice(0, room - ids.length);
        const tokens = fitting.map((_id, index) => 1 + ids.length + index);
        ids.push(...fitting);
        if (segment.isWord && tokens.length > 0) words.push({ text: segment.text, tokens });
      }
      const filler = Array.from({ length: room - ids.length }, () => padding);
      const unknown = pieces.flatMap(({ text, word }) => (word ? [] : askedWords(text)));
      return { ids: [start, ...ids, end, ...filler], words, cut, unknown };
    },
    withWords: (words) => tokenizerWith(tokenizer, files, positions, [...added, ...words]),
  };
}

/** The library's tokenizer; it trusts the files, so whatever it stumbles over is their fault. */
function openCodec(files: TokenizerFiles): Codec {
  const blamed = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw notTokenizer(files, said, cause);
    }
  };
  const codec = blamed(() => new CodecOf(files.tokenizer, files.config));
  const checked = (id: number | undefined): number | undefined => {
    if (id === undefined || (Number.isSafeInteger(id) && id >= 0)) return id;
    throw notTokenizer(files, `a token has the number ${JSON.stringify(id)}`);
  };
  return {
    encode(text, options) {
      const { ids } = blamed(() => codec.encode(text, options));
      ids.forEach(checked);
      return { ids };
    },
    token_to_id: (token) => checked(blamed(() => codec.token_to_id(token))),
  };
}

function notTokenizer({ folder }: TokenizerFiles, said: string, cause?: unknown): AppError {
  const reason = `It is no tokenizer that can be read (${said}); download it again.`;
  return new AppError(
    { code: 'model/invalid', file: `${folder}/tokenizer.json`, reason },
    { cause },
  );
}

interface Segment {
  readonly text: string;
  readonly start: number;
  readonly isWord: boolean;
}

/**
 * Composed accents, and letters lowered one by one as the published tokenizer lowers them: a capital sigma that ends a word
 * becomes σ, where JavaScript makes it ς. Other capitals are left to the vocabulary's own rules.
 */
function normalised(prompt: string): string {
  return prompt.normalize('NFC').replaceAll('Σ', 'σ');
}

/**
 * Special tokens, words (with their inner apostrophes and hyphens) and runs of other signs: no token crosses these borders. Blanks
 * are Unicode's; JavaScript's own notion of them has a byte order mark too.
 */
function splitWords(prompt: string): readonly Segment[] {
  const pattern =
    /<\|\w+\|>|([\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*)|(?:(?!<\|\w+\|>)[^\p{White_Space}\p{L}\p{N}])+/gu;
  return [...prompt.matchAll(pattern)].map(({ 0: text, 1: word, index }) => ({
    text,
    start: index,
    isWord: word !== undefined,
  }));
}

function special(tokenizer: Codec, files: TokenizerFiles, names: readonly string[]): number {
  for (const name of names) {
    const content = tokenContent(files.config[name]);
    const id = content === undefined ? undefined : tokenizer.token_to_id(content);
    if (id !== undefined) return id;
  }
  throw new AppError({
    code: 'model/invalid',
    file: `${files.folder}/tokenizer_config.json`,
    reason: `It names no ${names.join(' or ')} that the vocabulary has.`,
  });
}

function tokenContent(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('content' in value)) return undefined;
  return typeof value.content === 'string' ? value.content : undefined;
}

/** How CLIP cuts text into pieces before byte-pair encoding. */
const CLIP_PIECES =
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\p{White_Space}\\p{L}\\p{N}]+";

/** CLIP's tokenizer from its `vocab.json` and `merges.txt`, in the form of a `tokenizer.json`. */
export function clipTokenizer(vocab: Readonly<Record<string, number>>, merges: string): object {
  const pairs = merges
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#version'));
  const added = ['<|startoftext|>', '<|endoftext|>'].filter((token) => token in vocab);
  return {
    version: '1.0',
    added_tokens: added.map((content) => ({
      id: vocab[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\p{White_Space}+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: CLIP_PIECES }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '<|endoftext|>',
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges: pairs,
    },
  };
}
