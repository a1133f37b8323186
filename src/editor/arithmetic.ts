/**
 * Works out a sum typed into a number field: `+ - * / ( )` and decimal numbers, a comma read as a point.
 * Undefined when the text is anything else or the result is not finite.
 */
export function evaluate(text: string): number | undefined {
  const tokens = text.replaceAll(',', '.').match(/\d+\.?\d*(?:e[+-]?\d+)?|\.\d+|[-+*/()]|\S/gi);
  if (!tokens || tokens.length > 200) return undefined;
  let at = 0;
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : undefined;

  function sum(): number {
    let left = product();
    while (tokens?.[at] === '+' || tokens?.[at] === '-') {
      left = tokens[at++] === '+' ? left + product() : left - product();
    }
    return left;
  }

  function product(): number {
    let left = factor();
    while (tokens?.[at] === '*' || tokens?.[at] === '/') {
      left = tokens[at++] === '*' ? left * factor() : left / factor();
    }
    return left;
  }

  function factor(): number {
    const token = tokens?.[at++];
    if (token === '-') return -factor();
    if (token === '+') return factor();
    if (token === '(') {
      const inner = sum();
      return tokens?.[at++] === ')' ? inner : Number.NaN;
    }
    return token !== undefined && /^[\d.]/.test(token) ? Number(token) : Number.NaN;
  }
}
