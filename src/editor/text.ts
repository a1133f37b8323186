const family = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** The fonts of the canvas. */
export const fonts = {
  title: `600 13px ${family}`,
  label: `12px ${family}`,
  small: `11px ${family}`,
  zone: `600 14px ${family}`,
} as const;

/** One of the canvas's fonts. */
export type FontName = keyof typeof fonts;

/** The most characters that are measured or drawn of a line. */
const longestLine = 400;

const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null | undefined;

/** Width of a text in graph units, remembered. */
export function textWidth(text: string, font: FontName): number {
  // What is wider than a screen need not be measured to its end.
  const line = text.length > longestLine ? text.slice(0, longestLine) : text;
  const key = font + line;
  const known = widths.get(key);
  if (known !== undefined) return known;
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return line.length * 7;
  ruler.font = fonts[font];
  const width = ruler.measureText(line).width;
  // Numbers under a drag make new texts all the time: forget rather than grow.
  if (widths.size > 5000) widths.clear();
  widths.set(key, width);
  return width;
}

/** The text, shortened with an ellipsis to fit into `width`. */
export function fitText(text: string, font: FontName, width: number): string {
  const line = text.slice(0, longestLine);
  if (textWidth(line, font) <= width) return line;
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${line.slice(0, middle)}…`, font) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${line.slice(0, low).trimEnd()}…`;
}

/** Breaks a text into at most `limit` lines of `width`; the last one ends in an ellipsis when more follows. */
export function wrapText(
  text: string,
  font: FontName,
  width: number,
  limit: number,
): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.slice(0, 4000).split('\n')) {
    let line = '';
    for (const word of paragraph.split(/(?<=\s)/)) {
      if (line !== '' && textWidth(line + word.trimEnd(), font) > width) {
        lines.push(line.trimEnd());
        line = word;
      } else {
        line += word;
      }
      if (lines.length > limit) break;
    }
    lines.push(line.trimEnd());
    if (lines.length > limit) break;
  }
  if (lines.length <= limit) return lines.map((line) => fitText(line, font, width));
  const kept = lines.slice(0, limit);
  return kept.map((line, index) => fitText(index === limit - 1 ? `${line}…` : line, font, width));
}

/** A number as a widget shows it: as many digits as its step asks for. */
export function formatNumber(value: number, step: number | undefined, isInteger: boolean): string {
  if (isInteger || !Number.isFinite(value)) return String(value);
  const digits = step === undefined ? 2 : Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const fixed = value.toFixed(digits);
  return Number(fixed) === value ? fixed : String(value);
}
