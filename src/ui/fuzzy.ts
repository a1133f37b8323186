/**
 * How well a query's letters are found in a text, in order: 0 when they are not, more for whole words, beginnings
 * of words and unbroken runs.
 */
export function fuzzyScore(query: string, text: string): number {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  if (wanted === '') return 1;
  const words = text.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const phrase = query.toLowerCase().trim();
  let score = words.startsWith(phrase) ? 60 : words.includes(` ${phrase}`) ? 40 : 0;
  let at = 0;
  let run = 0;
  for (const letter of wanted) {
    const found = words.indexOf(letter, at);
    if (found < 0) return 0;
    const isStart = found === 0 || words[found - 1] === ' ';
    run = found === at ? run + 1 : 1;
    score += (isStart ? 8 : 1) + run * 2 - Math.min(4, (found - at) / 4);
    at = found + 1;
  }
  return Math.max(1, score - words.length / 40);
}
