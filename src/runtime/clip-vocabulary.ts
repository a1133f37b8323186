import { clipTokenizer, type TokenizerFiles } from './prompt-tokenizer.js';

/** Gives the gzipped merges of CLIP's published vocabulary; called when a checkpoint has no tokenizer of its own. */
export type ClipVocabulary = () => Promise<Uint8Array>;

/** Tokens of the published vocabulary. */
const PUBLISHED_SIZE = 49_408;
const [START, END] = ['<|startoftext|>', '<|endoftext|>'];

/**
 * CLIP's published tokenizer, when a text encoder has as many words as its vocabulary; else undefined. `padding` is the token
 * that fills a prompt up: `!` in Stable Diffusion 2.x, by default the end token.
 */
export async function publishedTokenizer(
  vocabulary: ClipVocabulary,
  words: number,
  padding: string = END,
): Promise<TokenizerFiles | undefined> {
  if (words !== PUBLISHED_SIZE) return undefined;
  const merges = await unzipped(await vocabulary());
  return {
    folder: 'tokenizer',
    tokenizer: clipTokenizer(vocabularyOf(merges.trim().split('\n')), merges),
    config: { bos_token: START, eos_token: END, pad_token: padding, unk_token: END },
  };
}

/** Every byte's sign, with and without the end of a word, then what each merge makes, then the two special tokens. */
function vocabularyOf(merges: readonly string[]): Readonly<Record<string, number>> {
  const signs = byteSigns();
  const tokens = [
    ...signs,
    ...signs.map((sign) => `${sign}</w>`),
    ...merges.map((merge) => merge.replace(' ', '')),
    START,
    END,
  ];
  return Object.fromEntries(tokens.map((token, id) => [token, id]));
}

/** The signs that stand for bytes in byte-level BPE: printable ones for themselves, the others from U+0100 on. */
function byteSigns(): readonly string[] {
  const printable: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    if (isPrintable) printable.push(byte);
  }
  const others = Array.from({ length: 256 - printable.length }, (_unused, index) => 256 + index);
  return [...printable, ...others].map((code) => String.fromCodePoint(code));
}

async function unzipped(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
