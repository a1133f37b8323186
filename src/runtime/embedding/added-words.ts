/** A word that a text encoder did not learn, and the tokens it stands for. */
export interface AddedWord {
  readonly name: string;
  readonly ids: readonly number[];
}

/** A piece of a prompt: an added word, or text for the tokenizer. */
export type PromptPiece = {
  readonly start: number;
  readonly text: string;
  readonly word?: AddedWord;
};

/** A word that asks for a textual inversion by its name. */
const ASKED = /embedding:[\p{L}\p{N}_.-]+/giu;

/**
 * Cuts a prompt where it names an added word, as `embedding:name`, also with the file's ending, or as `<name>`; capitals do not
 * matter. The later of two words of one name counts.
 */
export function cutAtWords(prompt: string, words: readonly AddedWord[]): readonly PromptPiece[] {
  if (words.length === 0) return [{ start: 0, text: prompt }];
  const byName = new Map(words.map((word) => [nameOf(word.name), word]));
  // A longer name goes before one that it begins with.
  const names = [...byName.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
  const pattern = new RegExp(
    `embedding:(${names})(?:\\.safetensors|\\.pt|\\.bin)?(?![\\p{L}\\p{N}_-])|<(${names})>`,
    'giu',
  );
  const pieces: PromptPiece[] = [];
  let end = 0;
  for (const { 0: text, 1: asked, 2: angled = '', index: start } of prompt.matchAll(pattern)) {
    const word = byName.get(nameOf(asked ?? angled));
    if (word === undefined) continue;
    if (start > end) pieces.push({ start: end, text: prompt.slice(end, start) });
    pieces.push({ start, text, word });
    end = start + text.length;
  }
  if (end < prompt.length) pieces.push({ start: end, text: prompt.slice(end) });
  return pieces;
}

/** What a text asks for as `embedding:name`. */
export function askedWords(text: string): readonly string[] {
  return text.match(ASKED) ?? [];
}

function nameOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
